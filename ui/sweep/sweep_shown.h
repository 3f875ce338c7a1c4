#pragma once

#include "core/sweep/sweep_summary.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace chronograd {

/// What the charts of a sweep show.
struct SweepShown
{
    std::shared_ptr<const SweepPlan> plan;
    SweepMeasure measure = SweepMeasure::Loss;
    std::vector<SweepCell> cells; ///< One per combination.
    std::optional<std::int64_t> best;

    SweepShown() = default;
    SweepShown(std::shared_ptr<const SweepPlan> ofPlan, std::span<const SweepResult> results, SweepMeasure by)
        : plan(std::move(ofPlan))
        , measure(by)
        , cells(summarise(*plan, results, measure))
        , best(bestCombination(cells, measure))
    {}

    const SweepCell& cell(std::int64_t combination) const
    {
        return cells[static_cast<std::size_t>(combination)];
    }
    /// 1: the best of all numbers, 0: the worst.
    double goodness(const SweepScale& scale, double value) const
    {
        const double share = scale.shareOf(value);
        return measure == SweepMeasure::Accuracy ? share : 1.0 - share;
    }
};

} // namespace chronograd
