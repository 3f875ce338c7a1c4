#include "core/analysis/share.h"

#include "core/network/parameter_use.h"

#include <algorithm>

namespace chronograd {

namespace {

/// Column of step t in the histories of a frame.
Eigen::Index columnOf(const Frame& frame, std::int64_t t)
{
    return static_cast<Eigen::Index>(t - frame.firstStep + 1);
}

const Matrix& history(const std::vector<Matrix>& slots, SlotId slot)
{
    return slots[static_cast<std::size_t>(slot)];
}

} // namespace

Matrix shares(const Frame& frame, ParameterId parameter, std::int64_t t)
{
    const ParameterView& view = frame.network->parameters()[parameter];
    Matrix result = Matrix::Zero(view.rows, view.columns);
    if (!frame.window.contains(t) || !frame.holds(t))
        return result;
    for (const ParameterUse& use : usesOf(*frame.network, parameter)) {
        const auto delta = history(frame.deltas, use.result).col(columnOf(frame, t));
        const auto part = delta.segment(use.firstUnit, use.rows);
        if (use.source) {
            const auto source =
                history(frame.values, use.source->slot).col(columnOf(frame, t - use.source->lag));
            result.middleRows(use.firstRow, use.rows).noalias() += part * source.transpose();
        } else {
            result.middleRows(use.firstRow, use.rows) += part;
        }
    }
    return result;
}

double share(const Frame& frame, ParameterId parameter, int row, int column, std::int64_t t)
{
    if (!frame.window.contains(t) || !frame.holds(t))
        return 0.0;
    double sum = 0.0;
    for (const ParameterUse& use : usesOf(*frame.network, parameter)) {
        if (!use.contains(row))
            continue;
        const double delta = frame.delta(use.result, use.unit(row), t);
        sum += use.source ? delta * frame.value(use.source->slot, column, t - use.source->lag) : delta;
    }
    return sum;
}

bool hasShare(const Frame& frame, ParameterId parameter, int row, std::int64_t t)
{
    if (!frame.holds(t) || !frame.window.contains(t))
        return false;
    const std::vector<ParameterUse> uses = usesOf(*frame.network, parameter);
    return std::all_of(uses.begin(), uses.end(), [&](const ParameterUse& use) {
        const int layer = frame.network->program().slotTable[static_cast<std::size_t>(use.result)].layer;
        return !use.contains(row) || frame.hasDelta(layer, t);
    });
}

ShareSum sumOfShares(const Frame& frame, ParameterId parameter, int row, int column)
{
    ShareSum result;
    for (std::int64_t t = frame.window.to; t >= frame.window.from; --t) {
        if (!hasShare(frame, parameter, row, t))
            continue;
        result.sum += share(frame, parameter, row, column, t);
        ++result.steps;
    }
    return result;
}

} // namespace chronograd
