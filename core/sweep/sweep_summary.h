#pragma once

#include "core/sweep/sweep_result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// By what runs are compared.
enum class SweepMeasure : std::uint8_t
{
    Loss,
    TestLoss,
    Accuracy,
    Updates, ///< Until stop_loss was reached.
};

inline constexpr std::string_view sweepMeasureKeys[] = {"loss", "test_loss", "accuracy", "updates"};

/// The measure of a run that finished; a diverged run is worse than any number: +∞, of an accuracy −∞.
/// Nothing for a refused run, or where there is no such measure.
std::optional<double> measured(const SweepResult& result, SweepMeasure measure);

/// The test loss where there is one, else the loss.
SweepMeasure usualMeasure(std::span<const SweepResult> results);

/// What the repeats of one combination came to. A diverged run counts as worse than any other, so a median is
/// infinite when half of the runs or more diverged.
struct SweepCell
{
    std::int64_t finished = 0;
    std::int64_t diverged = 0;
    std::int64_t refused = 0;
    std::optional<double> median; ///< Nothing: no run yet, or all refused.
    double lower = 0.0;           ///< Quartiles, between neighbouring runs in proportion.
    double upper = 0.0;
    std::string message; ///< Of the first run that diverged or was refused.

    bool hasNumber() const; ///< There is a median and it is finite.
    std::int64_t runs() const { return finished + diverged + refused; }
};

/// One cell per combination.
std::vector<SweepCell> summarise(const SweepPlan& plan, std::span<const SweepResult> results,
                                 SweepMeasure measure);

/// The combination with the best median; nothing where none has a number.
std::optional<std::int64_t> bestCombination(std::span<const SweepCell> cells, SweepMeasure measure);

/// How numbers become heights and colours.
struct SweepScale
{
    double low = 0.0;
    double high = 1.0;
    bool isLogarithmic = false;

    double shareOf(double value) const; ///< 0 at low … 1 at high; ½ where both are the same.
    /// Round numbers from low to high, about so many.
    std::vector<double> ticks(int about) const;
};

/// From the least to the greatest of the cells' numbers (their quartiles too, where asked for), logarithmic
/// where they span more than a factor of 20; nothing where there are none. What is more than a million times
/// the least does not stretch it: its runs as good as diverged.
std::optional<SweepScale> scaleOf(std::span<const SweepCell> cells, bool withQuartiles = false);

/// The same for colours: numbers far worse than most (more than 1½ times the distance of the quartiles beyond
/// the worse of them) do not stretch it; they are as bad as its end.
std::optional<SweepScale> colorScaleOf(std::span<const SweepCell> cells, SweepMeasure measure);

/// Quantile of sorted numbers, between neighbours in proportion; infinite neighbours count whole.
/// Precondition: not empty, 0 ≤ share ≤ 1.
double quantile(std::span<const double> sorted, double share);

} // namespace chronograd
