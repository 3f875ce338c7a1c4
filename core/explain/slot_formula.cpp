#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"
#include "core/network/parameter_use.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

namespace chronograd {

namespace {

const Symbol decaySymbol{"λ", "", "", false};

std::string word(std::int64_t t)
{
    return std::to_string(t);
}

/// The weight that step t was computed with: named with its time only where it is another than before this
/// update.
Expression weightInForce(const Frame& frame, ParameterId parameter, int row, int column, std::int64_t t)
{
    const Quantity then = weightQuantity(QuantityKind::WeightAt, parameter, row, column, t);
    const Quantity before = weightQuantity(QuantityKind::Weight, parameter, row, column);
    return numberOf(frame, then) == numberOf(frame, before) ? leaf(frame, before) : leaf(frame, then);
}

/// `row`: of the weight.
Formula termFormula(const Frame& frame, const Term& term, int row, std::int64_t t)
{
    const Network& network = *frame.network;
    const Notation notation(network);
    const int columns = network.parameters()[term.weight].columns;
    const std::int64_t then = t - term.source.lag;
    const std::string index = columns == 1 ? "1" : "j";
    Expression body = Expression::product({symbolic(notation.weight(term.weight, row, index)),
                                           symbolic(notation.slot(term.source.slot, index, word(then)))});
    Formula formula;
    formula.general = columns == 1 ? std::move(body) : Expression::sumOver({index, "", "", false}, body);
    std::vector<Expression> products;
    for (int j = 0; j < columns; ++j) {
        products.push_back(Expression::product({weightInForce(frame, term.weight, row, j, t),
                                                leaf(frame, slotQuantity(term.source.slot, j, then))}));
    }
    formula.numbers = sumOrOnly(std::move(products));
    const int layer = network.program().slotTable[static_cast<std::size_t>(term.source.slot)].layer;
    formula.numbers.note =
        "from " +
        (layer < 0 ? std::string("the input") : network.layers()[static_cast<std::size_t>(layer)].spec.name) +
        " at t = " + word(then);
    return formula;
}

Formula affineFormula(const Frame& frame, const Affine& affine, int unit, std::int64_t t)
{
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    for (const Term& term : affine.terms) {
        const ParameterUse use = useOf(*frame.network, affine, term);
        if (!use.contains(use.row(unit)))
            continue;
        Formula part = termFormula(frame, term, use.row(unit), t);
        general.push_back(std::move(part.general));
        numbers.push_back(std::move(part.numbers));
    }
    if (affine.bias) {
        general.push_back(symbolic(Notation(*frame.network).weight(*affine.bias, unit, "")));
        numbers.push_back(weightInForce(frame, *affine.bias, unit, 0, t));
        numbers.back().note = "the bias";
    }
    return {sumOrOnly(std::move(general)), sumOrOnly(std::move(numbers))};
}

/// exp(net_i − shift) / Σ exp(net_j − shift); the shift is only there where the plain form overflows.
Formula softmaxFormula(const Frame& frame, const Activate& activate, int unit, std::int64_t t)
{
    const Notation notation(*frame.network);
    const int units = frame.network->program().slotTable[static_cast<std::size_t>(activate.argument)].units;
    const auto net = [&](int i) { return slotQuantity(activate.argument, i, t); };
    const auto exponential = [](Expression x) {
        return Expression::function({"exp", "", "", false}, {std::move(x)});
    };
    double greatest = numberOf(frame, net(0));
    for (int i = 1; i < units; ++i)
        greatest = std::max(greatest, numberOf(frame, net(i)));
    const bool shifted = std::abs(greatest) > 600.0;
    const auto shiftedNet = [&](int i) {
        Expression x = leaf(frame, net(i));
        return shifted ? Expression::sum({std::move(x), Expression::number(-greatest)}) : x;
    };
    std::vector<Expression> all;
    for (int i = 0; i < units; ++i)
        all.push_back(exponential(shiftedNet(i)));
    Formula formula;
    const auto symbol = [&](const std::string& i) {
        return exponential(symbolic(notation.slot(activate.argument, i, word(t))));
    };
    formula.general =
        Expression::quotient(symbol(indexWord(unit)), Expression::sumOver({"j", "", "", false}, symbol("j")));
    formula.numbers = Expression::quotient(exponential(shiftedNet(unit)), sumOrOnly(std::move(all)));
    return formula;
}

Expression applied(ActivationFunction f, Expression net)
{
    switch (f.kind) {
    case Activation::Identity:
        return net;
    case Activation::Sigmoid:
        if (f.slope != 1.0) {
            return Expression::function(
                {"sigmoid", "", "", false},
                {constant(f.slope, {"a", "", "", false}, "the slope"), std::move(net)});
        }
        return Expression::function({"sigmoid", "", "", false}, {std::move(net)});
    case Activation::Tanh:
        return Expression::function({"tanh", "", "", false}, {std::move(net)});
    case Activation::Relu:
        return Expression::function({"relu", "", "", false}, {std::move(net)});
    case Activation::Softmax:
        break;
    }
    assert(!"softmax is not elementwise");
    return net;
}

/// `unit`: of the result.
Formula activationFormula(const Frame& frame, const Activate& activate, int unit, std::int64_t t)
{
    if (activate.function.kind == Activation::Softmax)
        return softmaxFormula(frame, activate, unit, t);
    const Quantity argument = slotQuantity(
        activate.argument, unit + firstUnitOf(*frame.network, activate.argument, activate.block), t);
    return {applied(activate.function, symbolic(Notation(*frame.network).symbol(argument))),
            applied(activate.function, leaf(frame, argument))};
}

/// `unit`: of the factors.
Formula productFormula(const Frame& frame, const ProductTerm& term, int unit, std::int64_t t)
{
    const Notation notation(*frame.network);
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    if (term.coefficient != 1.0) {
        general.push_back(symbolic(decaySymbol));
        numbers.push_back(constant(term.coefficient, decaySymbol, "the decay of the context"));
    }
    for (const Factor& factor : term.factors) {
        const Quantity quantity = slotQuantity(factor.source.slot, unit, t - factor.source.lag);
        Expression symbol = symbolic(notation.symbol(quantity));
        Expression number = leaf(frame, quantity);
        general.push_back(factor.complement ? oneMinus(std::move(symbol)) : std::move(symbol));
        numbers.push_back(factor.complement ? oneMinus(std::move(number)) : std::move(number));
    }
    return {productOrOnly(std::move(general)), productOrOnly(std::move(numbers))};
}

Formula productsFormula(const Frame& frame, const Products& products, int unit, std::int64_t t)
{
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    for (const ProductTerm& term : products.terms) {
        Formula part = productFormula(frame, term, unit, t);
        general.push_back(std::move(part.general));
        numbers.push_back(std::move(part.numbers));
    }
    return {sumOrOnly(std::move(general)), sumOrOnly(std::move(numbers))};
}

Formula partFormula(const Frame& frame, const Concatenate& concatenate, int unit, std::int64_t t)
{
    for (const SlotId part : concatenate.parts) {
        const int units = frame.network->program().slotTable[static_cast<std::size_t>(part)].units;
        if (unit < units) {
            const Quantity same = slotQuantity(part, unit, t);
            return {symbolic(Notation(*frame.network).symbol(same)), leaf(frame, same)};
        }
        unit -= units;
    }
    assert(!"the parts have all units of the result");
    return {};
}

/// What one operation gives to a unit of its result; absent where it has nothing to do with that unit.
struct GivenBy
{
    const Frame& frame;
    const Quantity& of;

    std::optional<Formula> operator()(const Affine& affine) const
    {
        return affineFormula(frame, affine, of.unit, of.t);
    }
    std::optional<Formula> operator()(const Activate& activate) const
    {
        return activationFormula(frame, activate, of.unit, of.t);
    }
    std::optional<Formula> operator()(const Products& products) const
    {
        const int unit = of.unit - firstUnitOf(*frame.network, of.slot, products.block);
        const Slot& slot = frame.network->program().slotTable[static_cast<std::size_t>(of.slot)];
        if (unit < 0 || unit >= slot.blockUnits())
            return std::nullopt;
        return productsFormula(frame, products, unit, of.t);
    }
    std::optional<Formula> operator()(const Concatenate& concatenate) const
    {
        return partFormula(frame, concatenate, of.unit, of.t);
    }
};

const char* stateAtStart(const Frame& frame)
{
    return frame.settings.state == StateRule::Carry ? "the state that the sequence starts with: carried over "
                                                      "within the epoch, zeros at its beginning"
                                                    : "the state that the sequence starts with";
}

} // namespace

Formula slotFormula(const Frame& frame, const Quantity& quantity)
{
    if (quantity.slot == frame.network->inputSlot())
        return givenFormula(frame, quantity, "given by the data");
    if (quantity.t > frame.position.sequenceLength)
        return givenFormula(frame, quantity, "the state that the chain against time starts with");
    if (quantity.t < frame.firstStep) {
        return givenFormula(frame, quantity,
                            quantity.t == 0 ? stateAtStart(frame)
                                            : "computed before the first step that is still held");
    }
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    for (const Operation& operation : frame.network->program().operations) {
        if (resultOf(operation) != quantity.slot)
            continue;
        if (std::holds_alternative<Affine>(operation) && !frame.hasWeightsAt(quantity.t))
            return givenFormula(frame, quantity, "computed with weights that are no longer kept");
        std::optional<Formula> part = std::visit(GivenBy{frame, quantity}, operation);
        if (part && (part->numbers.kind != Expression::Kind::Sum || !part->numbers.children.empty())) {
            general.push_back(std::move(part->general));
            numbers.push_back(std::move(part->numbers));
        }
    }
    return {sumOrOnly(std::move(general)), sumOrOnly(std::move(numbers))};
}

} // namespace chronograd
