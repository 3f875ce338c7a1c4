#include "core/explain/explain.h"
#include "core/explain/formula_printer.h"

#include <algorithm>
#include <utility>

namespace chronograd {

namespace {

struct Replacement
{
    std::string_view from;
    std::string_view to;
};

constexpr Replacement replacements[] = {
    {"∂", R"(\partial )"},   {"δ", R"(\delta)"}, {"Δ", R"(\Delta )"}, {"α", R"(\alpha)"},
    {"γ", R"(\gamma)"},      {"β", R"(\beta)"},  {"ρ", R"(\rho)"},    {"λ", R"(\lambda)"},
    {"ε", R"(\varepsilon)"}, {"‖", R"(\|)"},     {"…", R"(\dots)"},   {"−", "-"},
    {"⊙", R"(\odot )"},
};

std::string latexLetters(std::string text)
{
    for (const Replacement& each : replacements) {
        for (std::size_t at = text.find(each.from); at != std::string::npos;
             at = text.find(each.from, at + each.to.size()))
            text.replace(at, each.from.size(), each.to);
    }
    return text;
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// An index before a number, as in W_{k3}.
bool isIndex(std::string_view word)
{
    return (word.front() == 'j' || word.front() == 'k') &&
           word.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool areLetters(std::string_view word)
{
    return std::ranges::all_of(word, isLetter);
}

/// Words stand upright: \mathrm{net}; underscores of names are escaped. In scripts two letters are two
/// indices, as in W_{hf}.
std::string latexWord(const std::string& text, bool inScript = false)
{
    std::string latex;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        if (isLetter(text[i])) {
            while (end < text.size() &&
                   (isLetter(text[end]) || text[end] == '_' || (text[end] >= '0' && text[end] <= '9')))
                ++end;
        }
        const std::string_view word = std::string_view(text).substr(i, end - i);
        const bool areIndices = inScript && word.size() == 2 && areLetters(word);
        if (end < i + 2 || isIndex(word) || areIndices) {
            latex += text[i++];
            continue;
        }
        if (word == "tanh") {
            latex += R"(\tanh)";
            i = end;
            continue;
        }
        latex += R"(\mathrm{)";
        for (; i < end; ++i)
            latex += text[i] == '_' ? std::string(R"(\_)") : std::string(1, text[i]);
        latex += "}";
    }
    return latex;
}

class LatexStyle : public NotationStyle
{
public:
    explicit LatexStyle(int digits)
        : m_digits(digits)
    {}

    std::string number(double value) const override
    {
        std::string text = roundedText(value == 0.0 ? 0.0 : value, m_digits); // zero has no sign
        const std::size_t e = text.find('e');
        if (e == std::string::npos)
            return text;
        return text.substr(0, e) + R"( \cdot 10^{)" + std::to_string(std::stoi(text.substr(e + 1))) + "}";
    }
    std::string symbol(const Symbol& symbol) const override
    {
        std::string text = latexLetters(latexWord(symbol.base));
        if (symbol.prime)
            text += "'";
        if (!symbol.subscript.empty())
            text += "_{" + latexLetters(latexWord(symbol.subscript, true)) + "}";
        if (!symbol.superscript.empty())
            text += "^{" + latexLetters(latexWord(symbol.superscript, true)) + "}";
        return text;
    }
    std::string product(const std::vector<std::string>& factors) const override
    {
        std::string text;
        for (const std::string& factor : factors)
            text += (text.empty() ? "" : R"( \cdot )") + factor;
        return text;
    }
    std::string quotient(const Expression& numerator, const Expression& denominator) const override
    {
        return R"(\frac{)" + printed(numerator, *this) + "}{" + printed(denominator, *this) + "}";
    }
    std::string power(const std::string& base, const std::string& exponent) const override
    {
        const bool hasSuperscript = base.find('^') != std::string::npos && !base.starts_with(R"(\left()");
        return "{" + (hasSuperscript ? parenthesised(base) : base) + "}^{" + exponent + "}";
    }
    std::string parenthesised(const std::string& inner) const override
    {
        return R"(\left()" + inner + R"(\right))";
    }
    std::string call(const std::string& function, const std::vector<Expression>& arguments) const override
    {
        const std::string argument =
            printed(arguments.size() == 2 ? Expression::product(arguments) : arguments[0], *this);
        if (function == "softplus")
            return R"(\ln\left(1 + e^{)" + argument + R"(}\right))";
        if (function == "exp")
            return "e^{" + argument + "}";
        if (function == "positive")
            return R"(\left[)" + argument + R"( > 0\right])";
        if (function == "abs")
            return R"(\left|)" + argument + R"(\right|)";
        if (function == "sqrt")
            return R"(\sqrt{)" + argument + "}";
        if (function == "relu")
            return R"(\max\left(0, )" + argument + R"(\right))";
        if (function == "sigmoid")
            return R"(\sigma)" + parenthesised(argument);
        if (function == "tanh" || function == "ln")
            return "\\" + function + parenthesised(argument);
        return R"(\operatorname{)" + function + "}" + parenthesised(argument);
    }
    std::string sumOver(const Symbol& index, const std::string& body) const override
    {
        return R"(\sum_{)" + latexLetters(index.base) + "} " + body;
    }
    std::string minus() const override { return "-"; }

private:
    int m_digits;
};

} // namespace

std::string explanationLatex(const Explanation& explanation, int digits)
{
    const LatexStyle style(digits);
    const std::string left = style.symbol(explanation.symbol);
    const std::string value = style.number(explanation.value);
    std::vector<std::string> lines;
    for (std::string line : {printed(explanation.general, style), printed(explanation.numbers, style), value})
    {
        if (line != left && (lines.empty() || line != lines.back()))
            lines.push_back(std::move(line));
    }
    std::string text = "\\begin{align*}\n";
    for (std::size_t i = 0; i < lines.size(); ++i)
        text += "  " + (i == 0 ? left + " " : std::string()) + "&= " + lines[i] +
                (i + 1 < lines.size() ? " \\\\" : "") + "\n";
    return text + "\\end{align*}\n";
}

} // namespace chronograd
