#pragma once

#include "ui/sweep/sweep_chart.h"
#include "ui/sweep/sweep_measure_axis.h"
#include "ui/sweep/sweep_paint.h"

namespace chronograd {

/// One setting: the medians as a curve, the middle half of the repeats as a band around it.
class SweepCurve final : public SweepChart
{
public:
    /// Precondition: the sweep has one axis.
    SweepCurve(const SweepShown& shown, const QRectF& area, const Theme& theme);

    void paint(QPainter& painter, std::optional<std::int64_t> marked) const override;
    std::optional<std::int64_t> combinationAt(const QPointF& point) const override;
    QPointF placeOf(std::int64_t combination) const override;
    std::int64_t neighbour(std::int64_t combination, int right, int up) const override;

private:
    double columnWidth() const;
    double xOf(std::int64_t combination) const;
    void paintBand(QPainter& painter) const;
    void paintMedians(QPainter& painter) const;
    void paintXAxis(QPainter& painter) const;
    void paintLegendRow(QPainter& painter) const;

    const SweepShown& m_shown;
    const Theme& m_theme;
    SweepFrame m_frame;
    QRectF m_box;
    SweepMeasureAxis m_axis;
};

} // namespace chronograd
