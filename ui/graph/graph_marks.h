#pragma once

#include "ui/graph/graph_state.h"

#include <QRectF>

#include <cstdint>

class QPainter;

namespace chronograd {

/// What lies over the units: the frame around the layer at work, the selection.
/// All in scene coordinates; only the steps from `first` to `last` are in view.
void paintLoopMarks(QPainter& painter, const GraphState& state); ///< What a loop of a folded network means.
void paintPlayhead(QPainter& painter, const GraphState& state);
void paintSelection(QPainter& painter, const GraphState& state, std::int64_t first, std::int64_t last);

} // namespace chronograd
