#include "core/worked/book_formula.h"

#include "core/explain/explain.h"

#include <tuple>
#include <utility>

namespace chronograd {

namespace {

/// From a weight's change back to an activation are five formulas (Δw, v, gradient, share, δ). A book that
/// leaves out more in a row is not followed further: its earlier numbers then count as the exact ones.
constexpr int mostOpened = 8;

auto key(const Quantity& quantity)
{
    return std::tuple(quantity.kind, quantity.slot, quantity.unit, quantity.parameter, quantity.row,
                      quantity.column, quantity.t);
}

} // namespace

bool BookFormula::Before::operator()(const Quantity& a, const Quantity& b) const
{
    return key(a) < key(b);
}

BookFormula::BookFormula(const Frame& frame, Replacement replacement)
    : m_frame(frame)
    , m_replacement(std::move(replacement))
{}

double BookFormula::operator()(const Quantity& quantity)
{
    return formulaValue(quantity, 0);
}

double BookFormula::value(const Quantity& quantity, double exact, int opened)
{
    if (const std::optional<double> replaced = m_replacement(quantity))
        return *replaced;
    if (opened >= mostOpened || !hasQuantity(m_frame, quantity))
        return exact;
    const auto known = m_known.find(quantity);
    if (known != m_known.end() && known->second.opened <= opened)
        return known->second.value;
    const double value = formulaValue(quantity, opened);
    m_known[quantity] = {value, opened};
    return value;
}

double BookFormula::formulaValue(const Quantity& quantity, int opened)
{
    Expression numbers = explain(m_frame, quantity).numbers;
    replaceTerms(numbers, opened + 1);
    return evaluate(numbers);
}

void BookFormula::replaceTerms(Expression& expression, int opened)
{
    if (expression.kind == Expression::Kind::Value && expression.of)
        expression.value = value(*expression.of, expression.value, opened);
    for (Expression& child : expression.children)
        replaceTerms(child, opened);
}

} // namespace chronograd
