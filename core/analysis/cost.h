#pragma once

#include "core/network/network.h"
#include "core/training/hyperparameters.h"

#include <cstdint>

namespace chronograd {

/// What training one sequence of n steps costs, every step with a target. Multiply-adds are those of the
/// matrix products, which are nearly all there are; one of each sequence of a batch.
struct Cost
{
    std::int64_t updates = 0;      ///< In the sequence.
    double multiplyAdds = 0.0;     ///< Forward, backward and gradients together …
    double storedNumbers = 0.0;    ///< Values kept for the longest sweep back.
    std::int64_t longestSweep = 0; ///< Steps.

    double perUpdate() const { return updates > 0 ? multiplyAdds / static_cast<double>(updates) : 0.0; }
};

Cost costOf(const Network& network, const Hyperparameters& settings, std::int64_t sequenceLength);

/// Multiply-adds of one step: forward …
double forwardMultiplyAdds(const Network& network);
/// … and of one backward sweep over so many steps, the gradient included.
double backwardMultiplyAdds(const Network& network, std::int64_t steps);

/// Numbers that one step keeps for the way back: all its slots.
double numbersPerStep(const Network& network);

} // namespace chronograd
