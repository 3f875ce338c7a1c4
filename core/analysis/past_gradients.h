#pragma once

#include "core/training/hyperparameters.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

namespace chronograd {

class Trainer;

/// One gradient of a weight, and what of it is still at work some updates later.
struct PastGradient
{
    std::int64_t update = 0; ///< That it was of.
    double gradient = 0.0;   ///< ∂L/∂w, before clipping.
    double scale = 1.0;      ///< < 1 when it was clipped.
    double step = 0.0;       ///< What it was multiplied with then: −α; of adam 1 − β₁.
    double kept = 1.0;       ///< What the updates since have left of it: the product of their γ (β₁).

    double contribution() const { return step * scale * kept * gradient; }
};

/// Why a weight moves as it does: its velocity after an update (of adam: the first moment), opened up into
/// the gradients it was made of.
struct PastGradients
{
    std::size_t weight = 0; ///< Its place in the flat vector of the parameters.
    std::int64_t update = 0;
    Optimizer optimizer = Optimizer::Sgd;
    double velocity = 0.0;               ///< The engine's.
    std::vector<PastGradient> gradients; ///< Newest first.
    double keptOfOlder = 1.0;            ///< What is left of the velocity before the oldest of them …
    double older = 0.0;                  ///< … which was this.

    double contributionOfOlder() const { return keptOfOlder * older; }
    /// Makes `velocity` again, to rounding.
    double sum() const;
};

/// Does the optimizer keep something that gradients add up in?
bool addsGradientsUp(Optimizer optimizer);

/// How many gradients back a velocity has to be opened up until what is left is below the digits shown.
std::int64_t gradientsThatMatter(const Hyperparameters& settings, int digits);

/// Trains on to the end of `update` and collects the last `most` gradients of a weight on the way, fewer
/// after a change of optimizer, which starts from zero. Absent: called off by `stop`. Precondition: the
/// trainer records weights, and stands before `update`.
std::optional<PastGradients> pastGradients(Trainer& trainer, std::size_t weight, std::int64_t update,
                                           std::int64_t most, const std::atomic<bool>& stop);

} // namespace chronograd
