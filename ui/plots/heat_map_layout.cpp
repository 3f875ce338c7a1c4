#include "ui/plots/heat_map_layout.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

/// Places everything for one size of a cell. Columns go from left to right and on to a new line; in a column
/// stands one matrix or, when stacking, as many as are together no higher than the highest matrix.
class Flow
{
public:
    Flow(std::span<const PanelWish> wishes, const QRectF& area, const PanelMetrics& metrics, double cell,
         bool stacks)
        : m_wishes(wishes)
        , m_area(area)
        , m_metrics(metrics)
        , m_cell(cell)
    {
        for (const PanelWish& wish : wishes)
            m_highest = std::max(m_highest, cellHeight(wish) * wish.rows);
        m_highest += metrics.titleHeight + metrics.scaleHeight;
        makeColumns(stacks);
    }

    bool fits() const { return m_bottom <= m_area.bottom() + 0.001 && m_right <= m_area.right() + 0.001; }
    std::vector<PanelPlace> take() { return std::move(m_places); }

private:
    double cellWidth(const PanelWish& wish) const
    {
        return std::max(m_cell, std::min(m_metrics.handyCell, wish.leastWidth / wish.columns));
    }
    /// A single row or column is made high enough to be hit.
    double cellHeight(const PanelWish& wish) const
    {
        return wish.rows == 1 ? std::max(m_cell, m_metrics.handyCell) : m_cell;
    }
    double panelWidth(const PanelWish& wish) const
    {
        return std::max(wish.leastWidth, wish.columns * cellWidth(wish));
    }
    double panelHeight(const PanelWish& wish) const
    {
        return m_metrics.titleHeight + wish.rows * cellHeight(wish) + m_metrics.scaleHeight;
    }

    void makeColumns(bool stacks)
    {
        const double space = 0.5 * m_metrics.gap;
        double left = m_area.left();
        double lineTop = m_area.top();
        double lineHeight = 0.0;
        for (std::size_t first = 0; first < m_wishes.size();) {
            double height = panelHeight(m_wishes[first]);
            double width = panelWidth(m_wishes[first]);
            std::size_t end = first + 1;
            for (; stacks && end < m_wishes.size(); ++end) {
                const double more = height + space + panelHeight(m_wishes[end]);
                if (more > m_highest + 0.001)
                    break;
                height = more;
                width = std::max(width, panelWidth(m_wishes[end]));
            }
            if (left > m_area.left() && left + width > m_area.right() + 0.001) {
                left = m_area.left();
                lineTop += lineHeight + space;
                lineHeight = 0.0;
            }
            double top = lineTop;
            for (; first < end; ++first) {
                placePanel(m_wishes[first], left, top);
                top += panelHeight(m_wishes[first]) + space;
            }
            left += width + m_metrics.gap;
            lineHeight = std::max(lineHeight, height);
        }
    }
    void placePanel(const PanelWish& wish, double left, double top)
    {
        const double width = panelWidth(wish);
        const QRectF title(left, top, width, m_metrics.titleHeight);
        const QRectF cells(left, title.bottom(), wish.columns * cellWidth(wish),
                           wish.rows * cellHeight(wish));
        const QRectF scale(left, cells.bottom(), width, m_metrics.scaleHeight);
        m_places.push_back({title, cells, scale});
        m_right = std::max(m_right, scale.right());
        m_bottom = std::max(m_bottom, scale.bottom());
    }

    std::span<const PanelWish> m_wishes;
    QRectF m_area;
    PanelMetrics m_metrics;
    double m_cell;
    double m_highest = 0.0;
    double m_right = 0.0;
    double m_bottom = 0.0;
    std::vector<PanelPlace> m_places;
};

/// The largest cell with which everything fits; whole pixels from 3 on, so that equal cells look equal.
double largestCell(std::span<const PanelWish> wishes, const QRectF& area, const PanelMetrics& metrics,
                   bool stacks)
{
    double fits = 0.25; // Smaller cells cannot be seen: then some of it is beyond the edge.
    double tooLarge = metrics.mostCell;
    if (Flow(wishes, area, metrics, tooLarge, stacks).fits())
        return tooLarge;
    while (tooLarge - fits > 0.02) {
        const double cell = 0.5 * (fits + tooLarge);
        (Flow(wishes, area, metrics, cell, stacks).fits() ? fits : tooLarge) = cell;
    }
    return fits >= 3.0 ? std::floor(fits) : fits;
}

} // namespace

std::vector<PanelPlace> layoutPanels(std::span<const PanelWish> wishes, const QRectF& area,
                                     const PanelMetrics& metrics)
{
    const double inARow = largestCell(wishes, area, metrics, false);
    const double stacked = largestCell(wishes, area, metrics, true);
    return Flow(wishes, area, metrics, std::max(inARow, stacked), stacked > inARow).take();
}

QRectF cellRect(const PanelPlace& place, const PanelWish& wish, int row, int column)
{
    const double width = place.cells.width() / wish.columns;
    const double height = place.cells.height() / wish.rows;
    return {place.cells.left() + column * width, place.cells.top() + row * height, width, height};
}

std::optional<CellPlace> cellAt(std::span<const PanelPlace> places, std::span<const PanelWish> wishes,
                                QPointF point)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        const QRectF& cells = places[i].cells;
        if (!cells.contains(point))
            continue;
        const auto index = [](double share, int count) {
            return std::clamp(static_cast<int>(share * count), 0, count - 1);
        };
        return CellPlace{static_cast<int>(i),
                         index((point.y() - cells.top()) / cells.height(), wishes[i].rows),
                         index((point.x() - cells.left()) / cells.width(), wishes[i].columns)};
    }
    return std::nullopt;
}

} // namespace chronograd
