#pragma once

#include "ui/sweep/sweep_shown.h"

#include <QRectF>

#include <memory>
#include <optional>

class QPainter;

namespace chronograd {

struct Theme;

/// A picture of a sweep in a rectangle: the same on the screen and in files. Places are in the coordinates it
/// was made for.
class SweepChart
{
public:
    virtual ~SweepChart() = default;

    /// \param marked drawn with a mark, as the one a reader looks at
    virtual void paint(QPainter& painter, std::optional<std::int64_t> marked) const = 0;
    virtual std::optional<std::int64_t> combinationAt(const QPointF& point) const = 0;
    /// Where a combination is, for a tip.
    virtual QPointF placeOf(std::int64_t combination) const = 0;
    /// The combination that many steps to the right and upwards; stays at the border.
    virtual std::int64_t neighbour(std::int64_t combination, int right, int up) const = 0;
    /// What it leaves empty of its rectangle: of few combinations there is little to show.
    virtual QSizeF spareRoom() const { return {0.0, 0.0}; }
};

/// One setting: a curve with its spread; two: a heat map; more: parallel coordinates.
/// `shown` and `theme` must outlive the chart.
std::unique_ptr<SweepChart> makeSweepChart(const SweepShown& shown, const QRectF& area, const Theme& theme);

} // namespace chronograd
