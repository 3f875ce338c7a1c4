#pragma once

#include "ui/graph/graph_selection.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace chronograd {

class UnitSprites;

struct EdgeLabel
{
    EdgeId edge;
    double value = 0.0;
    QRectF box;
};

/// Seen from near, edges have numbers: of what a step receives the eight largest, and those of the selected
/// unit. The others tell theirs when asked.
std::vector<EdgeLabel> edgeLabelsOf(const GraphState& state, std::int64_t t);

void paintEdgeLabels(QPainter& painter, UnitSprites& sprites, const GraphState& state, std::int64_t t);

} // namespace chronograd
