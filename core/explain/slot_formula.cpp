#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace chronograd {

namespace {

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

Formula termFormula(const Frame& frame, const Term& term, int unit, std::int64_t t)
{
    const Network& network = *frame.network;
    const Notation notation(network);
    const int columns = network.parameters()[term.weight].columns;
    const std::int64_t then = t - term.source.lag;
    const std::string index = columns == 1 ? "1" : "j";
    Expression body = Expression::product({symbolic(notation.weight(term.weight, indexWord(unit), index)),
                                           symbolic(notation.slot(term.source.slot, index, word(then)))});
    Formula formula;
    formula.general = columns == 1 ? std::move(body) : Expression::sumOver({index, "", "", false}, body);
    std::vector<Expression> products;
    for (int j = 0; j < columns; ++j) {
        products.push_back(Expression::product({weightInForce(frame, term.weight, unit, j, t),
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
        Formula part = termFormula(frame, term, unit, t);
        general.push_back(std::move(part.general));
        numbers.push_back(std::move(part.numbers));
    }
    if (affine.bias) {
        general.push_back(symbolic(Notation(*frame.network).weight(*affine.bias, indexWord(unit), "")));
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

Formula activationFormula(const Frame& frame, const Activate& activate, int unit, std::int64_t t)
{
    if (activate.function.kind == Activation::Softmax)
        return softmaxFormula(frame, activate, unit, t);
    const Notation notation(*frame.network);
    return {applied(activate.function, symbolic(notation.slot(activate.argument, indexWord(unit), word(t)))),
            applied(activate.function, leaf(frame, slotQuantity(activate.argument, unit, t)))};
}

} // namespace

Formula slotFormula(const Frame& frame, const Quantity& quantity)
{
    const StepProgram& program = frame.network->program();
    if (quantity.slot == frame.network->inputSlot())
        return givenFormula(frame, quantity, "given by the data");
    if (quantity.t < frame.firstStep) {
        return givenFormula(frame, quantity,
                            quantity.t == 0 ? "the state that the sequence starts with"
                                            : "computed before the first step that is still held");
    }
    for (const Operation& operation : program.operations) {
        if (const auto* affine = std::get_if<Affine>(&operation)) {
            if (affine->result == quantity.slot)
                return affineFormula(frame, *affine, quantity.unit, quantity.t);
        } else if (const auto* activate = std::get_if<Activate>(&operation)) {
            if (activate->result == quantity.slot)
                return activationFormula(frame, *activate, quantity.unit, quantity.t);
        }
    }
    assert(!"every slot but the input is the result of an operation");
    return givenFormula(frame, quantity, "");
}

} // namespace chronograd
