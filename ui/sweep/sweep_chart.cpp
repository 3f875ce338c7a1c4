#include "ui/sweep/sweep_chart.h"

#include "ui/sweep/sweep_curve.h"
#include "ui/sweep/sweep_heat_map.h"
#include "ui/sweep/sweep_parallel.h"

namespace chronograd {

std::unique_ptr<SweepChart> makeSweepChart(const SweepShown& shown, const QRectF& area, const Theme& theme)
{
    switch (shown.plan->axes().size()) {
    case 1:
        return std::make_unique<SweepCurve>(shown, area, theme);
    case 2:
        return std::make_unique<SweepHeatMap>(shown, area, theme);
    default:
        return std::make_unique<SweepParallel>(shown, area, theme);
    }
}

} // namespace chronograd
