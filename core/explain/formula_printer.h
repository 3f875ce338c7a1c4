#pragma once

#include "core/explain/expression.h"

#include <string>
#include <vector>

namespace chronograd {

/// How the parts of a formula are written in one notation.
class NotationStyle
{
public:
    virtual ~NotationStyle() = default;
    virtual std::string number(double value) const = 0; ///< With its sign.
    virtual std::string symbol(const Symbol& symbol) const = 0;
    virtual std::string product(const std::vector<std::string>& factors) const = 0;
    virtual std::string quotient(const Expression& numerator, const Expression& denominator) const = 0;
    virtual std::string power(const std::string& base, const std::string& exponent) const = 0;
    virtual std::string parenthesised(const std::string& inner) const = 0;
    virtual std::string call(const std::string& function, const std::vector<Expression>& arguments) const = 0;
    virtual std::string sumOver(const Symbol& index, const std::string& body) const = 0;
    virtual std::string minus() const = 0;
};

/// A formula in a style, with parentheses only where they are needed.
std::string printed(const Expression& expression, const NotationStyle& style);

/// The same as a factor or an operand: with parentheses around everything that is not one piece.
std::string printedOperand(const Expression& expression, const NotationStyle& style);

/// `digits` significant digits, without trailing zeros; powers of ten as e−05.
std::string roundedText(double value, int digits);

} // namespace chronograd
