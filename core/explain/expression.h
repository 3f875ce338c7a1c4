#pragma once

#include "core/explain/quantity.h"

#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// A name as mathematics writes it: base with sub- and superscript, e.g. δ₃¹⁵, W_h.
struct Symbol
{
    std::string base; ///< UTF-8: "δ", "W", "net", "f"
    std::string subscript;
    std::string superscript;
    bool prime = false; ///< f′

    bool operator==(const Symbol&) const = default;
};

/// A formula as data. With numbers put in it can be evaluated; the general form (symbols, Σ over an index)
/// can only be printed.
///
/// In JSON a number is a JSON number, a number of the frame is its name ("hidden.out[3]@15", whose value is
/// among the terms), and everything else {"op": …, "args": […]} with op one of sum, product, quotient (of
/// two), negate, power (of two) or the name of a function; "note" says where a part comes from.
struct Expression
{
    enum class Kind : std::uint8_t
    {
        Number,   ///< A constant: `value`.
        Value,    ///< A number of the frame: `value`, which is `of`; `symbol` is its short name.
        Symbol,   ///< General form only.
        Sum,      ///< Σ children, written out with + and −.
        Product,  ///< Π children.
        Quotient, ///< children[0] / children[1]
        Negate,   ///< −children[0]
        Power,    ///< children[0] ^ children[1]
        Function, ///< symbol.base applied to the children: see functionValue().
        SumOver,  ///< General form only: Σ with `symbol` below, over children[0].
    };

    Kind kind = Kind::Number;
    double value = 0.0;
    std::optional<Quantity>
        of; ///< Value: the number this is. Sum, Product …: the number the subtree makes, if it has a name.
    Symbol symbol;
    std::vector<Expression> children;
    std::string note; ///< A word on where a part comes from: "from the loss", "from hidden at t = 16".

    static Expression number(double value);
    static Expression quantity(Quantity of, double value, Symbol symbol);
    static Expression named(Symbol symbol);
    static Expression sum(std::vector<Expression> children);
    static Expression product(std::vector<Expression> children);
    static Expression quotient(Expression numerator, Expression denominator);
    static Expression negate(Expression child);
    static Expression power(Expression base, Expression exponent);
    static Expression function(Symbol name, std::vector<Expression> arguments);
    static Expression sumOver(Symbol index, Expression body);
};

/// The number a tree makes. Functions: tanh, sigmoid (of net, or of slope and net), relu, exp, ln, abs, sign,
/// sqrt, softplus (ln(1 + e^x)) and positive (1 for x > 0, else 0). A sum of nothing is 0.
/// Precondition: no Symbol, SumOver or unknown function in the tree (see isNumeric()).
double evaluate(const Expression& expression);

/// Can the tree be evaluated: is there nothing of the general form in it?
bool isNumeric(const Expression& expression);

/// Where one number comes from.
struct Explanation
{
    Quantity of;
    Symbol symbol;                                    ///< The left-hand side: δ₃¹⁵.
    double value = 0.0;                               ///< The engine's number.
    Expression general;                               ///< The formula in symbols.
    Expression numbers;                               ///< The same with numbers put in; evaluates to `value`.
    SignConvention sign = SignConvention::Derivative; ///< Of all deltas in it.
    std::string source;                               ///< In words: "hidden unit 3 at t = 15".
};

/// The numbers a tree is made of, each once, in order of appearance.
std::vector<Expression> termsOf(const Expression& numbers);

} // namespace chronograd
