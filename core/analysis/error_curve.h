#pragma once

#include "core/training/frame.h"

#include <optional>
#include <span>
#include <vector>

namespace chronograd {

/// One weight, by its place.
struct WeightPlace
{
    ParameterId parameter = 0;
    int row = 0;
    int column = 0;

    bool operator==(const WeightPlace&) const = default;
};

struct ErrorCurveRequest
{
    WeightPlace weight;
    double from = -1.0; ///< The stretch that is looked at.
    double to = 1.0;

    bool operator==(const ErrorCurveRequest&) const = default;
};

/// E(w): L of the update's window, run again from the state at its cut, as one weight goes along a stretch
/// and all others stay as the update left them.
struct ErrorCurve
{
    WeightPlace weight;
    std::vector<double> weights; ///< Ascending, at equal distances.
    std::vector<double> losses;  ///< E there; not finite where it overflows.

    double before = 0.0; ///< The weight before the update; not on the curve if others moved too …
    double after = 0.0;
    double lossBefore = 0.0; ///< … E of this weight set back alone.
    double lossAfter = 0.0;
    double slope = 0.0; ///< dE/dw at `after`.
    /// Where the next update would take it, were it made of this same window, with the settings to come;
    /// absent under rmsprop and adam, and for a frozen weight.
    std::optional<double> next;
    double lossNext = 0.0; ///< E of this weight moved there alone.
};

/// Absent while no update is done, or where the frames do not hold its window or such a weight.
std::optional<ErrorCurve> errorCurveOf(std::span<const Frame> batch, const ErrorCurveRequest& request);

inline constexpr int errorCurvePoints = 161;

} // namespace chronograd
