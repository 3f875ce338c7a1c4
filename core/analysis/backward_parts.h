#pragma once

#include "core/training/frame.h"
#include "core/unfold/step_program.h"

#include <cstdint>
#include <optional>

namespace chronograd {

/// ∂L/∂operand of an operation at step t, as far as it comes back through this operation alone: Wᵀδ, f′·∇,
/// the other factor · δ. Operands are counted as operandsOf() lists them. Nothing where no gradient was
/// computed (yet), or where the operation of step t is outside the window.
std::optional<Vector> backThrough(const Frame& frame, const Operation& operation, std::size_t operand,
                                  std::int64_t t);

/// ∂L/∂slot at step t: of the loss's own part and of all that read the slot, at this step and at neighbouring
/// ones. Of a weighted input this is δ.
std::optional<Vector> slotGradient(const Frame& frame, SlotId slot, std::int64_t t);

/// What the loss of step t itself gives to the slot that it acts on (see lossActsOnNet); nothing if it does
/// not enter.
std::optional<Vector> lossPart(const Frame& frame, std::int64_t t);

/// The slot that the loss acts on.
SlotId lossSlot(const Frame& frame);

} // namespace chronograd
