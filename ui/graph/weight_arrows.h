#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <optional>

namespace chronograd {

/// A number of a weight and how great it is beside those of its matrix.
struct WeightArrow
{
    double value = 0.0;
    double size = 0.0; ///< Share of the greatest of the matrix, −1 … 1.
};

/// What an update had for a weight: its gradient, and the velocity that became of it (of adam: the first
/// moment).
struct WeightArrows
{
    WeightArrow gradient;
    std::optional<WeightArrow> velocity; ///< Nothing: the optimizer keeps none.
    bool isMoment = false;
};

/// Nothing before the update, and of weights that are not trained.
std::optional<WeightArrows> weightArrows(const Frame& frame, const Quantity& weight);

} // namespace chronograd
