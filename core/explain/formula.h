#pragma once

#include "core/analysis/past_gradients.h"
#include "core/explain/expression.h"
#include "core/training/frame.h"

#include <vector>

namespace chronograd {

/// A formula in symbols and with numbers put in. The functions below need a quantity that the frame has, of
/// the kind they are called after; each goes one step back.
struct Formula
{
    Expression general;
    Expression numbers;
};

/// A frame, and what its deltas are called positive for.
struct SignedFrame
{
    const Frame& frame;
    SignConvention sign;
};

Formula slotFormula(const Frame& frame, const Quantity& quantity);
Formula deltaFormula(const SignedFrame& in, const Quantity& quantity);
Formula stepLossFormula(const Frame& frame, const Quantity& quantity);
Formula lossFormula(const Frame& frame);
Formula gradientNormFormula(const Frame& frame);
Formula shareFormula(const SignedFrame& in, const Quantity& quantity);
Formula gradientFormula(const Frame& frame, const Quantity& quantity);
Formula velocityFormula(const Frame& frame, const Quantity& quantity);
Formula momentFormula(const Frame& frame, const Quantity& quantity); ///< Of adam and rmsprop.
Formula changeFormula(const Frame& frame, const Quantity& quantity);
Formula pastFormula(const PastGradients& past);
Formula afterFormula(const Frame& frame, const Quantity& quantity);

/// A number that is made of nothing (given by the data, a weight, a state): `note` says where it is from.
Formula givenFormula(const Frame& frame, const Quantity& quantity, std::string note);

/// ∂L/∂out, signed, of one output at step t as far as it comes from that step's own loss (∂L/∂net for the
/// losses that are fused with the activation). Precondition: isInjected(frame, t).
Formula lossGradientFormula(const SignedFrame& in, int output, std::int64_t t);

/// ∂L/∂out of a unit, signed, term by term: the loss's own part, if it has one, and what comes back from each
/// unit that reads it. Where the loss acts on the weighted input its part is of ∂L/∂net.
std::vector<Expression> errorTerms(const SignedFrame& in, int layer, int unit, std::int64_t t);

/// Building blocks.
int firstUnitOf(const Network& network, SlotId slot, int block); ///< Of a gate's block.
Expression leaf(const Frame& frame, const Quantity& quantity,
                SignConvention sign = SignConvention::Derivative);
Expression symbolic(Symbol symbol);
Quantity slotQuantity(SlotId slot, int unit, std::int64_t t);
Quantity deltaQuantity(SlotId net, int unit, std::int64_t t);
Quantity weightQuantity(QuantityKind kind, ParameterId parameter, int row, int column, std::int64_t t = 0);
Expression sumOrOnly(std::vector<Expression> terms);       ///< A sum of one is that one.
Expression productOrOnly(std::vector<Expression> factors); ///< A product of one is that one.
Expression oneMinus(Expression x);
Expression squared(Expression x);
Expression constant(double value, Symbol symbol, std::string note); ///< A setting: α, γ, N.
std::string indexWord(int index);                                   ///< From 1.

} // namespace chronograd
