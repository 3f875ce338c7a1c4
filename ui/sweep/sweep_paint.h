#pragma once

#include "ui/sweep/sweep_shown.h"

#include <QColor>
#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

class QPainter;

namespace chronograd {

struct Theme;

/// Title, picture and legend of every chart.
struct SweepFrame
{
    QRectF title;
    QRectF picture; ///< Axes included.
    QRectF legend;
};
SweepFrame sweepFrame(const QRectF& area, const Theme& theme);

/// Lines at 45°, cut to the rectangle: written into vector files as they are.
void paintHatch(QPainter& painter, const QRectF& rect, const QColor& color);

/// A cell of the heat map, or its sample in the legend.
enum class CellLook : quint8
{
    Diverged,
    Refused,
    Waiting, ///< Not run yet.
};
void paintCellLook(QPainter& painter, const QRectF& rect, CellLook look, const Theme& theme);

struct SweepLegendEntry
{
    double width; ///< Of the sample.
    std::function<void(const QRectF&)> paint;
    QString text;
};
/// Entries from left to right; what does not fit any more is left out.
void paintLegend(QPainter& painter, const QRectF& rect, const std::vector<SweepLegendEntry>& entries,
                 const Theme& theme);

/// The title line, elided where it must be.
void paintSweepTitle(QPainter& painter, const QRectF& rect, const SweepShown& shown, const Theme& theme);

/// An x on the diagonals of a square around the point.
void paintCross(QPainter& painter, const QPointF& centre, double size);

} // namespace chronograd
