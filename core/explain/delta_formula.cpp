#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"
#include "core/training/loss.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chronograd {

namespace {

/// Sums that grow side by side, in symbols and in numbers.
struct Parts
{
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    std::string remark; ///< What is missing and why.

    void add(Formula part)
    {
        general.push_back(std::move(part.general));
        numbers.push_back(std::move(part.numbers));
    }
    bool empty() const { return numbers.empty(); }
};

/// Σ_k W[k, unit] · δ_k(at), the error that comes back through one matrix. The weights are the current ones:
/// also under stored history, whose activations are older.
Formula backThrough(const Frame& frame, const Affine& affine, ParameterId weight, int unit, std::int64_t at)
{
    const Network& network = *frame.network;
    const Notation notation(network);
    const int rows = network.parameters()[weight].rows;
    const std::string index = rows == 1 ? "1" : "k";
    Expression body =
        Expression::product({symbolic(notation.weight(weight, index, indexWord(unit))),
                             symbolic(notation.delta(affine.result, index, std::to_string(at)))});
    std::vector<Expression> products;
    for (int k = 0; k < rows; ++k) {
        products.push_back(
            Expression::product({leaf(frame, weightQuantity(QuantityKind::Weight, weight, k, unit)),
                                 leaf(frame, deltaQuantity(affine.result, k, at))}));
    }
    Formula formula{rows == 1 ? std::move(body) : Expression::sumOver({index, "", "", false}, body),
                    sumOrOnly(std::move(products))};
    const int layer = network.program().slotTable[static_cast<std::size_t>(affine.result)].layer;
    formula.numbers.note = "from " + network.layers()[static_cast<std::size_t>(layer)].spec.name +
                           " at t = " + std::to_string(at);
    return formula;
}

/// A matrix product that reads a slot.
struct Reader
{
    const Affine* affine;
    ParameterId weight;
    int lag;
};

/// Those of the same time step first.
std::vector<Reader> readersOf(const StepProgram& program, SlotId slot)
{
    std::vector<Reader> readers;
    for (const Operation& operation : program.operations) {
        const auto* affine = std::get_if<Affine>(&operation);
        if (affine == nullptr)
            continue;
        for (const Term& term : affine->terms) {
            if (term.source.slot == slot)
                readers.push_back({affine, term.weight, term.source.lag});
        }
    }
    std::stable_sort(readers.begin(), readers.end(),
                     [](const Reader& a, const Reader& b) { return a.lag < b.lag; });
    return readers;
}

/// ∂L/∂(unit of a slot) at step t: the loss's own part, if wanted, and everything that reads the slot, at
/// this step or at the next one.
Parts errorParts(const Frame& frame, SlotId slot, int unit, std::int64_t t, bool withLoss)
{
    Parts parts;
    if (withLoss)
        parts.add(lossGradientFormula(frame, unit, t));
    for (const Reader& reader : readersOf(frame.network->program(), slot)) {
        const std::int64_t at = t + reader.lag;
        if (frame.window.contains(at))
            parts.add(backThrough(frame, *reader.affine, reader.weight, unit, at));
        else
            parts.remark = "nothing comes from t = " + std::to_string(at) +
                           ": the window ends at t = " + std::to_string(frame.window.to);
    }
    return parts;
}

/// f′(net) as factors, from the output; none for the identity.
std::vector<Expression> slopeFactors(ActivationFunction f, const Expression& out)
{
    switch (f.kind) {
    case Activation::Sigmoid: {
        std::vector<Expression> factors;
        if (f.slope != 1.0)
            factors.push_back(constant(f.slope, {"a", "", "", false}, "the slope"));
        factors.push_back(out);
        factors.push_back(oneMinus(out));
        return factors;
    }
    case Activation::Tanh:
        return {oneMinus(squared(out))};
    case Activation::Relu:
        return {Expression::function({"positive", "", "", false}, {out})};
    default:
        return {};
    }
}

Expression times(std::vector<Expression> factors, std::vector<Expression> terms)
{
    factors.push_back(sumOrOnly(std::move(terms)));
    return productOrOnly(std::move(factors));
}

/// s_i · (∇_i − Σ_j s_j ∇_j) with ∇_j = ∂L/∂y_j.
Formula throughSoftmax(const Frame& frame, const Activate& activate, const Quantity& quantity, bool withLoss)
{
    const Notation notation(*frame.network);
    const std::string time = std::to_string(quantity.t);
    const int units = frame.network->program().slotTable[static_cast<std::size_t>(activate.result)].units;
    const auto y = [&](int j) { return leaf(frame, slotQuantity(activate.result, j, quantity.t)); };
    const auto error = [&](int j) {
        return sumOrOnly(errorParts(frame, activate.result, j, quantity.t, withLoss).numbers);
    };
    const auto ySymbol = [&](const std::string& j) {
        return symbolic(notation.slot(activate.result, j, time));
    };
    const auto errorSymbol = [&](const std::string& j) {
        return symbolic({"∂L/∂" + ySymbol(j).symbol.base, j, time, false});
    };
    std::vector<Expression> weighted;
    for (int j = 0; j < units; ++j)
        weighted.push_back(Expression::product({y(j), error(j)}));
    const std::string i = indexWord(quantity.unit);
    Expression mean =
        Expression::sumOver({"j", "", "", false}, Expression::product({ySymbol("j"), errorSymbol("j")}));
    return {Expression::product(
                {ySymbol(i), Expression::sum({errorSymbol(i), Expression::negate(std::move(mean))})}),
            Expression::product(
                {y(quantity.unit), Expression::sum({error(quantity.unit), Expression::negate(Expression::sum(
                                                                              std::move(weighted)))})})};
}

Formula throughActivation(const Frame& frame, const Activate& activate, const Quantity& quantity,
                          bool withLoss, const Parts& parts)
{
    if (activate.function.kind == Activation::Softmax)
        return throughSoftmax(frame, activate, quantity, withLoss);
    const Quantity out = slotQuantity(activate.result, quantity.unit, quantity.t);
    return {
        times(slopeFactors(activate.function, symbolic(Notation(*frame.network).symbol(out))), parts.general),
        times(slopeFactors(activate.function, leaf(frame, out)), parts.numbers)};
}

const Activate& activationOf(const StepProgram& program, SlotId net)
{
    for (const Operation& operation : program.operations) {
        const auto* activate = std::get_if<Activate>(&operation);
        if (activate != nullptr && activate->argument == net)
            return *activate;
    }
    assert(!"every net has an activation");
    return std::get<Activate>(program.operations.front());
}

} // namespace

Formula deltaFormula(const Frame& frame, const Quantity& quantity)
{
    const Activate& activate = activationOf(frame.network->program(), quantity.slot);
    const bool hasLoss =
        activate.result == frame.network->layers().back().output && isInjected(frame, quantity.t);
    const bool fused = lossActsOnNet(frame.settings.loss);
    const Parts through = errorParts(frame, activate.result, quantity.unit, quantity.t, hasLoss && !fused);
    Parts whole;
    if (hasLoss && fused)
        whole.add(lossGradientFormula(frame, quantity.unit, quantity.t));
    if (!through.empty())
        whole.add(throughActivation(frame, activate, quantity, hasLoss && !fused, through));
    if (whole.empty()) {
        Formula nothing{Expression::number(0.0), Expression::number(0.0)};
        nothing.numbers.note = "no loss that enters this update depends on it";
        return nothing;
    }
    Formula formula{sumOrOnly(std::move(whole.general)), sumOrOnly(std::move(whole.numbers))};
    formula.general.note = through.remark;
    return formula;
}

} // namespace chronograd
