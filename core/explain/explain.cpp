#include "core/explain/explain.h"

#include "core/experiment/input_error.h"
#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"

#include <utility>

namespace chronograd {

namespace {

void requireQuantity(const Frame& frame, const Quantity& quantity)
{
    const std::string why = whyAbsent(frame, quantity);
    if (!why.empty())
        throw InputError(quantityText(quantity, *frame.network) + ": " + why);
}

Formula formulaOf(const Frame& frame, const Quantity& quantity, SignConvention sign)
{
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return slotFormula(frame, quantity);
    case QuantityKind::Delta:
        return deltaFormula({frame, sign}, quantity);
    case QuantityKind::Target:
        return givenFormula(frame, quantity, "given by the data");
    case QuantityKind::StepLoss:
        return stepLossFormula(frame, quantity);
    case QuantityKind::Loss:
        return lossFormula(frame);
    case QuantityKind::GradientNorm:
        return gradientNormFormula(frame);
    case QuantityKind::Weight:
        return givenFormula(frame, quantity,
                            frame.update <= 1
                                ? "the weight that training started with"
                                : "the weight after update " + std::to_string(frame.update - 1));
    case QuantityKind::WeightAt:
        return givenFormula(frame, quantity, "the weight in force when that step was computed");
    case QuantityKind::Share:
        return shareFormula({frame, sign}, quantity);
    case QuantityKind::Gradient:
        return gradientFormula(frame, quantity);
    case QuantityKind::VelocityBefore:
        return givenFormula(frame, quantity, "the velocity that the earlier updates left");
    case QuantityKind::Velocity:
        return velocityFormula(frame, quantity);
    case QuantityKind::FirstMomentBefore:
    case QuantityKind::SecondMomentBefore:
    case QuantityKind::MeanSquareBefore:
        return givenFormula(frame, quantity, "what the earlier gradients left");
    case QuantityKind::FirstMoment:
    case QuantityKind::SecondMoment:
    case QuantityKind::MeanSquare:
        return momentFormula(frame, quantity);
    case QuantityKind::Change:
        return changeFormula(frame, quantity);
    case QuantityKind::After:
        return afterFormula(frame, quantity);
    }
    return {};
}

} // namespace

namespace {

Explanation explained(const Frame& frame, const Quantity& quantity, Formula formula, SignConvention sign)
{
    Explanation explanation;
    explanation.of = quantity;
    explanation.symbol = Notation(*frame.network, sign).symbol(quantity);
    explanation.value = numberOf(frame, quantity, sign);
    explanation.sign = sign;
    explanation.general = std::move(formula.general);
    explanation.numbers = std::move(formula.numbers);
    explanation.source = words(quantity, *frame.network, sign);
    return explanation;
}

} // namespace

Explanation explain(const Frame& frame, const Quantity& quantity, SignConvention sign)
{
    requireQuantity(frame, quantity);
    return explained(frame, quantity, formulaOf(frame, quantity, sign), sign);
}

Explanation explain(const Frame& frame, const Quantity& quantity, const PastGradients& past)
{
    requireQuantity(frame, quantity);
    return explained(frame, quantity, pastFormula(past), SignConvention::Derivative);
}

double valueOf(const Frame& frame, const Quantity& quantity, SignConvention sign)
{
    requireQuantity(frame, quantity);
    return numberOf(frame, quantity, sign);
}

bool hasQuantity(const Frame& frame, const Quantity& quantity)
{
    return whyAbsent(frame, quantity).empty();
}

} // namespace chronograd
