#pragma once

#include "core/experiment/experiment.h"

#include <string>

namespace chronograd {

/// The Python classes of the cells that occur, of the network made of them, and its weights at the start.
std::string pytorchNetwork(const NetworkSpec& network);

/// WEIGHTS and FROZEN: the values before the first update, and what never changes.
std::string pytorchWeights(const NetworkSpec& network);

} // namespace chronograd
