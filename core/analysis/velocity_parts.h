#pragma once

#include "core/training/frame.h"

#include <optional>

namespace chronograd {

/// What moves a weight, as two parts: what the gradient of this update adds, and what is left
/// of the velocity before it. Together they are the velocity (of adam: the first moment).
struct VelocityParts
{
    double fromGradient = 0.0;
    double fromBefore = 0.0;
    double velocity = 0.0;
    bool isMoment = false; ///< Of adam.
};

/// Absent before the update, and where the optimizer keeps none.
std::optional<VelocityParts> velocityParts(const Frame& frame, const ParameterView& view, int row,
                                           int column);

} // namespace chronograd
