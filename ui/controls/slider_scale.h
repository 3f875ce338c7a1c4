#pragma once

#include <cstdint>

#include "core/training/hyperparameters.h"

namespace chronograd {

/// Step counts on a slider: 1 … longest, then "n" at the right end. One position a step while that fits;
/// longer sequences in about equal ratios, every small number still there.
class StepScale
{
public:
    explicit StepScale(std::int64_t longest);

    int positions() const { return m_last; } ///< 0 … positions(); the last is n.
    StepCount at(int position) const;
    int positionOf(StepCount steps) const;

private:
    std::int64_t stepsAt(int position) const;

    std::int64_t m_longest;
    int m_last;
};

/// The learning rate: 10⁻⁵ … 10 in equal ratios, rounded to two digits.
class RateScale
{
public:
    static constexpr int positions = 600;

    static double at(int position);
    static int positionOf(double rate);
};

/// Momentum: hundredths, 0 … 0.99.
class MomentumScale
{
public:
    static constexpr int positions = 99;

    static double at(int position);
    static int positionOf(double momentum);
};

} // namespace chronograd
