#include "ui/controls/slider_scale.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr int mostPositions = 120;
constexpr double smallestRate = 1e-5;
constexpr double positionsPerDecade = 100.0;

} // namespace

StepScale::StepScale(std::int64_t longest)
    : m_longest(std::max<std::int64_t>(longest, 1))
    , m_last(int(std::min<std::int64_t>(m_longest, mostPositions)))
{}

std::int64_t StepScale::stepsAt(int position) const
{
    const std::int64_t count = std::clamp(position, 0, m_last - 1) + std::int64_t{1};
    if (m_longest <= mostPositions)
        return count;
    // Never below the position itself, so that the small numbers are all there.
    const double ratio = double(count - 1) / (m_last - 1);
    return std::max(count, std::int64_t(std::llround(std::pow(double(m_longest), ratio))));
}

StepCount StepScale::at(int position) const
{
    return position >= m_last ? StepCount::wholeSequence() : StepCount(stepsAt(position));
}

int StepScale::positionOf(StepCount steps) const
{
    if (steps.isWholeSequence())
        return m_last;
    int best = 0;
    for (int position = 0; position < m_last; ++position)
        if (std::abs(stepsAt(position) - steps.number()) < std::abs(stepsAt(best) - steps.number()))
            best = position;
    return best;
}

double RateScale::at(int position)
{
    const double exact = smallestRate * std::pow(10.0, position / positionsPerDecade);
    const double unit = std::pow(10.0, std::floor(std::log10(exact) + 1e-9) - 1);
    return std::round(exact / unit) * unit;
}

int RateScale::positionOf(double rate)
{
    if (!(rate > smallestRate))
        return 0;
    return int(
        std::clamp(std::round(std::log10(rate / smallestRate) * positionsPerDecade), 0.0, double(positions)));
}

double MomentumScale::at(int position)
{
    return position / 100.0;
}

int MomentumScale::positionOf(double momentum)
{
    return int(std::clamp(std::round(momentum * 100.0), 0.0, double(positions)));
}

} // namespace chronograd
