#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"
#include "core/network/parameter_use.h"

#include <utility>

namespace chronograd {

namespace {

const ParameterView& viewOf(const Frame& frame, const Quantity& quantity)
{
    return frame.network->parameters()[quantity.parameter];
}

Quantity sibling(const Quantity& quantity, QuantityKind kind, std::int64_t t = 0)
{
    return weightQuantity(kind, quantity.parameter, quantity.row, quantity.column, t);
}

Expression siblingSymbol(const Frame& frame, const Quantity& quantity, QuantityKind kind)
{
    return symbolic(Notation(*frame.network).symbol(sibling(quantity, kind)));
}

/// γ · v
Formula momentumTerm(const Frame& frame, const Quantity& quantity, QuantityKind velocity)
{
    const Symbol gamma{"γ", "", "", false};
    return {Expression::product({symbolic(gamma), siblingSymbol(frame, quantity, velocity)}),
            Expression::product({constant(frame.settings.momentum, gamma, "the momentum"),
                                 leaf(frame, sibling(quantity, velocity))})};
}

/// −α · g, with the factor of clipping where the gradient was clipped.
Formula descentTerm(const Frame& frame, const Quantity& quantity)
{
    const Symbol alpha{"α", "", "", false};
    const Symbol norm{"‖∂L/∂W‖", "", "", false};
    const Symbol limit{"c", "", "", false};
    std::vector<Expression> general{symbolic(alpha)};
    std::vector<Expression> numbers{constant(frame.settings.learningRate, alpha, "the learning rate")};
    if (frame.clipped && frame.settings.clipNorm) {
        general.push_back(Expression::quotient(symbolic(limit), symbolic(norm)));
        numbers.push_back(
            Expression::quotient(constant(*frame.settings.clipNorm, limit, "the greatest norm allowed"),
                                 constant(frame.gradientNorm, norm, "the norm of the whole gradient")));
        numbers.back().note = "clipping";
    }
    general.push_back(siblingSymbol(frame, quantity, QuantityKind::Gradient));
    numbers.push_back(leaf(frame, sibling(quantity, QuantityKind::Gradient)));
    return {Expression::negate(Expression::product(std::move(general))),
            Expression::negate(Expression::product(std::move(numbers)))};
}

Formula sumOfTwo(Formula first, Formula second)
{
    return {Expression::sum({std::move(first.general), std::move(second.general)}),
            Expression::sum({std::move(first.numbers), std::move(second.numbers)})};
}

Formula frozenFormula(const Frame& frame, const Quantity& quantity)
{
    return givenFormula(
        frame, quantity,
        frame.network->layers()[static_cast<std::size_t>(viewOf(frame, quantity).layer)].spec.name +
            " is not trained");
}

} // namespace

Formula shareFormula(const Frame& frame, const Quantity& quantity)
{
    const Notation notation(*frame.network);
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    for (const ParameterUse& use : usesOf(*frame.network, quantity.parameter)) {
        if (!use.contains(quantity.row))
            continue;
        std::vector<Quantity> factors{deltaQuantity(use.result, use.unit(quantity.row), quantity.t)};
        if (use.source)
            factors.push_back(slotQuantity(use.source->slot, quantity.column, quantity.t - use.source->lag));
        std::vector<Expression> symbols;
        std::vector<Expression> values;
        for (const Quantity& factor : factors) {
            symbols.push_back(symbolic(notation.symbol(factor)));
            values.push_back(leaf(frame, factor));
        }
        general.push_back(productOrOnly(std::move(symbols)));
        numbers.push_back(productOrOnly(std::move(values)));
    }
    return {sumOrOnly(std::move(general)), sumOrOnly(std::move(numbers))};
}

Formula gradientFormula(const Frame& frame, const Quantity& quantity)
{
    const Window& window = frame.window;
    if (!frame.holds(window.from) || !frame.holds(window.to))
        return givenFormula(frame, quantity, "the sum over more time steps than are held here");
    std::vector<Expression> shares;
    double sum = 0.0;
    for (std::int64_t t = window.from; t <= window.to; ++t) {
        shares.push_back(leaf(frame, sibling(quantity, QuantityKind::Share, t)));
        sum += shares.back().value;
    }
    if (frame.batch.size() > 1) {
        shares.push_back(constant(numberOf(frame, quantity) - sum, {"others", "", "", false},
                                  "the other sequences of the batch"));
    }
    Symbol share = Notation(*frame.network).symbol(quantity);
    share.superscript = "t";
    Expression general = symbolic(share);
    general = Expression::sumOver(
        {"t = " + std::to_string(window.from) + " … " + std::to_string(window.to), "", "", false},
        std::move(general));
    if (frame.batch.size() > 1)
        general = Expression::sum({std::move(general), symbolic({"others", "", "", false})});
    return {std::move(general), sumOrOnly(std::move(shares))};
}

Formula velocityFormula(const Frame& frame, const Quantity& quantity)
{
    if (!viewOf(frame, quantity).trainable)
        return frozenFormula(frame, quantity);
    return sumOfTwo(momentumTerm(frame, quantity, QuantityKind::VelocityBefore),
                    descentTerm(frame, quantity));
}

Formula changeFormula(const Frame& frame, const Quantity& quantity)
{
    if (!viewOf(frame, quantity).trainable)
        return frozenFormula(frame, quantity);
    switch (frame.settings.optimizer) {
    case Optimizer::Sgd:
        return {siblingSymbol(frame, quantity, QuantityKind::Velocity),
                leaf(frame, sibling(quantity, QuantityKind::Velocity))};
    case Optimizer::Nesterov:
        return sumOfTwo(momentumTerm(frame, quantity, QuantityKind::Velocity), descentTerm(frame, quantity));
    case Optimizer::Rmsprop:
    case Optimizer::Adam:
        break;
    }
    const QuantityKind after = QuantityKind::After;
    const QuantityKind before = QuantityKind::Weight;
    return {Expression::sum({siblingSymbol(frame, quantity, after),
                             Expression::negate(siblingSymbol(frame, quantity, before))}),
            Expression::sum({leaf(frame, sibling(quantity, after)),
                             Expression::negate(leaf(frame, sibling(quantity, before)))})};
}

Formula afterFormula(const Frame& frame, const Quantity& quantity)
{
    return sumOfTwo({siblingSymbol(frame, quantity, QuantityKind::Weight),
                     leaf(frame, sibling(quantity, QuantityKind::Weight))},
                    {siblingSymbol(frame, quantity, QuantityKind::Change),
                     leaf(frame, sibling(quantity, QuantityKind::Change))});
}

} // namespace chronograd
