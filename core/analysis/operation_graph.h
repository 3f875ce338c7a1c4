#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

enum class OperationKind : std::uint8_t
{
    Input,
    Before,     ///< A slot of a neighbouring step.
    Product,    ///< W · source
    Sum,        ///< Of products, with the bias; of what gates let through.
    Activation, ///< f
    Gate,       ///< ⊙: two vectors, unit by unit.
    Complement, ///< 1 − gate
    Scale,      ///< constant · vector
    Join,       ///< One vector below the other.
    Target,
    Loss,
};

struct OperationNode
{
    OperationKind kind = OperationKind::Sum;
    std::string label;                    ///< "W_x", "+ b", "tanh", "⊙", "h(t − 1)", "squared error".
    int layer = -1;                       ///< −1: the input.
    std::optional<Quantity> quantity;     ///< What the node makes, of its first unit.
    std::optional<ParameterId> parameter; ///< The weight of a product, the bias of a sum.
    int depth = 0;                        ///< Longest way from a source.
};

/// A vector on its way from one operation to the next, and the gradient on its way back.
struct OperationArrow
{
    int from = 0;
    int to = 0;
    std::string name;              ///< Of the slot that flows: "net", "out"; empty: it has no name.
    Vector values;                 ///< Empty: not computed yet.
    Vector gradients;              ///< ∂L/∂values along this arrow alone. Empty: not computed.
    std::optional<Quantity> value; ///< The name of the first number; the others follow by unit.
    std::optional<Quantity> gradient;
};

/// One time step as a computation graph. Edges lead from the operations' inputs to the loss.
struct OperationGraph
{
    std::int64_t t = 0;
    std::vector<OperationNode> nodes; ///< In an order in which they can be computed.
    std::vector<OperationArrow> arrows;
};

/// Precondition: the frame holds t.
OperationGraph operationGraph(const Frame& frame, std::int64_t t);

/// The quantity of one number of an arrow.
Quantity atUnit(Quantity first, int unit);

} // namespace chronograd
