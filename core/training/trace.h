#pragma once

#include "core/experiment/experiment.h"
#include "core/training/frame.h"

#include <span>
#include <string>

namespace chronograd {

/// The trace file of the update that the frames show, one for each sequence of the batch. Numbers read back
/// as the same doubles. Precondition: the update is done and the frames hold its whole window.
std::string writeTrace(std::span<const Frame> batch, const TrainingSpec& training);

} // namespace chronograd
