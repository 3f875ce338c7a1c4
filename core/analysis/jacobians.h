#pragma once

#include "core/training/frame.h"

#include <optional>
#include <vector>

namespace chronograd {

/// What one step does to an error on its way back: the Jacobians J_t = ∂h_t/∂h_{t−1} of the update's window,
/// h everything that is handed on (carriedSlots). Sizes are spectral norms: the most that any error grows.
struct JacobianChain
{
    std::int64_t firstStep = 1; ///< t of the first entry: the window's second step, into which an error from
                                ///< inside the window still comes.
    std::vector<double> norms;  ///< ‖J_t‖
    std::vector<double> products; ///< ‖J_T · … · J_t‖, T the last step of the window.
};

/// Absent where nothing is handed on, chains run against time, more than mostJacobianUnits are handed on, or
/// no update is done. The newest mostJacobianSteps steps of the window.
std::optional<JacobianChain> jacobianChainOf(const Frame& frame);

/// J_t itself: rows of step t, columns of step t − 1.
Matrix jacobianAt(const Frame& frame, std::int64_t t);

inline constexpr int mostJacobianUnits = 128;
inline constexpr std::int64_t mostJacobianSteps = 64;

} // namespace chronograd
