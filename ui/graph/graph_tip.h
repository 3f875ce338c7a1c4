#pragma once

#include "ui/graph/graph_state.h"

#include <QString>

namespace chronograd {

/// "hidden 3 at t = 15"
QString unitName(const GraphState& state, const UnitId& unit);

/// What a screen reader says: name, value and delta.
QString unitSentence(const GraphState& state, const UnitId& unit);

/// The tip over a quantity of the picture: name, value, delta, time; as rich text.
QString tipText(const GraphState& state, const Quantity& quantity);

} // namespace chronograd
