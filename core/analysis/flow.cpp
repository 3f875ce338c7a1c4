#include "core/analysis/flow.h"

namespace chronograd {

Matrix flows(const Frame& frame, const Term& term, std::int64_t t)
{
    const Matrix& source = frame.values[static_cast<std::size_t>(term.source.slot)];
    const auto column = static_cast<Eigen::Index>(t - term.source.lag - frame.firstStep + 1);
    return matrixOf(frame.network->parameters()[term.weight], frame.weightsAt(t)) *
           source.col(column).asDiagonal();
}

} // namespace chronograd
