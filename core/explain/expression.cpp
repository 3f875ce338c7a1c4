#include "core/explain/expression.h"

#include "core/math/activation.h"
#include "core/training/loss.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string_view>
#include <utility>

namespace chronograd {

namespace {

Expression make(Expression::Kind kind, std::vector<Expression> children)
{
    Expression expression;
    expression.kind = kind;
    expression.children = std::move(children);
    return expression;
}

using UnaryFunction = double (*)(double);

struct NamedFunction
{
    std::string_view name;
    UnaryFunction apply;
};

double sigmoid(double x)
{
    return activate({Activation::Sigmoid, 1.0}, x);
}

constexpr NamedFunction namedFunctions[] = {
    {"tanh", [](double x) { return std::tanh(x); }},
    {"sigmoid", [](double x) { return sigmoid(x); }},
    {"relu", [](double x) { return std::max(0.0, x); }},
    {"exp", [](double x) { return std::exp(x); }},
    {"ln", [](double x) { return std::log(x); }},
    {"abs", [](double x) { return std::abs(x); }},
    {"sign", [](double x) { return x > 0.0 ? 1.0 : (x < 0.0 ? -1.0 : 0.0); }},
    {"sqrt", [](double x) { return std::sqrt(x); }},
    {"softplus", [](double x) { return softplus(x); }},
    {"positive", [](double x) { return x > 0.0 ? 1.0 : 0.0; }},
};

UnaryFunction findFunction(std::string_view name)
{
    const auto* found = std::find_if(std::begin(namedFunctions), std::end(namedFunctions),
                                     [name](const NamedFunction& f) { return f.name == name; });
    return found == std::end(namedFunctions) ? nullptr : found->apply;
}

double functionValue(const Expression& call)
{
    const UnaryFunction f = findFunction(call.symbol.base);
    assert(f != nullptr && !call.children.empty());
    if (call.children.size() == 2) // the slope of a sigmoid
        return f(evaluate(call.children[0]) * evaluate(call.children[1]));
    return f(evaluate(call.children[0]));
}

void collectTerms(const Expression& expression, std::vector<Expression>& terms)
{
    if (expression.kind == Expression::Kind::Value) {
        const bool known = std::any_of(terms.begin(), terms.end(),
                                       [&](const Expression& term) { return term.of == expression.of; });
        if (!known)
            terms.push_back(expression);
    }
    for (const Expression& child : expression.children)
        collectTerms(child, terms);
}

} // namespace

Expression Expression::number(double value)
{
    Expression expression;
    expression.value = value;
    return expression;
}

Expression Expression::quantity(Quantity of, double value, Symbol symbol)
{
    Expression expression;
    expression.kind = Kind::Value;
    expression.value = value;
    expression.of = of;
    expression.symbol = std::move(symbol);
    return expression;
}

Expression Expression::named(Symbol symbol)
{
    Expression expression;
    expression.kind = Kind::Symbol;
    expression.symbol = std::move(symbol);
    return expression;
}

Expression Expression::sum(std::vector<Expression> children)
{
    return make(Kind::Sum, std::move(children));
}

Expression Expression::product(std::vector<Expression> children)
{
    return make(Kind::Product, std::move(children));
}

Expression Expression::quotient(Expression numerator, Expression denominator)
{
    return make(Kind::Quotient, {std::move(numerator), std::move(denominator)});
}

Expression Expression::negate(Expression child)
{
    return make(Kind::Negate, {std::move(child)});
}

Expression Expression::power(Expression base, Expression exponent)
{
    return make(Kind::Power, {std::move(base), std::move(exponent)});
}

Expression Expression::function(Symbol name, std::vector<Expression> arguments)
{
    Expression call = make(Kind::Function, std::move(arguments));
    call.symbol = std::move(name);
    return call;
}

Expression Expression::sumOver(Symbol index, Expression body)
{
    Expression sum = make(Kind::SumOver, {std::move(body)});
    sum.symbol = std::move(index);
    return sum;
}

double evaluate(const Expression& expression)
{
    const std::vector<Expression>& children = expression.children;
    switch (expression.kind) {
    case Expression::Kind::Number:
    case Expression::Kind::Value:
        return expression.value;
    case Expression::Kind::Sum: {
        double sum = 0.0;
        for (const Expression& child : children)
            sum += evaluate(child);
        return sum;
    }
    case Expression::Kind::Product: {
        double product = 1.0;
        for (const Expression& child : children)
            product *= evaluate(child);
        return product;
    }
    case Expression::Kind::Quotient:
        return evaluate(children[0]) / evaluate(children[1]);
    case Expression::Kind::Negate:
        return -evaluate(children[0]);
    case Expression::Kind::Power:
        return std::pow(evaluate(children[0]), evaluate(children[1]));
    case Expression::Kind::Function:
        return functionValue(expression);
    case Expression::Kind::Symbol:
    case Expression::Kind::SumOver:
        break;
    }
    assert(!"a general form has no value");
    return std::nan("");
}

bool isNumeric(const Expression& expression)
{
    using Kind = Expression::Kind;
    if (expression.kind == Kind::Symbol || expression.kind == Kind::SumOver)
        return false;
    if (expression.kind == Kind::Function && findFunction(expression.symbol.base) == nullptr)
        return false;
    return std::all_of(expression.children.begin(), expression.children.end(), isNumeric);
}

std::vector<Expression> termsOf(const Expression& numbers)
{
    std::vector<Expression> terms;
    collectTerms(numbers, terms);
    return terms;
}

} // namespace chronograd
