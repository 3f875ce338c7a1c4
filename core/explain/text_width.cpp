#include "core/explain/text_width.h"

#include <algorithm>

namespace chronograd {

std::size_t textWidth(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string text, std::size_t columns)
{
    const std::size_t width = textWidth(text);
    return width < columns ? std::move(text) + std::string(columns - width, ' ') : text;
}

} // namespace chronograd
