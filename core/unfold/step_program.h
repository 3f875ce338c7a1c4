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
    int blocks = 1; ///< Gates stacked in it, units / blocks each.

    int blockUnits() const { return units / blocks; }
};

/// What an operation reads: a slot of this time step (lag 0), of the one before (lag 1), or, in a chain that
/// runs against time, of the one after (lag −1): the value at t − lag.
struct Operand
{
    SlotId slot = 0;
    int lag = 0;
};

/// A run of gate blocks: of a weight matrix's rows, and of the result they make.
struct GateRows
{
    int ofWeight = 0; ///< First block of the weight …
    int ofResult = 0; ///< … and of the result.
    int count = 0;    ///< 0: all of them.
};

/// One matrix product of an affine operation.
struct Term
{
    ParameterId weight = 0;
    Operand source;
    GateRows rows = {};
};

/// result = Σ W · source + b
struct Affine
{
    SlotId result = 0;
    std::vector<Term> terms;
    std::optional<ParameterId> bias;
    bool adds = false; ///< result += instead.
};

/// result = f(argument)
struct Activate
{
    SlotId result = 0;
    SlotId argument = 0;
    ActivationFunction function;
    int block = 0; ///< Of the argument, if gates are stacked in it.
};

/// A slot as a factor: itself, or 1 − itself.
struct Factor
{
    Operand source;
    bool complement = false;
};

/// coefficient · Π factors, unit by unit; one factor or two.
struct ProductTerm
{
    double coefficient = 1.0;
    std::vector<Factor> factors;
};

/// result = Σ of products, unit by unit: what gates and contexts are made of.
struct Products
{
    SlotId result = 0;
    std::vector<ProductTerm> terms;
    int block = 0;     ///< Of the result, if gates are stacked in it.
    bool adds = false; ///< result += instead.
};

/// result = the parts one below the other.
struct Concatenate
{
    SlotId result = 0;
    std::vector<SlotId> parts;
};

/// What a network does in one time step: operations over slots, each layer's a contiguous range, in forward
/// order.
using Operation = std::variant<Affine, Activate, Products, Concatenate>;

struct StepProgram
{
    std::vector<Slot> slotTable; ///< Slot 0 is the input. (Qt takes the plain name for a macro.)
    std::vector<Operation> operations;
};

} // namespace chronograd
