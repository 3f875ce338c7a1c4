#include "core/sweep/sweep_values.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/json_document.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

namespace chronograd {
namespace {

constexpr std::int64_t mostValues = 10'000;

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Cuts at the commas that are not inside brackets or a JSON string.
std::vector<std::string_view> split(std::string_view text)
{
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            i += c == '\\' ? 1 : 0;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && depth <= 0) {
            pieces.push_back(trimmed(text.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    pieces.push_back(trimmed(text.substr(begin)));
    return pieces;
}

template<typename Number>
std::optional<Number> numberIn(std::string_view text)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

struct ValueRange
{
    std::string_view first;
    std::string_view last;
    std::optional<std::string_view> count; ///< Nothing: every whole number.
    bool isLogarithmic = false;
};

/// Nothing: it is a value, not a range ("../data/a.csv").
std::optional<ValueRange> rangeIn(std::string_view text)
{
    const std::size_t dots = text.find("..");
    const std::size_t colon = text.find(':');
    if (dots == text.npos || colon < dots)
        return std::nullopt;
    ValueRange range{text.substr(0, dots), text.substr(dots + 2, colon - dots - 2), {}};
    if (colon != text.npos)
        range.count = text.substr(colon + 1);
    const std::size_t second = range.count ? range.count->find(':') : text.npos;
    if (second != text.npos) {
        if (range.count->substr(second + 1) != "log")
            return std::nullopt;
        range.isLogarithmic = true;
        range.count = range.count->substr(0, second);
    }
    const auto first = numberIn<double>(range.first);
    const auto last = numberIn<double>(range.last);
    if (!first || !last || !std::isfinite(*first) || !std::isfinite(*last))
        return std::nullopt;
    return range;
}

std::string threeDigits(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return numberText(*numberIn<double>(text));
}

/// Nothing: it does not say how many.
std::optional<std::int64_t> countOf(const ValueRange& range)
{
    if (range.count)
        return numberIn<std::int64_t>(*range.count);
    const auto first = numberIn<std::int64_t>(range.first);
    const auto last = numberIn<std::int64_t>(range.last);
    if (!first || !last)
        return std::nullopt;
    const double steps = std::abs(static_cast<double>(*last) - static_cast<double>(*first));
    return steps < mostValues ? static_cast<std::int64_t>(steps) + 1 : mostValues + 1;
}

void expand(const ValueRange& range, std::string_view shown, std::vector<std::string>& values)
{
    const double first = *numberIn<double>(range.first);
    const double last = *numberIn<double>(range.last);
    const auto count = countOf(range);
    const std::string name = shownText(shown);
    if (!count || *count < 2 || *count > mostValues)
        throw InputError(name + ": must have from 2 to " + std::to_string(mostValues) +
                         " numbers, as in 1..8 or 0.001..0.1:5:log");
    if (range.isLogarithmic && !(first > 0 && last > 0))
        throw InputError(name + ": both ends of a logarithmic range must be greater than 0");
    const bool isWhole = numberIn<std::int64_t>(range.first) && numberIn<std::int64_t>(range.last);
    for (std::int64_t i = 0; i < *count; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(*count - 1);
        const double value =
            range.isLogarithmic ? first * std::pow(last / first, share) : first + share * (last - first);
        if (i == 0 || i == *count - 1)
            values.emplace_back(i == 0 ? range.first : range.last);
        else if (!isWhole)
            values.push_back(threeDigits(value));
        else if (const std::string whole = std::to_string(std::llround(value)); whole != values.back())
            values.push_back(whole);
    }
    if (isWhole && values[values.size() - 2] == values.back())
        values.pop_back(); // the ends of a short range, rounded onto each other
}

} // namespace

std::vector<std::string> parseValues(std::string_view text)
{
    std::vector<std::string> values;
    for (const std::string_view piece : split(text)) {
        if (piece.empty())
            throw InputError("a value is missing; must be values with commas between them, as in 1,2,5");
        if (const auto range = rangeIn(piece))
            expand(*range, piece, values);
        else
            values.emplace_back(piece);
    }
    if (values.size() > static_cast<std::size_t>(mostValues))
        throw InputError(std::to_string(values.size()) + " values; the limit is " +
                         std::to_string(mostValues));
    std::vector<std::string> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end())
        throw InputError(shownText(*twice) + " is there twice; each value must be there once");
    return values;
}

SweepAxis parseAxis(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0)
        throw InputError("--vary " + shownText(text, 120) +
                         ": must be PATH=VALUE,VALUE,…, as in training.k1=1,2,5");
    try {
        return {std::string(trimmed(text.substr(0, equals))), parseValues(text.substr(equals + 1))};
    } catch (const InputError& error) {
        throw InputError("--vary " + shownText(text, 120) + ": " + error.what());
    }
}

} // namespace chronograd
