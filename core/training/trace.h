#pragma once

#include "core/experiment/experiment.h"
#include "core/training/frame.h"

#include <string>

namespace chronograd {

/// The trace file of the update that the frame shows. Numbers read back as the same doubles.
/// Precondition: the update is done and the frame holds its whole window.
std::string writeTrace(const Frame& frame, const TrainingSpec& training);

} // namespace chronograd
