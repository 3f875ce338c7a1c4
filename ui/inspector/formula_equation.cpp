#include "ui/inspector/formula_layout.h"
#include "ui/inspector/formula_number.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

using Kind = Expression::Kind;

/// More products than this are not worth a line of their own values.
constexpr std::size_t mostPartsWorthALine = 6;

/// How far the tree and the engine may differ: the same bound as in exported explanations.
constexpr double agreement = 1e-12;

bool isNumber(const Expression& expression)
{
    return expression.kind == Kind::Number || expression.kind == Kind::Value;
}

Expression asNumber(const Expression& expression)
{
    return isNumber(expression) ? expression : Expression::number(evaluate(expression));
}

bool isWorthReducing(const Expression& sum)
{
    if (sum.kind != Kind::Sum || sum.children.size() < 2 || sum.children.size() > mostPartsWorthALine)
        return false;
    return std::any_of(sum.children.begin(), sum.children.end(),
                       [](const Expression& part) { return !isNumber(part); });
}

/// The same tree with every part of its sum made one number: "(−0.1277 + 0.0866) · 0.839".
std::optional<Expression> reduced(const Expression& numbers)
{
    if (isWorthReducing(numbers)) {
        Expression sum = numbers;
        for (Expression& part : sum.children)
            part = asNumber(part);
        return sum;
    }
    if (numbers.kind != Kind::Product && numbers.kind != Kind::Function)
        return std::nullopt;
    Expression whole = numbers;
    bool changed = false;
    for (Expression& child : whole.children) {
        if (auto smaller = reduced(child)) {
            child = *smaller;
            changed = true;
        } else if (!isNumber(child) && child.kind != Kind::Symbol && numbers.kind == Kind::Product) {
            child = asNumber(child);
        }
    }
    return changed ? std::optional(whole) : std::nullopt;
}

} // namespace

FormulaEquation equationOf(const Explanation& explanation, int digits)
{
    FormulaEquation equation;
    equation.left = explanation.symbol;
    equation.steps.push_back(explanation.general);
    equation.steps.push_back(explanation.numbers);
    if (const auto parts = reduced(explanation.numbers))
        equation.steps.push_back(*parts);
    equation.result = explanation.value;
    const double made = evaluate(explanation.numbers);
    const double tolerance = agreement * std::max(1.0, std::abs(explanation.value));
    equation.checkHolds = std::abs(made - explanation.value) <= tolerance;
    const QString engine = formulaNumberText(explanation.value, digits + 3);
    equation.check =
        equation.checkHolds
            ? QCoreApplication::translate("chronograd::FormulaEquation", "✓ engine %1").arg(engine)
            : QCoreApplication::translate("chronograd::FormulaEquation", "✗ the engine has %1").arg(engine);
    return equation;
}

} // namespace chronograd
