#include "ui/graph/graph_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chronograd {

namespace {

constexpr double topMargin = 26.0; // Scissors and "at work" live here.
constexpr double bottomMargin = 10.0;
constexpr double lossHeight = 24.0;
constexpr double largestRow = 54.0;
constexpr double smallestEdgePitch = 18.0; // Narrower columns become cells.
constexpr int linesAlways = 32;            // Of a bundle: always lines …
constexpr double narrowPitch = 9.0;        // … more need units at least so far apart …
constexpr int manyEdges = 1500;            // … and so many of them …
constexpr double widePitch = 16.0;         // … so far.
constexpr double densePitch = 104.0;       // Of time steps with room for a picture of a matrix.
constexpr double blockZoom = 0.62;         // Below, layers are blocks …
constexpr double numberZoom = 1.5;         // … and from here on edges have numbers.
constexpr double foldedPitch = 380.0;
constexpr double widestBlock = 52.0;
constexpr double leastReadable = 0.6; // Lower than that, the view scrolls.
constexpr double radiusShare = 0.4;   // Of the distance of units: leaves room for the ring.

double levelGap(double row)
{
    return std::clamp(0.75 * row, 10.0, 44.0);
}

/// Distances of units, one above the other: `row`, but levels with few units keep readable ones even where a
/// wide level beside them must shrink; all of them a little less readable where even that is too high.
struct Rows
{
    double row = 0.5;
    double readable = 1.0; ///< The share of the readable distance that there is room for.

    double pitch(int units) const { return std::max(row, readable * std::min(28.0, 44.0 / units)); }

    double height(const std::vector<int>& units) const
    {
        const double gaps = static_cast<double>(units.size()) * levelGap(row);
        return std::accumulate(units.begin(), units.end(), gaps,
                               [this](double sum, int count) { return sum + count * pitch(count); });
    }
};

/// With one of its distances enlarged up to `most`, as far as all levels fit into the height.
Rows enlarged(Rows rows, double Rows::*distance, double most, const std::vector<int>& units, double height)
{
    for (int step = 0; step < 40; ++step) {
        Rows larger = rows;
        larger.*distance = (rows.*distance + most) / 2;
        if (larger.height(units) <= height)
            rows = larger;
        else
            most = larger.*distance;
    }
    return rows;
}

/// The greatest distances of units with which all levels fit.
Rows fittingRows(const std::vector<int>& units, double height, double greatest)
{
    const Rows readable = enlarged({.readable = leastReadable}, &Rows::readable, 1.0, units, height);
    return enlarged(readable, &Rows::row, greatest, units, height);
}

} // namespace

GraphLayout::GraphLayout(const GraphLayoutInput& input)
    : m_input(input)
    , m_levels(input.units.size())
    , m_top(14.0)
    , m_spread(input.steps <= 1)
{
    m_lossMiddle = topMargin + lossHeight / 2;
    if (m_levels.empty())
        return;
    if (m_spread)
        spread();
    else
        stack();
}

bool GraphLayout::isDense(int rows, int columns, double fromPitch, double toPitch)
{
    const double pitch = std::min(fromPitch, toPitch);
    const int edges = rows * columns;
    return edges > linesAlways && pitch < (edges > manyEdges ? widePitch : narrowPitch);
}

void GraphLayout::stack()
{
    const double zoom = m_input.zoom;
    const double grown = std::max(1.0, zoom);
    const double top = topMargin + lossHeight;
    const double space = (m_input.viewport.height() - top - bottomMargin) * grown;
    const Rows rows = fittingRows(m_input.units, space, largestRow * grown);
    const int widest = *std::max_element(m_input.units.begin(), m_input.units.end());
    const double unzoomed = fittingRows(m_input.units, space / grown, largestRow).row;
    const bool dense = isDense(widest, widest, unzoomed, unzoomed);
    const double natural =
        dense ? densePitch : 52.0 + 1.45 * std::min(rows.pitch(widest) / grown, largestRow);
    const double filling = m_input.viewport.width() / static_cast<double>(m_input.steps);
    // Even, so that the middle of a step is a whole pixel: pictures are then not resampled.
    const double wanted = std::clamp(filling, natural, 1.3 * natural) * zoom;
    m_pitch = wanted < smallestEdgePitch ? std::max(1.0, std::round(wanted)) : 2.0 * std::round(wanted / 2.0);
    if (m_input.folded) {
        m_width = std::max(m_input.viewport.width(), 1.1 * foldedPitch * zoom);
        m_pitch = 2.0 * std::round(std::min(0.9 * m_width, foldedPitch * zoom) / 2.0);
    }
    m_detail = m_pitch < smallestEdgePitch           ? Detail::Cells
               : zoom < blockZoom && !m_input.folded ? Detail::Blocks
               : zoom >= numberZoom                  ? Detail::Numbers
                                                     : Detail::Units;

    // What a cap on the rows leaves over goes between the levels, then around everything.
    const double left = std::max(0.0, space - rows.height(m_input.units));
    const double gaps = static_cast<double>(m_input.units.size());
    const double gap = levelGap(rows.row) + std::min(left / gaps, 36.0 * grown);
    double y = top;
    for (int level = levels() - 1; level >= 0; --level) {
        Level& place = m_levels[static_cast<std::size_t>(level)];
        place.pitch = rows.pitch(units(level));
        place.radius = std::min({radiusShare * place.pitch, 0.2 * m_pitch, 19.0 * grown});
        y += gap;
        place.top = y + place.pitch / 2;
        y += units(level) * place.pitch;
    }
    m_height = std::max(y + bottomMargin, m_input.viewport.height());
    m_lossSize =
        QSizeF(isCells() ? std::max(1.0, 0.7 * m_pitch) : std::clamp(m_pitch - 10.0, 8.0, 54.0), lossHeight);
}

void GraphLayout::spread()
{
    const double zoom = m_input.zoom;
    const double grown = std::max(1.0, zoom);
    m_width = m_input.viewport.width() * grown;
    m_height = m_input.viewport.height() * grown;
    m_pitch = m_width;
    const double top = topMargin + lossHeight;
    const double rise = std::min((m_height - top - bottomMargin) / levels(), 150.0 * grown);
    const double start = top + ((m_height - top - bottomMargin) - rise * levels()) / 2;
    m_lossMiddle = start - lossHeight / 2;
    for (int level = 0; level < levels(); ++level) {
        Level& place = m_levels[static_cast<std::size_t>(level)];
        place.pitch = std::min(150.0 * zoom, 0.86 * m_width / units(level));
        place.radius = std::min({0.3 * place.pitch, 0.24 * rise, 24.0 * zoom});
        place.top = start + rise * (levels() - 1 - level) + rise * 0.6;
    }
    m_lossSize = QSizeF(58.0, lossHeight);
    m_detail = zoom >= numberZoom ? Detail::Numbers : Detail::Units;
}

double GraphLayout::x(std::int64_t t) const
{
    return isUnfolded() ? m_pitch * (static_cast<double>(t) - 0.5) : std::floor(m_width / 2);
}

std::int64_t GraphLayout::stepAt(double x) const
{
    if (m_spread)
        return 1;
    if (m_input.folded)
        return m_shownStep;
    const auto step = static_cast<std::int64_t>(std::floor(x / m_pitch)) + 1;
    return std::clamp<std::int64_t>(step, 1, std::max<std::int64_t>(1, m_input.steps));
}

double GraphLayout::radius(int level) const
{
    return at(level).radius;
}

double GraphLayout::ringWidth(int level) const
{
    return std::clamp(0.24 * at(level).radius, 0.0, 9.0);
}

double GraphLayout::rowPitch(int level) const
{
    return at(level).pitch;
}

QPointF GraphLayout::center(const UnitId& unit) const
{
    const Level& place = at(unit.level);
    if (m_spread)
        return {std::round(m_width / 2 + (unit.unit - (units(unit.level) - 1) / 2.0) * place.pitch),
                std::round(place.top)};
    return {x(unit.t), std::round(place.top + unit.unit * place.pitch)};
}

QRectF GraphLayout::cell(const UnitId& unit) const
{
    const double across = at(unit.level).pitch;
    if (!hasUnits()) {
        const QPointF middle = center(unit);
        const double width = isCells() ? m_pitch : std::min(0.56 * m_pitch, widestBlock);
        return {middle.x() - width / 2, middle.y() - across / 2, width, across};
    }
    const double reach = std::min(across / 2, at(unit.level).radius + ringWidth(unit.level) + 3.0);
    return QRectF(center(unit) - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
}

QRectF GraphLayout::block(std::int64_t t, int level) const
{
    return cell({t, level, 0}).united(cell({t, level, units(level) - 1}));
}

QRectF GraphLayout::lossBox(std::int64_t t) const
{
    return QRectF(QPointF(x(t) - m_lossSize.width() / 2, m_lossMiddle - m_lossSize.height() / 2), m_lossSize);
}

QRectF GraphLayout::levelFrame(std::int64_t t, int level) const
{
    const QRectF first = cell({t, level, 0});
    const QRectF last = cell({t, level, units(level) - 1});
    const double room = !hasUnits() ? 1.0 : std::clamp(0.4 * at(level).radius, 2.0, 12.0);
    return first.united(last).adjusted(-room, -room, room, room);
}

double GraphLayout::levelMiddle(int level) const
{
    return m_spread ? at(level).top : at(level).top + (units(level) - 1) * at(level).pitch / 2;
}

double GraphLayout::arcReach() const
{
    return m_spread ? 0.0 : (m_input.folded ? 0.2 : 0.36) * m_pitch;
}

std::optional<UnitId> GraphLayout::unitAt(QPointF position) const
{
    const std::int64_t t = stepAt(position.x());
    for (int level = 0; level < levels(); ++level) {
        const Level& place = at(level);
        const double along =
            m_spread ? (position.x() - center({t, level, 0}).x()) : (position.y() - place.top);
        const int unit = std::clamp(static_cast<int>(std::lround(along / place.pitch)), 0, units(level) - 1);
        if (cell({t, level, unit}).contains(position))
            return UnitId{t, level, unit};
    }
    return std::nullopt;
}

std::optional<std::int64_t> GraphLayout::lossAt(QPointF position) const
{
    const std::int64_t t = stepAt(position.x());
    return lossBox(t).contains(position) ? std::optional(t) : std::nullopt;
}

} // namespace chronograd
