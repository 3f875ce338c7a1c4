#include "core/explain/formula_printer.h"

#include <cmath>
#include <cstdio>
#include <utility>

namespace chronograd {

namespace {

using Kind = Expression::Kind;

bool isNumberLike(const Expression& expression)
{
    return expression.kind == Kind::Number || expression.kind == Kind::Value;
}

/// Does the printed form start with a minus sign?
bool startsNegative(const Expression& expression)
{
    if (isNumberLike(expression))
        return expression.value < 0.0;
    if (expression.kind == Kind::Product || expression.kind == Kind::Quotient)
        return !expression.children.empty() && startsNegative(expression.children.front());
    return expression.kind == Kind::Negate;
}

/// The same without that sign.
Expression withoutSign(Expression expression)
{
    if (isNumberLike(expression))
        expression.value = -expression.value;
    else if (expression.kind == Kind::Negate)
        return expression.children.front();
    else
        expression.children.front() = withoutSign(std::move(expression.children.front()));
    return expression;
}

bool isSum(const Expression& expression)
{
    return expression.kind == Kind::Sum && expression.children.size() != 1;
}

void appendAddend(std::string& text, const Expression& addend, const NotationStyle& style)
{
    if (addend.kind == Kind::Sum) {
        for (const Expression& child : addend.children)
            appendAddend(text, child, style);
        return;
    }
    const bool negative = startsNegative(addend);
    if (text.empty()) {
        text = printed(addend, style);
        return;
    }
    text += negative ? " " + style.minus() + " " : " + ";
    const Expression shown = negative ? withoutSign(addend) : addend;
    const bool needsParentheses = isSum(shown) || startsNegative(shown);
    text += needsParentheses ? style.parenthesised(printed(shown, style)) : printed(shown, style);
}

std::string printedSum(const Expression& sum, const NotationStyle& style)
{
    std::string text;
    for (const Expression& child : sum.children)
        appendAddend(text, child, style);
    return text.empty() ? "0" : text;
}

std::string printedProduct(const Expression& product, const NotationStyle& style)
{
    std::vector<std::string> factors;
    for (const Expression& factor : product.children) {
        const bool first = factors.empty();
        const bool needsParentheses =
            isSum(factor) || (!first && startsNegative(factor)) || factor.kind == Kind::Negate ||
            (factor.kind == Kind::SumOver && factors.size() + 1 < product.children.size());
        std::string text = printed(factor, style);
        factors.push_back(needsParentheses ? style.parenthesised(text) : std::move(text));
    }
    return style.product(factors);
}

} // namespace

std::string printed(const Expression& expression, const NotationStyle& style)
{
    const std::vector<Expression>& children = expression.children;
    switch (expression.kind) {
    case Kind::Number:
    case Kind::Value:
        return style.number(expression.value);
    case Kind::Symbol:
        return style.symbol(expression.symbol);
    case Kind::Sum:
        return printedSum(expression, style);
    case Kind::Product:
        return printedProduct(expression, style);
    case Kind::Quotient:
        return style.quotient(children[0], children[1]);
    case Kind::Negate: {
        const bool needsParentheses = isSum(children[0]) || startsNegative(children[0]);
        const std::string text = printed(children[0], style);
        return style.minus() + (needsParentheses ? style.parenthesised(text) : text);
    }
    case Kind::Power:
        return style.power(printedOperand(children[0], style), printed(children[1], style));
    case Kind::Function:
        return style.call(expression.symbol.base, children);
    case Kind::SumOver: {
        const std::string body = printed(children[0], style);
        return style.sumOver(expression.symbol, isSum(children[0]) ? style.parenthesised(body) : body);
    }
    }
    return "";
}

std::string printedOperand(const Expression& expression, const NotationStyle& style)
{
    const std::string text = printed(expression, style);
    const bool onePiece = (isNumberLike(expression) && !startsNegative(expression)) ||
                          expression.kind == Kind::Symbol || expression.kind == Kind::Function;
    return onePiece ? text : style.parenthesised(text);
}

std::string roundedText(double value, int digits)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    return text;
}

} // namespace chronograd
