#pragma once

#include "core/training/frame.h"

#include <cstdint>

namespace chronograd {

/// What time step t contributes to ∂L/∂w of one weight: δ_row(t) · source_column(t − lag), for a bias
/// δ_row(t), where δ is ∂L/∂net of the product that the weight is in. 0 outside the window. Precondition:
/// inside the window the deltas of the weight's layer are there (Frame::hasDelta).
double share(const Frame& frame, ParameterId parameter, int row, int column, std::int64_t t);

/// Σ_t of share() over the steps of the window whose deltas are there.
struct ShareSum
{
    double sum = 0.0;
    std::int64_t steps = 0; ///< So many shares are in the sum.
};
ShareSum sumOfShares(const Frame& frame, ParameterId parameter, int row, int column);

/// Are the deltas that a share needs there: of every layer that uses this row of the parameter?
bool hasShare(const Frame& frame, ParameterId parameter, int row, std::int64_t t);

/// The shares of a whole parameter at step t: one outer product (rows × columns).
Matrix shares(const Frame& frame, ParameterId parameter, std::int64_t t);

} // namespace chronograd
