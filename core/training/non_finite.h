#pragma once

#include "core/training/frame.h"
#include "core/training/hyperparameters.h"
#include "core/training/sequence_view.h"
#include "core/unfold/unfolding.h"

#include <cstdint>
#include <span>
#include <string>

namespace chronograd {

/// One sentence on why training stopped: which number was the first that is not finite, at which t, and why.
/// Forward values come first, in the order they were computed, then losses, then deltas in theirs, then
/// gradients.
std::string describeNonFinite(const Unfolding& unfolding, std::span<const SequenceView> batch,
                              const Hyperparameters& settings, Window window, Window injection,
                              const Vector& gradient, const Vector& weights, std::int64_t update);

/// The same for an update that made a weight overflow.
std::string describeNonFiniteWeights(const Network& network, const Vector& weights,
                                     const Hyperparameters& settings, double gradientNorm,
                                     std::int64_t update);

} // namespace chronograd
