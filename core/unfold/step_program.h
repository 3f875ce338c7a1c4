#pragma once

#include "core/math/activation.h"
#include "core/network/parameters.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace chronograd {

/// Index of a slot in StepProgram::slots().
using SlotId = int;

/// A named vector that one time step computes: its values over time are one matrix (units × steps), its
/// deltas (∂L/∂value) another.
struct Slot
{
    std::string name; ///< As in traces: "net", "out"; of the input: "input".
    int layer = -1;   ///< -1: the input.
    int units = 0;
};

/// What an operation reads: a slot of this time step (lag 0) or of the one before (lag 1).
struct Operand
{
    SlotId slot = 0;
    int lag = 0;
};

/// One matrix product of an affine operation.
struct Term
{
    ParameterId weight = 0;
    Operand source;
};

/// result = Σ W · source + b
struct Affine
{
    SlotId result = 0;
    std::vector<Term> terms;
    std::optional<ParameterId> bias;
};

/// result = f(argument)
struct Activate
{
    SlotId result = 0;
    SlotId argument = 0;
    ActivationFunction function;
};

/// What a network does in one time step: operations over slots, each layer's a contiguous range, in forward
/// order.
using Operation = std::variant<Affine, Activate>;

struct StepProgram
{
    std::vector<Slot> slotTable; ///< Slot 0 is the input. (Qt takes the plain name for a macro.)
    std::vector<Operation> operations;
};

} // namespace chronograd
