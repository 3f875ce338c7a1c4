#include "core/training/number_range.h"

#include "core/experiment/experiment_io.h"

#include <cmath>

namespace chronograd {

bool NumberRange::contains(double value) const
{
    return std::isfinite(value) && (minimumAllowed ? value >= minimum : value > minimum) &&
           (maximumAllowed ? value <= maximum : value < maximum);
}

std::string NumberRange::rule() const
{
    std::string text;
    if (minimum > std::numeric_limits<double>::lowest())
        text = (minimumAllowed ? "at least " : "greater than ") + numberText(minimum);
    if (maximum < std::numeric_limits<double>::max()) {
        if (!text.empty())
            text += " and ";
        text += (maximumAllowed ? "at most " : "below ") + numberText(maximum);
    }
    return text.empty() ? "any number" : text;
}

} // namespace chronograd
