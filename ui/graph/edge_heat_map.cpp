#include "ui/graph/edge_heat_map.h"

#include "ui/theme/sign_ramp.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double widestAcross = 0.72; ///< Of the gap between two steps.
constexpr double widestWithin = 0.17; ///< Of the distance of steps, beside the units.
constexpr double smallestStrip = 4.0;
constexpr double unitClearance = 3.0; ///< Between units and picture.

/// From the upper edge of a level's first unit to the lower one of its last.
QRectF bandOf(const GraphLayout& layout, std::int64_t t, int level)
{
    const double half = layout.rowPitch(level) / 2;
    const QPointF first = layout.center({t, level, 0});
    const QPointF last = layout.center({t, level, layout.units(level) - 1});
    return layout.isSpread() ? QRectF(first.x() - half, first.y(), last.x() - first.x() + 2 * half, 0)
                             : QRectF(first.x(), first.y() - half, 0, last.y() - first.y() + 2 * half);
}

EdgeHeatMap acrossTime(const GraphLayout& layout, const Connection& connection, std::int64_t t)
{
    const QRectF band = bandOf(layout, t, connection.to);
    if (layout.isFolded()) { // where the loops would be
        const double left = layout.arcReach();
        const double wide =
            std::min(layout.loopReach() - left, connection.columns * layout.rowPitch(connection.to));
        const double x = connection.lag > 0 ? layout.x(t) + left : layout.x(t) - left - wide;
        return {QRectF(x, band.top(), wide, band.height()), connection.rows, connection.columns, false};
    }
    const double middle = (layout.x(t) + layout.x(t - connection.lag)) / 2;
    const double gap =
        layout.pitch() - 2 * std::max(layout.radius(connection.from), layout.radius(connection.to));
    const double width = std::min(widestAcross * gap, connection.columns * layout.rowPitch(connection.to));
    return {QRectF(middle - width / 2, band.top(), width, band.height()), connection.rows, connection.columns,
            false};
}

EdgeHeatMap besideUnits(const GraphLayout& layout, const Connection& connection, std::int64_t t)
{
    const bool sendersDown = connection.columns > connection.rows;
    const int level = sendersDown ? connection.from : connection.to;
    const QRectF band = bandOf(layout, t, level);
    const int cells = std::min(connection.rows, connection.columns);
    const double width = std::clamp(cells * layout.rowPitch(level), smallestStrip,
                                    std::max(smallestStrip, widestWithin * layout.pitch()));
    const double reach = layout.radius(level) + layout.ringWidth(level) + unitClearance;
    const double left = arcSide(connection) > 0 ? band.left() + reach : band.left() - reach - width;
    return {QRectF(left, band.top(), width, band.height()), connection.rows, connection.columns, sendersDown};
}

EdgeHeatMap betweenRows(const GraphLayout& layout, const Connection& connection, std::int64_t t)
{
    const bool sendersDown = connection.columns < connection.rows;
    const QRectF band = bandOf(layout, t, sendersDown ? connection.to : connection.from);
    const double lower = layout.center({t, connection.from, 0}).y() - layout.radius(connection.from);
    const double upper = layout.center({t, connection.to, 0}).y() + layout.radius(connection.to);
    const double gap = lower - upper;
    return {QRectF(band.left(), upper + 0.15 * gap, band.width(), 0.7 * gap), connection.rows,
            connection.columns, sendersDown};
}

} // namespace

QRectF EdgeHeatMap::cell(int row, int column) const
{
    const double width = area.width() / across();
    const double height = area.height() / down();
    return QRectF(area.left() + (transposed ? row : column) * width,
                  area.top() + (transposed ? column : row) * height, width, height);
}

std::optional<std::pair<int, int>> EdgeHeatMap::edgeAt(QPointF position) const
{
    if (!area.contains(position))
        return std::nullopt;
    const int x =
        std::min(across() - 1, static_cast<int>((position.x() - area.left()) / area.width() * across()));
    const int y =
        std::min(down() - 1, static_cast<int>((position.y() - area.top()) / area.height() * down()));
    return transposed ? std::pair(x, y) : std::pair(y, x);
}

bool isHeatMap(const GraphLayout& layout, const Connection& connection)
{
    return layout.isDense(connection.rows, connection.columns, layout.rowPitch(connection.from),
                          layout.rowPitch(connection.to));
}

EdgeHeatMap heatMapOf(const GraphLayout& layout, const Connection& connection, std::int64_t t)
{
    if (layout.isSpread())
        return betweenRows(layout, connection, t);
    return connection.isAcrossTime() ? acrossTime(layout, connection, t) : besideUnits(layout, connection, t);
}

void paintHeatMap(QPainter& painter, const EdgeHeatMap& map, std::span<const double> values,
                  const HeatScale& scale)
{
    const Theme& theme = Theme::current();
    if (!values.empty()) {
        const SignRamp ramp(theme);
        QImage cells(map.across(), map.down(), QImage::Format_RGB32);
        for (int y = 0; y < map.down(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(cells.scanLine(y));
            for (int x = 0; x < map.across(); ++x) {
                const int row = map.transposed ? x : y;
                const int column = map.transposed ? y : x;
                const double part =
                    values[static_cast<std::size_t>(column) * static_cast<std::size_t>(map.rows) +
                           static_cast<std::size_t>(row)] /
                    scale.end;
                line[x] = ramp.at(std::abs(part) < scale.weakest ? 0.0 : part);
            }
        }
        // Cells smaller than a pixel are averaged, larger ones keep their corners.
        const bool shrinks = map.area.width() < map.across() || map.area.height() < map.down();
        painter.setRenderHint(QPainter::SmoothPixmapTransform, shrinks);
        painter.drawImage(map.area, cells);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.pen(values.empty() ? theme.line : theme.outline, 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map.area.adjusted(-0.5, -0.5, 0.5, 0.5));
}

QPainterPath edgePath(const GraphLayout& layout, const Connection& connection, int row, int column,
                      std::int64_t t)
{
    if (!isHeatMap(layout, connection))
        return edgeCurve(layout, connection, row, column, t).path();
    QPainterPath path;
    // Never smaller than can be seen.
    const QRectF cell = heatMapOf(layout, connection, t).cell(row, column);
    const double wider = std::max(0.0, 4.0 - cell.width()) / 2;
    const double higher = std::max(0.0, 4.0 - cell.height()) / 2;
    path.addRect(cell.adjusted(-wider, -higher, wider, higher));
    return path;
}

QPointF edgeMiddle(const GraphLayout& layout, const Connection& connection, int row, int column,
                   std::int64_t t)
{
    return isHeatMap(layout, connection) ? heatMapOf(layout, connection, t).cell(row, column).center()
                                         : edgeCurve(layout, connection, row, column, t).pointAt(0.5);
}

} // namespace chronograd
