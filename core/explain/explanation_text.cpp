#include "core/explain/explain.h"
#include "core/explain/formula_printer.h"
#include "core/explain/text_width.h"

#include "core/experiment/experiment_io.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

/// One line of plain text: h_3(15) for h₃¹⁵.
class TextStyle : public NotationStyle
{
public:
    explicit TextStyle(int digits)
        : m_digits(digits)
    {}

    std::string number(double value) const override
    {
        std::string text = roundedText(value == 0.0 ? 0.0 : value, m_digits); // zero has no sign
        if (text.front() == '-')
            text.replace(0, 1, minus());
        return text;
    }
    std::string symbol(const Symbol& symbol) const override
    {
        std::string text = symbol.base + (symbol.prime ? "′" : "");
        if (!symbol.subscript.empty())
            text += "_" + symbol.subscript;
        if (!symbol.superscript.empty())
            text += "(" + symbol.superscript + ")";
        return text;
    }
    std::string product(const std::vector<std::string>& factors) const override
    {
        std::string text;
        for (const std::string& factor : factors)
            text += (text.empty() ? "" : "·") + factor;
        return text;
    }
    std::string quotient(const Expression& numerator, const Expression& denominator) const override
    {
        const bool simple = numerator.kind == Expression::Kind::Negate &&
                            numerator.children.front().kind != Expression::Kind::Sum;
        return (simple ? printed(numerator, *this) : printedOperand(numerator, *this)) + "/" +
               printedOperand(denominator, *this);
    }
    std::string power(const std::string& base, const std::string& exponent) const override
    {
        return exponent == "2" ? base + "²" : base + "^" + exponent;
    }
    std::string parenthesised(const std::string& inner) const override { return "(" + inner + ")"; }
    std::string call(const std::string& function, const std::vector<Expression>& arguments) const override
    {
        if (function == "softplus")
            return "ln(1 + exp(" + printed(arguments[0], *this) + "))";
        if (function == "positive")
            return "[" + printed(arguments[0], *this) + " > 0]";
        if (function == "abs")
            return "|" + printed(arguments[0], *this) + "|";
        if (function == "relu")
            return "max(0, " + printed(arguments[0], *this) + ")";
        const std::string name = function == "sigmoid" ? "σ" : function;
        if (arguments.size() == 2)
            return name + "(" + printed(Expression::product(arguments), *this) + ")";
        return name + "(" + printed(arguments[0], *this) + ")";
    }
    std::string sumOver(const Symbol& index, const std::string& body) const override
    {
        const std::string below = index.base.size() == 1 ? index.base : "{" + index.base + "}";
        return "Σ_" + below + " " + body;
    }
    std::string minus() const override { return "−"; }

private:
    int m_digits;
};

/// Breaks a long formula before + and −; the lines after the first are indented.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t columns = 110)
{
    std::string lines;
    std::string line;
    std::string piece;
    const auto flush = [&] {
        if (!line.empty() && indent + textWidth(line) + textWidth(piece) > columns) {
            lines += line + "\n" + std::string(indent, ' ');
            line = piece.substr(piece.find_first_not_of(' '));
        } else {
            line += piece;
        }
        piece.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = std::string_view(text).substr(i);
        if (rest.starts_with(" + ") || rest.starts_with(" − "))
            flush();
        piece += text[i];
    }
    flush();
    return lines + line;
}

/// What the noted parts of a formula are worth: "0.163  from hidden at t = 15", "α = 0.2  the learning rate".
void collectNotes(const Expression& expression, const TextStyle& style, std::vector<std::string>& notes)
{
    for (const Expression& child : expression.children) {
        if (!child.note.empty()) {
            const bool isSetting = child.kind == Expression::Kind::Number && !child.symbol.base.empty();
            const std::string note = (isSetting ? style.symbol(child.symbol) + " = " : "") +
                                     style.number(evaluate(child)) + "  " + child.note;
            if (std::find(notes.begin(), notes.end(), note) == notes.end())
                notes.push_back(note);
        }
        collectNotes(child, style, notes);
    }
}

std::string formulaLines(const Explanation& explanation, const TextStyle& style)
{
    const std::string left = style.symbol(explanation.symbol);
    const std::string empty(textWidth(left), ' ');
    const std::size_t indent = 2 + textWidth(left) + 3;
    const std::string general = printed(explanation.general, style);
    const std::string numbers = printed(explanation.numbers, style);
    const std::string value = style.number(explanation.value);
    std::string text;
    if (general != left && general != numbers)
        text += "  " + left + " = " + wrapped(general, indent) + "\n";
    text += "  " + (text.empty() ? left : empty) + " = " + wrapped(numbers, indent) + "\n";
    if (numbers != value)
        text += "  " + empty + " = " + value + "\n";
    return text;
}

} // namespace

std::string formulaText(const Expression& formula, int digits)
{
    return printed(formula, TextStyle(digits));
}

std::string explanationText(const Explanation& explanation, const Network& network, int digits)
{
    const TextStyle style(digits);
    std::string text = quantityText(explanation.of, network) + " = " + numberText(explanation.value) + "\n" +
                       explanation.source + "\n\n" + formulaLines(explanation, style);
    for (const std::string& remark : {explanation.general.note, explanation.numbers.note}) {
        if (!remark.empty())
            text += "  (" + remark + ")\n";
    }
    std::vector<std::string> notes;
    collectNotes(explanation.numbers, style, notes);
    if (!notes.empty())
        text += "\nin it\n";
    for (const std::string& note : notes)
        text += "  " + note + "\n";

    const std::vector<Expression> terms = termsOf(explanation.numbers);
    std::size_t longest = 0;
    for (const Expression& term : terms)
        longest = std::max(longest, quantityText(*term.of, network).size());
    if (!terms.empty())
        text += "\nmade of\n";
    for (const Expression& term : terms) {
        std::string name = quantityText(*term.of, network);
        name.resize(longest, ' ');
        text += "  " + name + "  " + numberText(term.value) + "\n";
    }
    return text;
}

} // namespace chronograd
