#pragma once

#include "core/experiment/experiment.h"
#include "core/tasks/dataset.h"

#include <string>

namespace chronograd {

/// A stand-alone Python script (PyTorch 1.13 or newer, double precision) that trains the same network on the
/// same data and prints the same losses. Gradients are autograd's, so it cannot say what a window would give
/// whose steps were computed with different weights.
/// \throws InputError for what it cannot express. Precondition: makeDataset() made `data` of `experiment`.
std::string writePytorchScript(const Experiment& experiment, const Dataset& data);

} // namespace chronograd
