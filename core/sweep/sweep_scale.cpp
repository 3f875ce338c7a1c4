#include "core/sweep/sweep_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {
namespace {

constexpr double spanOfLinear = 20.0; ///< Numbers that span a greater factor are shown logarithmically.
/// Numbers so many times the least are of runs that as good as diverged: they say nothing of the others.
constexpr double hopeless = 1e6;

/// Steps of 1, 2 or 5 times a power of ten.
std::vector<double> linearTicks(double low, double high, int about)
{
    const double wanted = (high - low) / std::max(1, about);
    const double power = std::pow(10.0, std::floor(std::log10(wanted)));
    double step = 10.0 * power;
    for (const double digit : {5.0, 2.0, 1.0})
        if (digit * power >= wanted)
            step = digit * power;
    std::vector<double> ticks;
    const auto first = static_cast<std::int64_t>(std::ceil(low / step - 1e-9));
    const auto last = static_cast<std::int64_t>(std::floor(high / step + 1e-9));
    for (std::int64_t i = first; i <= last; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

/// Powers of ten; where that is fewer than three, their doubles and fives too.
std::vector<double> logarithmicTicks(double low, double high, int about)
{
    const int from = static_cast<int>(std::floor(std::log10(low)));
    const int to = static_cast<int>(std::ceil(std::log10(high)));
    std::vector<double> ticks;
    const int every = 1 + (to - from) / std::max(1, about);
    const auto add = [&](double tick) {
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
            ticks.push_back(tick);
    };
    for (int power = from; power <= to; power += every)
        add(std::pow(10.0, power));
    if (ticks.size() >= 3)
        return ticks;
    ticks.clear();
    for (int power = from; power <= to; ++power)
        for (const double digit : {1.0, 2.0, 5.0})
            add(digit * std::pow(10.0, power));
    return ticks;
}

} // namespace

double SweepScale::shareOf(double value) const
{
    if (!(high > low))
        return 0.5;
    const double share =
        isLogarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return std::clamp(share, 0.0, 1.0);
}

std::vector<double> SweepScale::ticks(int about) const
{
    if (!(high > low))
        return {low};
    return isLogarithmic ? logarithmicTicks(low, high, about) : linearTicks(low, high, about);
}

std::optional<SweepScale> scaleOf(std::span<const SweepCell> cells, bool withQuartiles)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> numbers;
    const auto take = [&numbers](double value) {
        if (std::isfinite(value))
            numbers.push_back(value);
    };
    for (const SweepCell& cell : cells) {
        if (!cell.hasNumber())
            continue;
        take(*cell.median);
        if (withQuartiles) {
            take(cell.lower);
            take(cell.upper);
        }
    }
    if (numbers.empty())
        return std::nullopt;
    SweepScale scale{*std::min_element(numbers.begin(), numbers.end()), -infinity, false};
    const double most = scale.low > 0 ? hopeless * scale.low : infinity;
    for (const double number : numbers)
        if (number <= most)
            scale.high = std::max(scale.high, number);
    scale.isLogarithmic = scale.low > 0 && scale.high / scale.low > spanOfLinear;
    return scale;
}

std::optional<SweepScale> colorScaleOf(std::span<const SweepCell> cells, SweepMeasure measure)
{
    std::optional<SweepScale> scale = scaleOf(cells);
    if (!scale)
        return scale;
    const bool isLogarithmic = scale->low > 0;
    std::vector<double> numbers;
    for (const SweepCell& cell : cells)
        if (cell.hasNumber() && *cell.median <= scale->high)
            numbers.push_back(isLogarithmic ? std::log(*cell.median) : *cell.median);
    std::sort(numbers.begin(), numbers.end());
    constexpr double reach = 1.5; // Tukey's fence
    const double lower = quantile(numbers, 0.25);
    const double upper = quantile(numbers, 0.75);
    const auto fence = [&](double from, double sign) {
        const double end = from + sign * reach * (upper - lower);
        return isLogarithmic ? std::exp(end) : end;
    };
    if (measure == SweepMeasure::Accuracy)
        scale->low = std::max(scale->low, fence(lower, -1.0));
    else
        scale->high = std::min(scale->high, fence(upper, 1.0));
    scale->isLogarithmic = isLogarithmic && scale->high / scale->low > spanOfLinear;
    return scale;
}

} // namespace chronograd
