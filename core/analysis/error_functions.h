#pragma once

#include "core/training/frame.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace chronograd {

/// Three ways to measure how far an output y is from its target d, by the difference e = y − d.
enum class ErrorFunction : std::uint8_t
{
    Signed,      ///< e: errors of opposite signs cancel; its slope says nothing about the minimum.
    Absolute,    ///< |e|: the same slope however near, with a jump at 0.
    HalfSquared, ///< ½ e²: the slope is e itself, and vanishes at the target.
};

double errorOf(ErrorFunction function, double e);
double errorSlope(ErrorFunction function, double e); ///< d/dy; of |e| at 0: 0.

/// y − d of every output at the newest step of the window with a target; absent where it is not computed.
struct OutputErrors
{
    std::int64_t t = 0;
    std::vector<double> errors;

    double sum(ErrorFunction function) const;
};
std::optional<OutputErrors> outputErrorsOf(const Frame& frame);

} // namespace chronograd
