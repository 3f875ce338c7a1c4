#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <QString>

#include <optional>

namespace chronograd {

/// A number that the user may change.
struct EditableNumber
{
    std::string name;   ///< As the schedule calls it: "hidden.W_h[3,2]", "input[1]@5#3".
    QString label;      ///< "weight now"
    double value = 0.0; ///< As it will be: with what was changed by hand since the update shown.
    QString note;       ///< When that comes into force.
};

/// Of a weight, an input or a target of the frame; absent for every other quantity.
std::optional<EditableNumber> editableNumber(const Quantity& quantity, const Frame& frame);

} // namespace chronograd
