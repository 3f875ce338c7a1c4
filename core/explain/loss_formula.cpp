#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chronograd {

namespace {

Expression call(const char* name, Expression argument)
{
    return Expression::function({name, "", "", false}, {std::move(argument)});
}

Expression half()
{
    return Expression::quotient(Expression::number(1.0), Expression::number(2.0));
}

/// The numbers of the output layer at one step, as symbols with an index or as leaves with a number.
class OutputTerms
{
public:
    OutputTerms(const Frame& frame, std::int64_t t)
        : m_frame(frame)
        , m_layer(frame.network->layers().back())
        , m_t(t)
    {}

    int units() const { return m_layer.units; }
    double slope() const { return m_layer.spec.activation.slope; }
    Expression out(int k) const { return leaf(m_frame, slotQuantity(m_layer.output, k, m_t)); }
    Expression net(int k) const { return leaf(m_frame, slotQuantity(m_layer.net, k, m_t)); }
    Expression target(int k) const { return leaf(m_frame, targetQuantity(k)); }
    double outNumber(int k) const { return numberOf(m_frame, slotQuantity(m_layer.output, k, m_t)); }
    double netNumber(int k) const { return numberOf(m_frame, slotQuantity(m_layer.net, k, m_t)); }
    double targetNumber(int k) const { return numberOf(m_frame, targetQuantity(k)); }
    Expression outSymbol(const std::string& k) const
    {
        return symbolic(Notation(*m_frame.network).slot(m_layer.output, k, std::to_string(m_t)));
    }
    Expression targetSymbol(const std::string& k) const
    {
        return symbolic(Notation(*m_frame.network).target(k, std::to_string(m_t)));
    }

private:
    Quantity targetQuantity(int k) const
    {
        Quantity quantity = slotQuantity(0, k, m_t);
        quantity.kind = QuantityKind::Target;
        return quantity;
    }

    const Frame& m_frame;
    const Layer& m_layer;
    std::int64_t m_t;
};

Expression difference(Expression y, Expression d)
{
    return Expression::sum({std::move(y), Expression::negate(std::move(d))});
}

/// One output's part of a loss that is a sum over the outputs, without its factor in front.
Expression pointLoss(Loss loss, Expression y, Expression d)
{
    switch (loss) {
    case Loss::AbsoluteError:
        return call("abs", difference(std::move(y), std::move(d)));
    case Loss::Logistic:
        return call("softplus", Expression::negate(Expression::product({std::move(d), std::move(y)})));
    case Loss::CrossEntropy:
        return Expression::negate(Expression::product({std::move(d), call("ln", std::move(y))}));
    case Loss::BinaryCrossEntropy: {
        Expression here = Expression::product({d, call("ln", y)});
        Expression there = Expression::product({oneMinus(std::move(d)), call("ln", oneMinus(std::move(y)))});
        return Expression::negate(Expression::sum({std::move(here), std::move(there)}));
    }
    default:
        return squared(difference(std::move(y), std::move(d)));
    }
}

/// −d·(net_k − m − ln Σ exp(net_j − m)): the logarithm of an output too small for a double.
Expression smallCrossEntropy(const OutputTerms& terms, int k)
{
    double greatest = terms.netNumber(0);
    for (int j = 1; j < terms.units(); ++j)
        greatest = std::max(greatest, terms.netNumber(j));
    std::vector<Expression> exponentials;
    for (int j = 0; j < terms.units(); ++j)
        exponentials.push_back(call("exp", Expression::sum({terms.net(j), Expression::number(-greatest)})));
    Expression logOut =
        Expression::sum({terms.net(k), Expression::number(-greatest),
                         Expression::negate(call("ln", Expression::sum(std::move(exponentials))))});
    logOut.note = "ln y, computed from net because y is too close to 0";
    return Expression::negate(Expression::product({terms.target(k), std::move(logOut)}));
}

/// d·ln(1 + e^(−a·net)) + (1−d)·ln(1 + e^(a·net)): the same as with ln y, for a saturated unit.
Expression saturatedBinaryCrossEntropy(const OutputTerms& terms, int k)
{
    const auto scaledNet = [&](double slope) {
        return Expression::product({Expression::number(slope), terms.net(k)});
    };
    std::vector<Expression> parts;
    if (terms.targetNumber(k) != 0.0)
        parts.push_back(Expression::product({terms.target(k), call("softplus", scaledNet(-terms.slope()))}));
    if (terms.targetNumber(k) != 1.0)
        parts.push_back(
            Expression::product({oneMinus(terms.target(k)), call("softplus", scaledNet(terms.slope()))}));
    Expression sum = sumOrOnly(std::move(parts));
    sum.note = "computed from net because y is close to 0 or 1";
    return sum;
}

/// The smallest output whose logarithm is worth anything, and how close to 0 or 1 ln y and ln(1−y) are exact.
constexpr double smallestOutput = 1e-290;
constexpr double saturated = 0.05;

Expression pointLossNumbers(Loss loss, const OutputTerms& terms, int k)
{
    const double y = terms.outNumber(k);
    if (loss == Loss::CrossEntropy && y < smallestOutput)
        return smallCrossEntropy(terms, k);
    if (loss == Loss::BinaryCrossEntropy && (y < saturated || y > 1.0 - saturated))
        return saturatedBinaryCrossEntropy(terms, k);
    return pointLoss(loss, terms.out(k), terms.target(k));
}

/// ½ or 1/n in front of the sum over the outputs.
Expression withFactor(Loss loss, int outputs, Expression sum)
{
    if (loss == Loss::HalfSquaredError)
        return Expression::product({half(), std::move(sum)});
    if (loss == Loss::MeanSquaredError && outputs > 1)
        return Expression::quotient(std::move(sum), Expression::number(outputs));
    return sum;
}

/// The derivative of the step's loss by y_k (by net_k if fused), signed, from symbols or from leaves.
Expression derivative(Loss loss, const OutputTerms& terms, SignConvention sign, Expression y, Expression d,
                      Expression targetSum)
{
    const auto error = [sign](Expression made, Expression wanted) {
        return sign == SignConvention::Derivative ? difference(std::move(made), std::move(wanted))
                                                  : difference(std::move(wanted), std::move(made));
    };
    switch (loss) {
    case Loss::HalfSquaredError:
        return error(std::move(y), std::move(d));
    case Loss::SquaredError:
        return Expression::product({Expression::number(2.0), error(std::move(y), std::move(d))});
    case Loss::MeanSquaredError: {
        const Expression two = Expression::number(2.0);
        const Expression front =
            terms.units() == 1 ? two : Expression::quotient(two, Expression::number(terms.units()));
        return Expression::product({front, error(std::move(y), std::move(d))});
    }
    case Loss::AbsoluteError:
        return call("sign", error(std::move(y), std::move(d)));
    case Loss::CrossEntropy:
        if (targetSum.kind != Expression::Kind::Number)
            y = Expression::product({std::move(y), std::move(targetSum)});
        return error(std::move(y), std::move(d));
    case Loss::BinaryCrossEntropy: {
        Expression wrong = error(std::move(y), std::move(d));
        if (terms.slope() == 1.0)
            return wrong;
        return Expression::product(
            {constant(terms.slope(), {"a", "", "", false}, "the slope"), std::move(wrong)});
    }
    case Loss::Logistic: {
        Expression exponential = call("exp", Expression::product({d, std::move(y)}));
        if (sign == SignConvention::Derivative)
            d = Expression::negate(std::move(d));
        return Expression::quotient(std::move(d),
                                    Expression::sum({Expression::number(1.0), std::move(exponential)}));
    }
    }
    return {};
}

/// (own L + those of the other sequences) / B′
Formula meanOverBatch(const Frame& frame, Formula own)
{
    const Symbol others{"others", "", "", false};
    const Symbol count{"B", "", "", true};
    return {
        Expression::quotient(Expression::sum({std::move(own.general), symbolic(others)}), symbolic(count)),
        Expression::quotient(
            Expression::sum({std::move(own.numbers),
                             constant(frame.otherLosses, others, "the other sequences of the batch")}),
            constant(static_cast<double>(frame.contributors), count, "sequences whose loss enters"))};
}

/// x / (N · B′), as far as they are not 1.
Formula dividedByCounts(const Frame& frame, Formula x, double steps)
{
    const auto divide = [&x](double by, const Symbol& symbol, const char* note) {
        x.general = Expression::product(
            {Expression::quotient(Expression::number(1.0), symbolic(symbol)), std::move(x.general)});
        x.numbers =
            Expression::product({Expression::quotient(Expression::number(1.0), constant(by, symbol, note)),
                                 std::move(x.numbers)});
    };
    if (frame.settings.reduction == Reduction::Mean && steps > 1.0)
        divide(steps, {"N", "", "", false}, "time steps whose loss enters");
    if (frame.contributors > 1)
        divide(static_cast<double>(frame.contributors), {"B", "", "", true}, "sequences whose loss enters");
    return x;
}

} // namespace

Formula stepLossFormula(const Frame& frame, const Quantity& quantity)
{
    const OutputTerms terms(frame, quantity.t);
    const Loss loss = frame.settings.loss;
    std::vector<Expression> numbers;
    for (int k = 0; k < terms.units(); ++k) {
        const bool nothing = loss == Loss::CrossEntropy && terms.targetNumber(k) == 0.0; // 0·ln y
        if (!nothing)
            numbers.push_back(pointLossNumbers(loss, terms, k));
    }
    const std::string index = terms.units() == 1 ? "1" : "k";
    Expression general = pointLoss(loss, terms.outSymbol(index), terms.targetSymbol(index));
    if (terms.units() > 1)
        general = Expression::sumOver({index, "", "", false}, std::move(general));
    return {withFactor(loss, terms.units(), std::move(general)),
            withFactor(loss, terms.units(), sumOrOnly(std::move(numbers)))};
}

Formula lossFormula(const Frame& frame)
{
    Quantity all;
    const std::vector<std::int64_t> steps = injectedWithTarget(frame);
    if (std::any_of(steps.begin(), steps.end(), [&](std::int64_t t) { return !frame.holds(t); }))
        return givenFormula(frame, all, "the sum over more time steps than are held here");
    std::vector<Expression> parts;
    for (const std::int64_t t : steps) {
        Quantity part;
        part.kind = QuantityKind::StepLoss;
        part.t = t;
        parts.push_back(leaf(frame, part));
    }
    const double count = static_cast<double>(steps.size());
    Formula formula{Expression::sumOver({"t", "", "", false}, symbolic({"E", "", "t", false})),
                    sumOrOnly(std::move(parts))};
    if (frame.settings.reduction == Reduction::Mean) {
        formula.general = Expression::product(
            {Expression::quotient(Expression::number(1.0), symbolic({"N", "", "", false})), formula.general});
        if (count > 1.0) {
            formula.numbers =
                Expression::quotient(std::move(formula.numbers),
                                     constant(count, {"N", "", "", false}, "time steps whose loss enters"));
        }
    }
    return frame.batch.size() > 1 ? meanOverBatch(frame, std::move(formula)) : formula;
}

Formula lossGradientFormula(const SignedFrame& in, int output, std::int64_t t)
{
    const Frame& frame = in.frame;
    const OutputTerms terms(frame, t);
    const Loss loss = frame.settings.loss;
    double sum = 0.0;
    std::vector<Expression> targets;
    for (int k = 0; k < terms.units(); ++k) {
        sum += terms.targetNumber(k);
        targets.push_back(terms.target(k));
    }
    Expression targetSum = sum == 1.0 ? Expression::number(1.0) : sumOrOnly(std::move(targets));
    Expression targetSumSymbol = sum == 1.0
                                     ? Expression::number(1.0)
                                     : Expression::sumOver({"k", "", "", false}, terms.targetSymbol("k"));
    const std::string k = indexWord(output);
    Formula formula{
        derivative(loss, terms, in.sign, terms.outSymbol(k), terms.targetSymbol(k), targetSumSymbol),
        derivative(loss, terms, in.sign, terms.out(output), terms.target(output), targetSum)};
    const auto count = static_cast<double>(injectedWithTarget(frame).size());
    formula = dividedByCounts(frame, std::move(formula), count);
    formula.numbers.note = "from the loss at t = " + std::to_string(t);
    return formula;
}

} // namespace chronograd
