#pragma once

#include "core/experiment/experiment.h"

#include <string>

namespace chronograd {

/// The Python of the losses and optimizers that occur, and of the training loop.
std::string pytorchTraining(const Experiment& experiment);

/// SETTINGS, SCHEDULE and the rest of `training`.
std::string pytorchSettings(const TrainingSpec& training);

} // namespace chronograd
