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

/// Factors of a product, in symbols and in numbers.
struct Factors
{
    std::vector<Expression> general;
    std::vector<Expression> numbers;

    void add(Expression symbol, Expression number)
    {
        general.push_back(std::move(symbol));
        numbers.push_back(std::move(number));
    }
    Formula product() && { return {productOrOnly(std::move(general)), productOrOnly(std::move(numbers))}; }
};

/// A setting as a factor of both sides.
Formula setting(double value, const Symbol& symbol, const char* note)
{
    return {symbolic(symbol), constant(value, symbol, note)};
}

/// Appends g, with the factor of clipping where the gradient was clipped.
void addAppliedGradient(Factors& factors, const Frame& frame, const Quantity& quantity)
{
    if (frame.clipped && frame.settings.clipNorm) {
        Quantity norm;
        norm.kind = QuantityKind::GradientNorm;
        const Symbol limit{"c", "", "", false};
        factors.add(
            Expression::quotient(symbolic(limit), symbolic(Notation(*frame.network).symbol(norm))),
            Expression::quotient(constant(*frame.settings.clipNorm, limit, "the greatest norm allowed"),
                                 leaf(frame, norm)));
        factors.numbers.back().note = "clipping";
    }
    factors.add(siblingSymbol(frame, quantity, QuantityKind::Gradient),
                leaf(frame, sibling(quantity, QuantityKind::Gradient)));
}

Formula rate(const Frame& frame)
{
    return setting(frame.settings.learningRate, {"α", "", "", false}, "the learning rate");
}

/// −α · g
Formula descentTerm(const Frame& frame, const Quantity& quantity)
{
    Factors factors;
    Formula alpha = rate(frame);
    factors.add(std::move(alpha.general), std::move(alpha.numbers));
    addAppliedGradient(factors, frame, quantity);
    Formula product = std::move(factors).product();
    return {Expression::negate(std::move(product.general)), Expression::negate(std::move(product.numbers))};
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

/// What the optimizer keeps of earlier gradients: kept · before + (1 − kept) · g, or g².
struct Memory
{
    QuantityKind before;
    Formula kept;
    bool isOfSquares;
};

Memory memoryOf(const Frame& frame, QuantityKind kind)
{
    const Hyperparameters& settings = frame.settings;
    switch (kind) {
    case QuantityKind::FirstMoment:
        return {QuantityKind::FirstMomentBefore,
                setting(settings.beta1, {"β", "1", "", false}, "what the first moment keeps"), false};
    case QuantityKind::SecondMoment:
        return {QuantityKind::SecondMomentBefore,
                setting(settings.beta2, {"β", "2", "", false}, "what the second moment keeps"), true};
    default:
        return {QuantityKind::MeanSquareBefore,
                setting(settings.decay, {"ρ", "", "", false}, "what the mean square keeps"), true};
    }
}

/// x / (1 − β^n): adam's moments start at zero; without this they would stay too small for long.
Formula corrected(const Frame& frame, const Quantity& quantity, QuantityKind moment, const char* note)
{
    const Formula beta = memoryOf(frame, moment).kept;
    const Formula n = setting(static_cast<double>(frame.momentSteps), {"n", "", "", false},
                              "updates since the moments were zero");
    Formula result{Expression::quotient(siblingSymbol(frame, quantity, moment),
                                        oneMinus(Expression::power(beta.general, n.general))),
                   Expression::quotient(leaf(frame, sibling(quantity, moment)),
                                        oneMinus(Expression::power(beta.numbers, n.numbers)))};
    result.general.note = result.numbers.note = note;
    return result;
}

/// −α · direction / (√squares + ε)
Formula scaledDescent(const Frame& frame, Formula direction, Formula squares)
{
    const Formula alpha = rate(frame);
    const Formula epsilon =
        setting(frame.settings.epsilon, {"ε", "", "", false}, "keeps the quotient finite");
    const auto divided = [](const Expression& factor, Expression above, Expression below,
                            const Expression& added) {
        Expression root = Expression::function({"sqrt", "", "", false}, {std::move(below)});
        return Expression::negate(Expression::product(
            {factor, Expression::quotient(std::move(above), Expression::sum({std::move(root), added}))}));
    };
    return {
        divided(alpha.general, std::move(direction.general), std::move(squares.general), epsilon.general),
        divided(alpha.numbers, std::move(direction.numbers), std::move(squares.numbers), epsilon.numbers)};
}

} // namespace

Formula shareFormula(const SignedFrame& in, const Quantity& quantity)
{
    const Frame& frame = in.frame;
    const Notation notation(*frame.network, in.sign);
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
            values.push_back(leaf(frame, factor, in.sign));
        }
        const auto signedPart = [&in](Expression product) { // a gradient is a derivative always
            return in.sign == SignConvention::Derivative ? product : Expression::negate(std::move(product));
        };
        general.push_back(signedPart(productOrOnly(std::move(symbols))));
        numbers.push_back(signedPart(productOrOnly(std::move(values))));
    }
    return {sumOrOnly(std::move(general)), sumOrOnly(std::move(numbers))};
}

/// √ Σ ‖∂L/∂W‖² over the trained parameters.
Formula gradientNormFormula(const Frame& frame)
{
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    const Notation notation(*frame.network);
    const auto& views = frame.network->parameters().views();
    for (std::size_t id = 0; id < views.size(); ++id) {
        const ParameterView& view = views[id];
        if (!view.trainable)
            continue;
        const Symbol norm = notation.gradientNorm(static_cast<ParameterId>(id));
        general.push_back(squared(symbolic(norm)));
        numbers.push_back(squared(constant(matrixOf(view, frame.gradient).norm(), norm, view.name)));
    }
    const auto root = [](std::vector<Expression> squares) {
        return Expression::function({"sqrt", "", "", false}, {sumOrOnly(std::move(squares))});
    };
    return {root(std::move(general)), root(std::move(numbers))};
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

Formula momentFormula(const Frame& frame, const Quantity& quantity)
{
    if (!viewOf(frame, quantity).trainable)
        return frozenFormula(frame, quantity);
    const Memory memory = memoryOf(frame, quantity.kind);
    Factors gradient;
    addAppliedGradient(gradient, frame, quantity);
    Formula added = std::move(gradient).product();
    if (memory.isOfSquares)
        added = {squared(std::move(added.general)), squared(std::move(added.numbers))};
    return sumOfTwo(
        {Expression::product({memory.kept.general, siblingSymbol(frame, quantity, memory.before)}),
         Expression::product({memory.kept.numbers, leaf(frame, sibling(quantity, memory.before))})},
        {Expression::product({oneMinus(memory.kept.general), std::move(added.general)}),
         Expression::product({oneMinus(memory.kept.numbers), std::move(added.numbers)})});
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
    case Optimizer::Rmsprop: {
        Factors gradient;
        addAppliedGradient(gradient, frame, quantity);
        return scaledDescent(frame, std::move(gradient).product(),
                             {siblingSymbol(frame, quantity, QuantityKind::MeanSquare),
                              leaf(frame, sibling(quantity, QuantityKind::MeanSquare))});
    }
    case Optimizer::Adam:
        return scaledDescent(frame, corrected(frame, quantity, QuantityKind::FirstMoment, "m̂"),
                             corrected(frame, quantity, QuantityKind::SecondMoment, "v̂"));
    }
    return {};
}

Formula afterFormula(const Frame& frame, const Quantity& quantity)
{
    return sumOfTwo({siblingSymbol(frame, quantity, QuantityKind::Weight),
                     leaf(frame, sibling(quantity, QuantityKind::Weight))},
                    {siblingSymbol(frame, quantity, QuantityKind::Change),
                     leaf(frame, sibling(quantity, QuantityKind::Change))});
}

} // namespace chronograd
