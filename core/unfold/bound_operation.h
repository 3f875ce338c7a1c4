#pragma once

#include "core/network/parameters.h"
#include "core/unfold/slot_columns.h"
#include "core/unfold/step_program.h"

#include <memory>
#include <vector>

namespace chronograd {

/// An operation tied to the memory of one unfolding. What it reads of the same step and what it reads of a
/// neighbouring step (its delayed operands) are separate calls, so that the first can be done for many steps
/// at once.
///
/// Results do not depend on how steps are grouped into calls: stepping and running give the same bits.
class BoundOperation
{
public:
    virtual ~BoundOperation() = default;

    /// result = what comes from this step's slots.
    virtual void forward(const double* weights, Columns columns) = 0;
    /// result += what comes from the neighbouring step; after forward().
    virtual void forwardDelayed(const double* /*weights*/, std::int64_t /*t*/) {}

    /// A new backward sweep: weights may have changed since the last, copies of them are out of date. Of the
    /// result, only the deltas of the steps `live` can be other than 0.
    virtual void beginBackward(Columns /*live*/) {}
    /// Adds to the deltas of this step's slots what they owe to the result.
    virtual void backward(const double* weights, Columns columns) = 0;
    /// Adds to the deltas *at t* of a delayed operand what it owes to the result at t + its lag. Operands are
    /// counted as operandsOf() lists them.
    virtual void backwardDelayed(const double* /*weights*/, std::int64_t /*t*/, std::size_t /*operand*/) {}
};

std::unique_ptr<BoundOperation> bind(const Operation& operation, const ParameterLayout& layout,
                                     std::vector<SlotColumns>& slots);

/// The slots an operation reads.
std::vector<Operand> operandsOf(const Operation& operation);
SlotId resultOf(const Operation& operation);

} // namespace chronograd
