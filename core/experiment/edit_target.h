#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chronograd {

/// A change of one number made by hand: a weight ("hidden.W_h[3,2]") or a datum ("input[1]@5#3").
struct Edit
{
    std::string of;
    double value = 0.0;

    bool operator==(const Edit&) const = default;
};

/// What an edit of the schedule changes: a weight ("hidden.W_h[3,2]", "hidden.b[3]") or a datum
/// ("input[1]@5#3", "target[1]@5#3": column 1 at t = 5 of sequence 3; see datum_place.h). Everything counts
/// from 1.
struct EditTarget
{
    std::string name; ///< The parameter, "input" or "target".
    std::int64_t row = 0;
    std::optional<std::int64_t> column;
    std::optional<std::int64_t> t;
    std::optional<std::int64_t> sequence;

    bool isDatum() const { return name == "input" || name == "target"; }
};

/// Nothing when the text has not this form; whether there is such a parameter is not looked at.
std::optional<EditTarget> parseEditTarget(std::string_view text);

} // namespace chronograd
