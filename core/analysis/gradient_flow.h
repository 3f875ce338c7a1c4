#pragma once

#include "core/training/frame.h"

#include <cstdint>
#include <vector>

namespace chronograd {

/// How far back the error of one update reaches, and what the cut of k2 keeps out. Of the sequence that the
/// frame shows; everything with the factors 1/N and 1/B′ of L in it.
struct GradientFlow
{
    Window window;                    ///< Of the update: what lies before it was cut.
    std::int64_t firstStep = 1;       ///< Of the first column.
    std::int64_t sequenceLength = 1;  ///< T: no lag is longer.
    std::vector<std::int64_t> losses; ///< Step of each row, ascending: the losses that enter.

    /// losses × steps: ‖∂L_t/∂h_s‖, h_s everything that step s hands on (carriedSlots). Left of the window:
    /// what would arrive there if nothing were cut.
    Matrix norms;

    /// By lag, the number of steps between loss and share: ‖Σ_t ∂L_t/∂w at step t − lag‖ over the trainable
    /// parameters, of what the update was made of …
    std::vector<double> applied;
    /// … and as if nothing were cut (among the steps from firstStep on).
    std::vector<double> uncut;

    std::int64_t stepOf(Eigen::Index column) const { return firstStep + column; }
    bool isCut(std::int64_t t) const { return !window.contains(t); }
};

/// Does the frame hold what a flow is made of?
bool hasGradientFlow(const Frame& frame);

/// One backward sweep for each loss that enters (the newest mostFlowLosses of them), some steps beyond the
/// cut, as far as the frame holds them. Precondition: hasGradientFlow(frame).
GradientFlow gradientFlowOf(const Frame& frame);

inline constexpr std::int64_t mostFlowLosses = 256;
inline constexpr std::int64_t mostFlowSteps = 512; ///< Columns, so many at most.

} // namespace chronograd
