#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chronograd {

/// Columns that UTF-8 text takes: its code points.
std::size_t textWidth(std::string_view text);

/// With spaces behind it, so that it takes so many columns.
std::string padded(std::string text, std::size_t columns);

} // namespace chronograd
