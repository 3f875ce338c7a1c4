#include "ui/inspector/formula_layout.h"
#include "ui/theme/formula_number.h"

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

/// Its number alone; where the part comes from has been said a line above.
Expression asNumber(const Expression& expression)
{
    Expression number = isNumber(expression) ? expression : Expression::number(evaluate(expression));
    number.note.clear();
    return number;
}

bool anyIsWork(const std::vector<Expression>& parts)
{
    return std::any_of(parts.begin(), parts.end(), [](const Expression& part) { return !isNumber(part); });
}

bool hasNotedParts(const Expression& sum)
{
    return sum.kind == Kind::Sum && sum.children.size() > 1 &&
           std::all_of(sum.children.begin(), sum.children.end(),
                       [](const Expression& part) { return !part.note.empty(); });
}

Expression withNumbersForChildren(Expression expression)
{
    for (Expression& child : expression.children)
        child = asNumber(child);
    expression.note.clear();
    return expression;
}

/// The same tree one step further: every part of its sum made one number, "0.839 · (−0.1277 + 0.0866)".
std::optional<Expression> reduced(const Expression& numbers)
{
    const auto& children = numbers.children;
    switch (numbers.kind) {
    case Kind::Sum: {
        if (children.size() < 2 || !anyIsWork(children))
            return std::nullopt;
        if (!hasNotedParts(numbers) && children.size() > mostPartsWorthALine)
            return std::nullopt;
        return withNumbersForChildren(numbers);
    }
    case Kind::Product: {
        if (!anyIsWork(children))
            return std::nullopt;
        Expression product = numbers;
        product.note.clear();
        for (Expression& factor : product.children)
            factor = hasNotedParts(factor) && anyIsWork(factor.children) ? withNumbersForChildren(factor)
                                                                         : asNumber(factor);
        return product;
    }
    case Kind::Quotient:
    case Kind::Power:
    case Kind::Negate:
        return anyIsWork(children) ? std::optional(withNumbersForChildren(numbers)) : std::nullopt;
    default:
        return std::nullopt;
    }
}

/// "x = x": a number that is given has no formula.
bool saysNothing(const Explanation& explanation)
{
    return explanation.general.kind == Kind::Symbol && explanation.general.symbol == explanation.symbol;
}

} // namespace

FormulaEquation equationOf(const Explanation& explanation, int digits)
{
    FormulaEquation equation;
    equation.left = explanation.symbol;
    equation.result = explanation.value;
    if (explanation.numbers.kind == Kind::Number) {
        equation.remark = QString::fromStdString(explanation.numbers.note);
        return equation;
    }
    if (!saysNothing(explanation))
        equation.steps.push_back(explanation.general);
    equation.remark = QString::fromStdString(explanation.general.note);
    if (!equation.steps.empty())
        equation.steps.front().note.clear();
    equation.steps.push_back(explanation.numbers);
    if (const auto parts = reduced(explanation.numbers))
        equation.steps.push_back(*parts);
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
