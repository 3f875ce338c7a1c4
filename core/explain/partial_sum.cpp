#include "core/explain/partial_sum.h"

#include "core/explain/explain.h"
#include "core/explain/formula.h"
#include "core/network/unit_terms.h"

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

/// Of the sum that the term at work belongs to; `done`: of it.
struct Terms
{
    Quantity of;
    std::vector<Expression> all;
    int done = 0;
};

Terms forwardTerms(const Frame& frame)
{
    const Position& position = frame.position;
    Terms terms;
    terms.done = position.term;
    for (const UnitSum& sum : sumsOf(*frame.network, position.layer, position.unit)) {
        if (terms.done > sum.terms) {
            terms.done -= sum.terms;
            continue;
        }
        terms.of = slotQuantity(sum.slot, sum.row, position.at);
        flatten(slotFormula(frame, terms.of).numbers, terms.all);
        if (static_cast<int>(terms.all.size()) != sum.terms)
            terms.all.clear();
        break;
    }
    return terms;
}

Terms backwardTerms(const SignedFrame& in)
{
    const Frame& frame = in.frame;
    const Position& position = frame.position;
    const Layer& layer = frame.network->layers()[static_cast<std::size_t>(position.layer)];
    Terms terms{deltaQuantity(layer.error(), position.unit, position.at),
                errorTerms(in, position.layer, position.unit, position.at), position.term};
    if (static_cast<int>(terms.all.size()) != position.terms)
        terms.all.clear();
    return terms;
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

std::optional<PartialSum> partialSum(const Frame& frame, SignConvention sign)
{
    const Position& position = frame.position;
    const bool isForward = position.phase == Phase::Forward;
    if (!position.isInside() || !(isForward || position.phase == Phase::Backward))
        return std::nullopt;
    Terms terms = isForward ? forwardTerms(frame) : backwardTerms({frame, sign});
    if (terms.done > static_cast<int>(terms.all.size()))
        return std::nullopt;
    const auto last = terms.all.begin() + terms.done - 1;
    PartialSum partial;
    partial.of = terms.of;
    partial.done = terms.done;
    partial.count = static_cast<int>(terms.all.size());
    partial.sum = std::accumulate(terms.all.begin(), last + 1, 0.0,
                                  [](double sum, const Expression& term) { return sum + evaluate(term); });
    partial.weight = weightIn(*last, position.at);
    partial.term = std::move(*last);
    return partial;
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
