#pragma once

#include "ui/sweep/sweep_chart.h"
#include "ui/sweep/sweep_measure_axis.h"
#include "ui/sweep/sweep_paint.h"

#include <QPolygonF>

namespace chronograd {

/// Parallel coordinates: an upright axis per setting and one for the measure, a line per combination. The
/// stronger a line, the better; diverged ones are dashed.
class SweepParallel final : public SweepChart
{
public:
    SweepParallel(const SweepShown& shown, const QRectF& area, const Theme& theme);

    void paint(QPainter& painter, std::optional<std::int64_t> marked) const override;
    std::optional<std::int64_t> combinationAt(const QPointF& point) const override;
    QPointF placeOf(std::int64_t combination) const override;
    std::int64_t neighbour(std::int64_t combination, int right, int up) const override;

private:
    double xOf(std::size_t axis) const;
    double yOf(std::size_t axis, std::size_t place) const;
    QPolygonF lineOf(std::int64_t combination) const;
    void paintLine(QPainter& painter, std::int64_t combination) const;
    void paintAxis(QPainter& painter, std::size_t axis) const;
    void paintLegendRow(QPainter& painter) const;

    const SweepShown& m_shown;
    const Theme& m_theme;
    SweepFrame m_frame;
    QRectF m_box;
    SweepMeasureAxis m_measure;
    std::optional<SweepScale> m_colors;
    std::vector<std::int64_t> m_order; ///< Of the combinations that have a line: the best one last.
};

} // namespace chronograd
