#include "core/explain/partial_sum.h"

#include "core/explain/explain.h"
#include "core/explain/formula.h"
#include "core/explain/frame_numbers.h"
#include "core/network/unit_terms.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

namespace chronograd {

namespace {

void flatten(Expression expression, std::vector<Expression>& terms)
{
    if (expression.kind != Expression::Kind::Sum) {
        terms.push_back(std::move(expression));
        return;
    }
    for (Expression& child : expression.children)
        flatten(std::move(child), terms);
}

/// A sum of the unit at work, whose terms are stepped through.
struct Terms
{
    Quantity of;
    std::vector<Expression> all;
};

/// One for each weighted input of the unit.
std::vector<Terms> forwardTerms(const Frame& frame, int unit)
{
    const Position& position = frame.position;
    std::vector<Terms> sums;
    for (const UnitSum& sum : sumsOf(*frame.network, position.layer, unit)) {
        Terms& terms = sums.emplace_back();
        terms.of = slotQuantity(sum.slot, sum.row, position.at);
        flatten(slotFormula(frame, terms.of).numbers, terms.all);
        if (static_cast<int>(terms.all.size()) != sum.terms)
            return {};
    }
    return sums;
}

std::vector<Terms> backwardTerms(const SignedFrame& in, int unit)
{
    const Position& position = in.frame.position;
    const Layer& layer = in.frame.network->layers()[static_cast<std::size_t>(position.layer)];
    return {
        {deltaQuantity(layer.error(), unit, position.at), errorTerms(in, position.layer, unit, position.at)}};
}

/// None where the frame shows a sequence of the batch that has other terms than the one at work.
std::vector<Terms> sumsAtWork(const SignedFrame& in, int unit)
{
    const Position position = stopOf(in.frame);
    std::vector<Terms> sums =
        position.phase == Phase::Forward ? forwardTerms(in.frame, unit) : backwardTerms(in, unit);
    const std::size_t count =
        std::accumulate(sums.begin(), sums.end(), std::size_t{0},
                        [](std::size_t all, const Terms& terms) { return all + terms.all.size(); });
    const bool isAtWork = position.isInside() && unit == position.unit;
    if (isAtWork && static_cast<int>(count) != position.terms)
        sums.clear();
    return sums;
}

/// The weight in a product w·x at step t, or in w·δ that comes from another one.
std::optional<Quantity> weightIn(const Expression& term, std::int64_t t)
{
    std::optional<Quantity> weight;
    const std::vector<Expression> leaves = termsOf(term);
    for (const Expression& leaf : leaves) {
        if (leaf.of->kind == QuantityKind::Weight || leaf.of->kind == QuantityKind::WeightAt)
            weight = leaf.of;
        else if (leaf.of->kind == QuantityKind::Delta)
            t = leaf.of->t;
    }
    if (weight)
        weight = weightQuantity(QuantityKind::Share, weight->parameter, weight->row, weight->column, t);
    return weight;
}

/// With names where there were numbers of the frame.
Expression inSymbols(const Expression& term)
{
    if (term.kind == Expression::Kind::Value)
        return symbolic(term.symbol);
    Expression copy = term;
    for (Expression& child : copy.children)
        child = inSymbols(child);
    return copy;
}

} // namespace

namespace {

/// `done` terms of a sum. Precondition: at least one.
PartialSum partOf(Terms sum, int done, std::int64_t t)
{
    const auto end = sum.all.begin() + done;
    PartialSum partial;
    partial.of = sum.of;
    partial.done = done;
    partial.count = static_cast<int>(sum.all.size());
    partial.sum = std::accumulate(sum.all.begin(), end, 0.0,
                                  [](double all, const Expression& term) { return all + evaluate(term); });
    partial.weight = weightIn(*(end - 1), t);
    partial.term = std::move(*(end - 1));
    return partial;
}

/// Terms of what comes back to a unit of the layer at work.
int termsBack(const Frame& frame)
{
    const Position& position = frame.position;
    const bool hasLoss = position.layer + 1 == frame.layers() && isInjected(frame, position.at);
    const int back = termsBackward(*frame.network, position.layer,
                                   [&](int lag) { return frame.window.contains(position.at + lag); });
    return std::max(1, back + (hasLoss ? 1 : 0));
}

void takeLastUnit(Position& position, const Frame& frame)
{
    position.unit = frame.network->layers()[static_cast<std::size_t>(position.layer)].units - 1;
    position.terms = position.phase == Phase::Forward
                         ? termsForward(*frame.network, position.layer, position.unit)
                         : termsBack(frame);
    position.term = position.terms;
}

void takeLastWeights(Position& position, const Network& network)
{
    const auto& views = network.parameters().views();
    const auto last =
        std::find_if(views.rbegin(), views.rend(), [](const ParameterView& view) { return view.trainable; });
    if (last == views.rend())
        return;
    position.parameter = static_cast<int>(views.rend() - last) - 1;
    position.unit = last->rows - 1;
    position.term = position.terms = last->columns;
    position.layer = last->layer;
}

} // namespace

Position stopOf(const Frame& frame)
{
    Position position = frame.position;
    if (position.isInside() || frame.stepped > Granularity::Unit)
        return position;
    const bool isInPass = position.phase == Phase::Forward || position.phase == Phase::Backward;
    if (isInPass && position.layer >= 0 && position.layer < frame.layers() && frame.holds(position.at))
        takeLastUnit(position, frame);
    else if (position.phase == Phase::Updated)
        takeLastWeights(position, *frame.network);
    return position;
}

std::optional<PartialSum> partialSum(const Frame& frame, SignConvention sign)
{
    const Position position = stopOf(frame);
    if (!position.isInside() || (position.phase != Phase::Forward && position.phase != Phase::Backward))
        return std::nullopt;
    int done = position.term;
    for (Terms& sum : sumsAtWork({frame, sign}, position.unit)) {
        if (done <= static_cast<int>(sum.all.size()))
            return partOf(std::move(sum), done, position.at);
        done -= static_cast<int>(sum.all.size());
    }
    return std::nullopt;
}

std::vector<UnitTerm> termsAtWork(const Frame& frame, int unit, SignConvention sign)
{
    std::vector<UnitTerm> terms;
    for (const Terms& sum : sumsAtWork({frame, sign}, unit))
        for (const Expression& term : sum.all)
            terms.push_back({evaluate(term), weightIn(term, frame.position.at)});
    return terms;
}

std::string termText(const PartialSum& sum, int digits)
{
    const std::string symbols = formulaText(inSymbols(sum.term), digits);
    const std::string numbers = formulaText(sum.term, digits);
    const std::string value = formulaText(Expression::number(evaluate(sum.term)), digits);
    std::string text = symbols == numbers ? numbers : symbols + " = " + numbers;
    return numbers == value ? text : text + " = " + value;
}

} // namespace chronograd
