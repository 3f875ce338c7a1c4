#pragma once

#include "ui/sweep/sweep_chart.h"
#include "ui/sweep/sweep_paint.h"

#include <QFont>

namespace chronograd {

/// Two settings: the first to the right, the second upwards; the stronger the colour, the better the median.
class SweepHeatMap final : public SweepChart
{
public:
    /// Precondition: the sweep has two axes.
    SweepHeatMap(const SweepShown& shown, const QRectF& area, const Theme& theme);

    void paint(QPainter& painter, std::optional<std::int64_t> marked) const override;
    std::optional<std::int64_t> combinationAt(const QPointF& point) const override;
    QPointF placeOf(std::int64_t combination) const override;
    std::int64_t neighbour(std::int64_t combination, int right, int up) const override;

    QSizeF spareRoom() const override { return m_spare; }

    QRectF cellRect(std::int64_t combination) const;

private:
    void paintCell(QPainter& painter, std::int64_t combination) const;
    void paintNumbers(QPainter& painter, const QRectF& rect, const SweepCell& cell, const QColor& fill) const;
    void paintAxes(QPainter& painter) const;
    QString scaleWords() const;
    void paintLegendRow(QPainter& painter) const;

    const SweepShown& m_shown;
    const Theme& m_theme;
    SweepFrame m_frame;
    QRectF m_cells;
    QSizeF m_spare;
    QFont m_labelFont;
    std::size_t m_columns;
    std::size_t m_rows;
    std::optional<SweepScale> m_scale;
};

} // namespace chronograd
