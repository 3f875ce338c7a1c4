#pragma once

#include <QRectF>

#include <optional>
#include <span>
#include <vector>

namespace chronograd {

/// One matrix that wants to be drawn.
struct PanelWish
{
    int rows = 1;
    int columns = 1;
    double leastWidth = 0.0; ///< Of its title and of the numbers on its scale.
};

struct PanelPlace
{
    QRectF title;
    QRectF cells;
    QRectF scale;
};

struct PanelMetrics
{
    double titleHeight = 16.0;
    double scaleHeight = 24.0;
    double gap = 16.0;       ///< Between panels.
    double mostCell = 36.0;  ///< Cells never grow larger.
    double handyCell = 14.0; ///< A single row or column grows to this: it can still be hit.
};

/// A cell of a panel, counted from 0.
struct CellPlace
{
    int panel = 0;
    int row = 0;
    int column = 0;

    bool operator==(const CellPlace&) const = default;
};

/// Lays matrices side by side with the largest cells for which all have room: small ones stand on top of each
/// other and lines are broken where that makes cells larger. All have cells of the same size (but see
/// handyCell), so that sizes can be compared.
std::vector<PanelPlace> layoutPanels(std::span<const PanelWish> wishes, const QRectF& area,
                                     const PanelMetrics& metrics);

QRectF cellRect(const PanelPlace& place, const PanelWish& wish, int row, int column);
std::optional<CellPlace> cellAt(std::span<const PanelPlace> places, std::span<const PanelWish> wishes,
                                QPointF point);

} // namespace chronograd
