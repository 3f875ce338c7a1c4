#include "core/analysis/flow.h"

namespace chronograd {

Matrix flows(const Frame& frame, const Term& term, std::int64_t t)
{
    const Matrix& source = frame.values[static_cast<std::size_t>(term.source.slot)];
    const auto column = static_cast<Eigen::Index>(t - term.source.lag - frame.firstStep + 1);
    const ParameterView& view = frame.network->parameters()[term.weight];
    const int blockRows = view.rows / view.blocks;
    const Matrix weights = matrixOf(view, frame.weightsAt(t));
    const auto rows = term.rows.count == 0
                          ? weights.middleRows(0, view.rows)
                          : weights.middleRows(term.rows.ofWeight * blockRows, term.rows.count * blockRows);
    return rows * source.col(column).asDiagonal();
}

Matrix backflows(const Frame& frame, const ParameterUse& use, ParameterId weight, std::int64_t t)
{
    const Matrix& deltas = frame.deltas[static_cast<std::size_t>(use.result)];
    const auto column = static_cast<Eigen::Index>(t - frame.firstStep + 1);
    const Matrix weights = matrixOf(frame.network->parameters()[weight], frame.before);
    return deltas.col(column).segment(use.firstUnit, use.rows).asDiagonal() *
           weights.middleRows(use.firstRow, use.rows);
}

} // namespace chronograd
