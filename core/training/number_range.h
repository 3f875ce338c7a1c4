#pragma once

#include <limits>
#include <string>

namespace chronograd {

/// The legal values of a number; a limit that is the greatest double is no limit.
struct NumberRange
{
    double minimum = std::numeric_limits<double>::lowest();
    bool minimumAllowed = true;
    double maximum = std::numeric_limits<double>::max();
    bool maximumAllowed = true;

    bool contains(double value) const; ///< Never a NaN or an infinity.
    std::string rule() const;          ///< "greater than 0", "at least 0 and below 1"; "any number".

    static NumberRange above(double limit) { return {.minimum = limit, .minimumAllowed = false}; }
    static NumberRange atLeast(double limit) { return {.minimum = limit}; }
    /// 0 ≤ value < 1
    static NumberRange fraction() { return {.minimum = 0.0, .maximum = 1.0, .maximumAllowed = false}; }
};

} // namespace chronograd
