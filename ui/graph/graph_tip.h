#pragma once

#include "ui/graph/graph_state.h"

#include <QString>

namespace chronograd {

/// "hidden 3 at t = 15"
QString unitName(const GraphState& state, const UnitId& unit);

/// What a screen reader says: name, value and delta.
QString unitSentence(const GraphState& state, const UnitId& unit);

/// The same of the loss of a step.
QString lossSentence(const GraphState& state, std::int64_t t);

/// What the cut keeps and what it takes away; empty: there is none.
QString cutSentence(const GraphState& state);

/// The tip over a quantity of the picture: name, value, delta, time; as rich text.
QString tipText(const GraphState& state, const Quantity& quantity);

} // namespace chronograd
