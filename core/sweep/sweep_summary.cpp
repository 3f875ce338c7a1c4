#include "core/sweep/sweep_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

std::optional<double> measured(const SweepResult& result, SweepMeasure measure)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (result.outcome == RunOutcome::Refused)
        return std::nullopt;
    if (result.outcome == RunOutcome::Diverged)
        return measure == SweepMeasure::Accuracy ? -infinity : infinity;
    switch (measure) {
    case SweepMeasure::Loss:
        return result.loss;
    case SweepMeasure::TestLoss:
        return result.testLoss;
    case SweepMeasure::Accuracy:
        return result.accuracy;
    case SweepMeasure::Updates:
        return static_cast<double>(result.updates);
    }
    return std::nullopt;
}

SweepMeasure usualMeasure(std::span<const SweepResult> results)
{
    const bool hasTest = std::any_of(results.begin(), results.end(),
                                     [](const SweepResult& result) { return result.testLoss.has_value(); });
    return hasTest ? SweepMeasure::TestLoss : SweepMeasure::Loss;
}

bool SweepCell::hasNumber() const
{
    return median && std::isfinite(*median);
}

double quantile(std::span<const double> sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double weight = place - static_cast<double>(below);
    if (weight == 0.0)
        return sorted[below];
    const double low = sorted[below];
    const double high = sorted[below + 1];
    if (low == high)
        return low; // both may be infinite
    if (std::isinf(low))
        return low;
    return std::isinf(high) ? high : low + weight * (high - low);
}

std::vector<SweepCell> summarise(const SweepPlan& plan, std::span<const SweepResult> results,
                                 SweepMeasure measure)
{
    std::vector<SweepCell> cells(static_cast<std::size_t>(plan.combinations()));
    std::vector<std::vector<double>> numbers(cells.size());
    for (const SweepResult& result : results) {
        const auto combination = static_cast<std::size_t>(plan.combinationOf(result.run));
        SweepCell& cell = cells[combination];
        cell.finished += result.outcome == RunOutcome::Finished ? 1 : 0;
        cell.diverged += result.outcome == RunOutcome::Diverged ? 1 : 0;
        cell.refused += result.outcome == RunOutcome::Refused ? 1 : 0;
        if (cell.message.empty())
            cell.message = result.message;
        if (const std::optional<double> number = measured(result, measure))
            numbers[combination].push_back(*number);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (numbers[i].empty())
            continue;
        std::sort(numbers[i].begin(), numbers[i].end());
        cells[i].median = quantile(numbers[i], 0.5);
        cells[i].lower = quantile(numbers[i], 0.25);
        cells[i].upper = quantile(numbers[i], 0.75);
    }
    return cells;
}

std::optional<std::int64_t> bestCombination(std::span<const SweepCell> cells, SweepMeasure measure)
{
    std::optional<std::int64_t> best;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells[i].hasNumber())
            continue;
        const auto better = [measure](double a, double b) {
            return measure == SweepMeasure::Accuracy ? a > b : a < b;
        };
        if (!best || better(*cells[i].median, *cells[static_cast<std::size_t>(*best)].median))
            best = static_cast<std::int64_t>(i);
    }
    return best;
}

} // namespace chronograd
