#include "core/analysis/share.h"

#include "core/network/parameter_use.h"

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

} // namespace chronograd
