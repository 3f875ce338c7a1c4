#pragma once

#include "ui/graph/graph_state.h"

class QPainter;

namespace chronograd {

/// The steps in view as a picture over time: one cell for each unit, bars for losses. What a layout of cells
/// shows.
void paintUnitCells(QPainter& painter, const GraphState& state);

} // namespace chronograd
