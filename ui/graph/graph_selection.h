#pragma once

#include "ui/graph/graph_state.h"

#include <optional>

namespace chronograd {

enum class Direction : quint8
{
    Earlier,
    Later,
    Up,
    Down,
};

/// The quantity that clicking on a unit selects: its activation at that step.
Quantity unitQuantity(const GraphState& state, const UnitId& unit);
Quantity lossQuantity(std::int64_t t);
Quantity targetQuantity(std::int64_t t); ///< Of the first output.

/// The unit that an activation or a delta belongs to.
std::optional<UnitId> unitOf(const GraphState& state, const Quantity& quantity);

/// One edge of the picture.
struct EdgeId
{
    const Connection* connection = nullptr;
    int row = 0; ///< Of the connection.
    int column = 0;
    std::int64_t t = 0; ///< 0: all copies.

    int weightRow() const { return connection->use.firstRow + row; } ///< Of the weight matrix.
};
/// The edge that a weight, its share, update … belongs to.
std::optional<EdgeId> edgeOf(const GraphState& state, const Quantity& quantity);

/// Does the picture of step t show this bundle?
bool isDrawn(const GraphState& state, const Connection& connection, std::int64_t t);

/// The edge nearest to a position, within `reach`; its step is the receiving one.
std::optional<EdgeId> edgeAt(const GraphState& state, QPointF position, double reach);

/// What is at a position: a unit, a loss, or the share of a weight.
std::optional<Quantity> quantityAt(const GraphState& state, QPointF position);

/// Where the arrow keys lead: through time, units, layers and up to the loss; from a weight to its units.
Quantity moved(const GraphState& state, const Quantity& from, Direction direction);

/// Where the arrow keys start when nothing is selected: the last layer at the step at work.
Quantity firstSelection(const GraphState& state);

} // namespace chronograd
