#include "core/experiment/edit_target.h"

#include <charconv>

namespace chronograd {
namespace {

bool take(std::string_view& text, char expected)
{
    const bool there = !text.empty() && text.front() == expected;
    if (there)
        text.remove_prefix(1);
    return there;
}

std::optional<std::int64_t> takeCount(std::string_view& text)
{
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || count < 1)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return count;
}

} // namespace

std::optional<EditTarget> parseEditTarget(std::string_view text)
{
    const std::size_t bracket = text.find('[');
    if (bracket == text.npos || bracket == 0)
        return std::nullopt;
    EditTarget target;
    target.name = text.substr(0, bracket);
    text.remove_prefix(bracket + 1);
    const auto row = takeCount(text);
    if (!row)
        return std::nullopt;
    target.row = *row;
    if (take(text, ',') && !(target.column = takeCount(text)))
        return std::nullopt;
    if (!take(text, ']'))
        return std::nullopt;
    if (target.isDatum()) {
        if (target.column || !take(text, '@') || !(target.t = takeCount(text)) || !take(text, '#') ||
            !(target.sequence = takeCount(text)))
            return std::nullopt;
    }
    return text.empty() ? std::optional(target) : std::nullopt;
}

} // namespace chronograd
