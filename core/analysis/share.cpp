#include "core/analysis/share.h"

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
    for (const Operation& operation : frame.network->program().operations) {
        const auto* affine = std::get_if<Affine>(&operation);
        if (!affine)
            continue;
        const auto delta = history(frame.deltas, affine->result).col(columnOf(frame, t));
        if (affine->bias == parameter)
            result.col(0) += delta;
        for (const Term& term : affine->terms) {
            if (term.weight == parameter)
                result.noalias() += delta * history(frame.values, term.source.slot)
                                                .col(columnOf(frame, t - term.source.lag))
                                                .transpose();
        }
    }
    return result;
}

double share(const Frame& frame, ParameterId parameter, int row, int column, std::int64_t t)
{
    if (!frame.window.contains(t) || !frame.holds(t))
        return 0.0;
    double sum = 0.0;
    for (const Operation& operation : frame.network->program().operations) {
        const auto* affine = std::get_if<Affine>(&operation);
        if (!affine)
            continue;
        if (affine->bias == parameter)
            sum += frame.delta(affine->result, row, t);
        for (const Term& term : affine->terms) {
            if (term.weight == parameter)
                sum += frame.delta(affine->result, row, t) *
                       frame.value(term.source.slot, column, t - term.source.lag);
        }
    }
    return sum;
}

} // namespace chronograd
