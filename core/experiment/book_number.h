#pragma once

#include <optional>
#include <string_view>

namespace chronograd {

/// A number as a book prints it: its last digit says how exactly it is meant.
struct BookNumber
{
    double value = 0.0;
    double unit = 1.0; ///< One unit of the last digit: 1e-4 of "-0.0087".
};

/// Nothing when the text is not a decimal number ("-0.0087", "2.5", "1e-3").
std::optional<BookNumber> bookNumber(std::string_view text);

} // namespace chronograd
