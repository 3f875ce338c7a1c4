#include "core/analysis/error_functions.h"

#include <cmath>

namespace chronograd {

double errorOf(ErrorFunction function, double e)
{
    switch (function) {
    case ErrorFunction::Signed:
        return e;
    case ErrorFunction::Absolute:
        return std::abs(e);
    case ErrorFunction::HalfSquared:
        return 0.5 * e * e;
    }
    return 0.0;
}

double errorSlope(ErrorFunction function, double e)
{
    switch (function) {
    case ErrorFunction::Signed:
        return 1.0;
    case ErrorFunction::Absolute:
        return e > 0.0 ? 1.0 : e < 0.0 ? -1.0 : 0.0;
    case ErrorFunction::HalfSquared:
        return e;
    }
    return 0.0;
}

double OutputErrors::sum(ErrorFunction function) const
{
    double sum = 0.0;
    for (const double e : errors) {
        sum += errorOf(function, e);
    }
    return sum;
}

std::optional<OutputErrors> outputErrorsOf(const Frame& frame)
{
    const int last = frame.layers() - 1;
    const SlotId output = frame.network->layers().back().output;
    for (std::int64_t t = frame.window.to; t >= frame.window.from && frame.holds(t); --t) {
        const auto column = static_cast<std::size_t>(t - frame.firstStep);
        if (frame.hasTarget[column] == 0 || !frame.hasValue(last, t)) {
            continue;
        }
        OutputErrors result{t, {}};
        for (int unit = 0; unit < frame.network->outputs(); ++unit) {
            result.errors.push_back(frame.value(output, unit, t) -
                                    frame.targets(unit, static_cast<Eigen::Index>(column)));
        }
        return result;
    }
    return std::nullopt;
}

} // namespace chronograd
