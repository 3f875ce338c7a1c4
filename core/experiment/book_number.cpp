#include "core/experiment/book_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chronograd {

std::optional<BookNumber> bookNumber(std::string_view text)
{
    BookNumber number;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number.value);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(number.value))
        return std::nullopt;
    const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
    int exponent = 0;
    if (mark < text.size()) {
        const std::size_t digits = mark + (text[mark + 1] == '+' ? 2 : 1);
        std::from_chars(text.data() + digits, end, exponent);
    }
    const std::size_t point = text.find('.');
    const int decimals = point < mark ? static_cast<int>(mark - point) - 1 : 0;
    number.unit = std::pow(10.0, exponent - decimals);
    return number;
}

} // namespace chronograd
