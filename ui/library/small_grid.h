#pragma once

#include <QPolygonF>
#include <QRectF>

class QPainter;

namespace chronograd {

/// A sweep as a small picture (see RunEntry::curve): a cell for each combination, the stronger the better,
/// crossed where there is no number.
void paintSmallGrid(QPainter& painter, const QPolygonF& grid, const QRectF& area);

} // namespace chronograd
