#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"
#include "core/network/parameter_use.h"
#include "core/training/loss.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
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

/// Σ_k W[k, unit] · δ_k(at); of stacked rows one sum for each gate.
Expression backThroughSymbols(const SignedFrame& in, const ParameterUse& use, ParameterId weight, int unit,
                              std::int64_t at)
{
    const Network& network = *in.frame.network;
    const Notation notation(network, in.sign);
    const ParameterView& view = network.parameters()[weight];
    const int rows = view.rows / view.blocks;
    const int units = network.program().slotTable[static_cast<std::size_t>(use.result)].blockUnits();
    const std::string index = rows == 1 ? "1" : "k";
    std::vector<Expression> sums;
    for (int row = use.firstRow; row < use.firstRow + use.rows; row += rows) {
        Expression body = Expression::product(
            {symbolic(notation.weight(weight, index, indexWord(unit), row / rows)),
             symbolic(notation.delta(use.result, index, std::to_string(at), use.unit(row) / units))});
        sums.push_back(rows == 1 ? std::move(body) : Expression::sumOver({index, "", "", false}, body));
    }
    return sumOrOnly(std::move(sums));
}

/// The error that comes back through one matrix. The weights are the current ones: also under stored history,
/// whose activations are older.
Formula backThrough(const SignedFrame& in, const ParameterUse& use, ParameterId weight, int unit,
                    std::int64_t at)
{
    const Frame& frame = in.frame;
    const Network& network = *frame.network;
    std::vector<Expression> products;
    for (int row = use.firstRow; row < use.firstRow + use.rows; ++row) {
        products.push_back(
            Expression::product({leaf(frame, weightQuantity(QuantityKind::Weight, weight, row, unit)),
                                 leaf(frame, deltaQuantity(use.result, use.unit(row), at), in.sign)}));
    }
    Formula formula{backThroughSymbols(in, use, weight, unit, at), sumOrOnly(std::move(products))};
    const int layer = network.program().slotTable[static_cast<std::size_t>(use.result)].layer;
    formula.numbers.note = "from " + network.layers()[static_cast<std::size_t>(layer)].spec.name +
                           " at t = " + std::to_string(at);
    return formula;
}

/// coefficient · the other factor · δ of the product's result.
Formula backThroughProduct(const SignedFrame& in, const Products& products, const ProductTerm& term,
                           std::size_t factor, int unit, std::int64_t at)
{
    const Frame& frame = in.frame;
    const Notation notation(*frame.network, in.sign);
    const Symbol decay{"λ", "", "", false};
    const bool isMinus = term.factors[factor].complement;
    std::vector<Expression> general;
    std::vector<Expression> numbers;
    if (term.coefficient != 1.0) {
        general.push_back(symbolic(decay));
        numbers.push_back(constant(term.coefficient, decay, "the decay of the context"));
    }
    if (term.factors.size() == 2) {
        const Factor& other = term.factors[1 - factor];
        const Quantity value = slotQuantity(other.source.slot, unit, at - other.source.lag);
        Expression symbol = symbolic(notation.symbol(value));
        Expression number = leaf(frame, value);
        general.push_back(other.complement ? oneMinus(std::move(symbol)) : std::move(symbol));
        numbers.push_back(other.complement ? oneMinus(std::move(number)) : std::move(number));
    }
    const Quantity error = deltaQuantity(
        products.result, unit + firstUnitOf(*frame.network, products.result, products.block), at);
    general.push_back(symbolic(notation.symbol(error)));
    numbers.push_back(leaf(frame, error, in.sign));
    Formula formula{productOrOnly(std::move(general)), productOrOnly(std::move(numbers))};
    if (isMinus)
        formula = {Expression::negate(std::move(formula.general)),
                   Expression::negate(std::move(formula.numbers))};
    return formula;
}

/// Someone who reads a slot, as a way for the error to come back.
struct Reader
{
    const Operation* operation;
    std::size_t operand; ///< As operandsOf() counts.
    int lag;
};

/// Those of the same time step first.
std::vector<Reader> readersOf(const StepProgram& program, SlotId slot)
{
    std::vector<Reader> readers;
    for (const Operation& operation : program.operations) {
        const std::vector<Operand> operands = operandsOf(operation);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            if (operands[i].slot == slot)
                readers.push_back({&operation, i, operands[i].lag});
        }
    }
    std::stable_sort(readers.begin(), readers.end(),
                     [](const Reader& a, const Reader& b) { return std::abs(a.lag) < std::abs(b.lag); });
    return readers;
}

Parts errorParts(const SignedFrame& in, SlotId slot, int unit, std::int64_t t);
std::optional<Formula> throughActivation(const SignedFrame& in, const Activate& activate, int unit,
                                         std::int64_t t, std::string& remark);

/// What comes back to a unit of a slot at step t through one reader; absent where that reader does not read
/// this unit, or where nothing comes back to it either.
struct BackThrough
{
    const SignedFrame& in;
    std::size_t operand;
    int unit;
    std::int64_t t;
    std::string& remark;

    std::optional<Formula> operator()(const Affine& affine) const
    {
        const Term& term = affine.terms[operand];
        return backThrough(in, useOf(*in.frame.network, affine, term), term.weight, unit,
                           t + term.source.lag);
    }
    std::optional<Formula> operator()(const Activate& activate) const
    {
        return throughActivation(in, activate, unit, t, remark);
    }
    std::optional<Formula> operator()(const Products& products) const
    {
        std::size_t factor = operand;
        for (const ProductTerm& term : products.terms) {
            if (factor < term.factors.size())
                return backThroughProduct(in, products, term, factor, unit,
                                          t + term.factors[factor].source.lag);
            factor -= term.factors.size();
        }
        return std::nullopt;
    }
    std::optional<Formula> operator()(const Concatenate& concatenate) const
    {
        int above = unit;
        for (std::size_t part = 0; part < operand; ++part)
            above += in.frame.network->program()
                         .slotTable[static_cast<std::size_t>(concatenate.parts[part])]
                         .units;
        const Quantity error = deltaQuantity(concatenate.result, above, t);
        return Formula{symbolic(Notation(*in.frame.network, in.sign).symbol(error)),
                       leaf(in.frame, error, in.sign)};
    }
};

/// ∂L/∂(unit of a slot) at step t, signed: the loss's own part and what comes back from everything that reads
/// the slot, at this step or at a neighbouring one.
Parts errorParts(const SignedFrame& in, SlotId slot, int unit, std::int64_t t)
{
    const Frame& frame = in.frame;
    Parts parts;
    const Layer& last = frame.network->layers().back();
    if (slot == (lossActsOnNet(frame.settings.loss) ? last.net : last.output) && isInjected(frame, t))
        parts.add(lossGradientFormula(in, unit, t));
    for (const Reader& reader : readersOf(frame.network->program(), slot)) {
        const std::int64_t at = t + reader.lag;
        if (frame.window.contains(at)) {
            if (auto part =
                    std::visit(BackThrough{in, reader.operand, unit, t, parts.remark}, *reader.operation))
                parts.add(std::move(*part));
        } else {
            parts.remark = "nothing comes from t = " + std::to_string(at) +
                           (reader.lag > 0 ? ": the window ends at t = " + std::to_string(frame.window.to)
                                           : ": the sequence starts at t = 1");
        }
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

/// s_i · (∇_i − Σ_j s_j ∇_j) with ∇_j = ∂L/∂y_j; as an error signal with ∇_j = −∂L/∂y_j.
Formula throughSoftmax(const SignedFrame& in, const Activate& activate, int unit, std::int64_t t)
{
    const Frame& frame = in.frame;
    const Notation notation(*frame.network);
    const std::string time = std::to_string(t);
    const int units = frame.network->program().slotTable[static_cast<std::size_t>(activate.result)].units;
    const auto y = [&](int j) { return leaf(frame, slotQuantity(activate.result, j, t)); };
    const auto error = [&](int j) { return sumOrOnly(errorParts(in, activate.result, j, t).numbers); };
    const auto ySymbol = [&](const std::string& j) {
        return symbolic(notation.slot(activate.result, j, time));
    };
    const auto errorSymbol = [&](const std::string& j) {
        return symbolic({"∂L/∂" + ySymbol(j).symbol.base, j, time, false});
    };
    std::vector<Expression> weighted;
    for (int j = 0; j < units; ++j)
        weighted.push_back(Expression::product({y(j), error(j)}));
    const std::string i = indexWord(unit);
    Expression mean =
        Expression::sumOver({"j", "", "", false}, Expression::product({ySymbol("j"), errorSymbol("j")}));
    Expression difference = in.sign == SignConvention::Derivative
                                ? Expression::sum({errorSymbol(i), Expression::negate(std::move(mean))})
                                : Expression::sum({std::move(mean), Expression::negate(errorSymbol(i))});
    return {Expression::product({ySymbol(i), std::move(difference)}),
            Expression::product(
                {y(unit),
                 Expression::sum({error(unit), Expression::negate(Expression::sum(std::move(weighted)))})})};
}

/// `unit`: of the argument.
std::optional<Formula> throughActivation(const SignedFrame& in, const Activate& activate, int unit,
                                         std::int64_t t, std::string& remark)
{
    const Frame& frame = in.frame;
    const Slot& argument = frame.network->program().slotTable[static_cast<std::size_t>(activate.argument)];
    const int of = unit - firstUnitOf(*frame.network, activate.argument, activate.block);
    if (of < 0 || of >= argument.blockUnits())
        return std::nullopt;
    Parts parts = errorParts(in, activate.result, of, t);
    if (!parts.remark.empty())
        remark = parts.remark;
    if (parts.empty())
        return std::nullopt;
    if (activate.function.kind == Activation::Softmax)
        return throughSoftmax(in, activate, of, t);
    const Quantity out = slotQuantity(activate.result, of, t);
    return Formula{
        times(slopeFactors(activate.function, symbolic(Notation(*frame.network).symbol(out))), parts.general),
        times(slopeFactors(activate.function, leaf(frame, out)), parts.numbers)};
}

} // namespace

std::vector<Expression> errorTerms(const SignedFrame& in, int layer, int unit, std::int64_t t)
{
    const Frame& frame = in.frame;
    std::vector<Expression> terms;
    const bool isLast = layer + 1 == frame.layers();
    const bool hasLoss = isLast && isInjected(frame, t);
    if (hasLoss && lossActsOnNet(frame.settings.loss))
        terms.push_back(lossGradientFormula(in, unit, t).numbers);
    const SlotId output = frame.network->layers()[static_cast<std::size_t>(layer)].output;
    for (Expression& part : errorParts(in, output, unit, t).numbers) {
        const bool isLoss = hasLoss && terms.empty();
        if (part.kind == Expression::Kind::Sum && !isLoss)
            std::move(part.children.begin(), part.children.end(), std::back_inserter(terms));
        else
            terms.push_back(std::move(part));
    }
    return terms;
}

Formula deltaFormula(const SignedFrame& in, const Quantity& quantity)
{
    Parts parts = errorParts(in, quantity.slot, quantity.unit, quantity.t);
    if (parts.empty()) {
        Formula nothing{Expression::number(0.0), Expression::number(0.0)};
        nothing.numbers.note = "no loss that enters this update depends on it";
        return nothing;
    }
    Formula formula{sumOrOnly(std::move(parts.general)), sumOrOnly(std::move(parts.numbers))};
    formula.general.note = parts.remark;
    return formula;
}

} // namespace chronograd
