#include "ui/plots/series_lines.h"

namespace chronograd {

Polyline envelope(const BoundedSeries& series, PlotRange x, int pixels)
{
    Polyline line;
    for (const PixelColumn& column : pixelColumns(series.buckets(), x.lower, x.upper, pixels)) {
        const bool fromAbove = !line.empty() && line.back().y() - column.min > column.max - line.back().y();
        line.emplace_back(column.x, fromAbove ? column.max : column.min);
        if (column.max > column.min)
            line.emplace_back(column.x, fromAbove ? column.min : column.max);
    }
    return line;
}

} // namespace chronograd
