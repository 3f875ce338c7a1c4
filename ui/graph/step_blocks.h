#pragma once

#include "ui/graph/graph_state.h"

#include <QPainterPath>
#include <QString>

class QPainter;

namespace chronograd {

/// "f" for a layer with a memory, "g" for one without, "x" for the input; numbered where there are several.
QString blockName(const GraphState& state, int level);

/// Where the arrow of a bundle runs that is received at step t.
QPainterPath blockArrow(const GraphLayout& layout, const Connection& connection, std::int64_t t);

/// A step seen from far: one block for each layer, with its units as slices of activation and delta.
void paintStepBlocks(QPainter& painter, const GraphState& state, std::int64_t t);

} // namespace chronograd
