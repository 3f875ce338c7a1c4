#pragma once

#include "ui/graph/connections.h"

#include <QPainterPath>

#include <optional>
#include <span>

class QPainter;

namespace chronograd {

/// Where units are too many or too small for lines a bundle is a small picture of its matrix: one cell for
/// each edge, side by side with the units of the wider level.
struct EdgeHeatMap
{
    QRectF area;
    int rows = 0; ///< Of the connection.
    int columns = 0;
    bool transposed = false; ///< Its sending units run down the picture instead of across.

    int across() const { return transposed ? rows : columns; } ///< Cells of the picture.
    int down() const { return transposed ? columns : rows; }
    QRectF cell(int row, int column) const;
    /// Row and column of the edge there.
    std::optional<std::pair<int, int>> edgeAt(QPointF position) const;
};

bool isHeatMap(const GraphLayout& layout, const Connection& connection);

/// Of the bundle that is received at step t.
EdgeHeatMap heatMapOf(const GraphLayout& layout, const Connection& connection, std::int64_t t);

struct HeatScale
{
    double end = 1.0;     ///< The number of the strongest colour.
    double weakest = 0.0; ///< Share of it; what is smaller in size is left out.
};

/// Values are the connection's matrix, column by column; none: not computed yet.
void paintHeatMap(QPainter& painter, const EdgeHeatMap& map, std::span<const double> values,
                  const HeatScale& scale);

/// One edge of a bundle: its line, or its cell.
QPainterPath edgePath(const GraphLayout& layout, const Connection& connection, int row, int column,
                      std::int64_t t);
QPointF edgeMiddle(const GraphLayout& layout, const Connection& connection, int row, int column,
                   std::int64_t t);

} // namespace chronograd
