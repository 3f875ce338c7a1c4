#pragma once

#include "ui/graph/graph_state.h"

#include <QRectF>

#include <cstdint>

class QPainter;

namespace chronograd {

/// What lies over the units: the cut with its scissors, the frame around the layer at work, the selection.
/// All in scene coordinates; only the steps from `first` to `last` are in view.
void paintCut(QPainter& painter, const GraphState& state);
void paintLoopMarks(QPainter& painter, const GraphState& state); ///< What a loop of a folded network means.
void paintPlayhead(QPainter& painter, const GraphState& state);
void paintSelection(QPainter& painter, const GraphState& state, std::int64_t first, std::int64_t last);

} // namespace chronograd
