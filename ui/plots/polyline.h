#pragma once

#include <QPointF>

#include <vector>

namespace chronograd {

struct PlotRange
{
    double lower = 0.0;
    double upper = 1.0;

    double length() const { return upper - lower; }
    bool contains(double value) const { return value >= lower && value <= upper; }
    bool operator==(const PlotRange&) const = default;
};

/// A line in the numbers of its axes, x ascending. A point whose y is NaN is a gap.
using Polyline = std::vector<QPointF>;

/// The same picture with at most four points per pixel (first, least, greatest, last; in their order), of the
/// part that x shows and the points just beyond.
Polyline thinned(const Polyline& line, PlotRange x, int pixels);

/// The part inside the rectangle, its pieces parted by gaps: what is painted needs no clipping (Qt's SVG
/// generator ignores clips). Logarithmic: straight in log y, and y ≤ 0 lies below everything.
Polyline cutTo(const Polyline& line, PlotRange x, PlotRange y, bool logarithmic);

/// From a point to the nearest place of a line (gaps are none); infinite where there is no line.
double distance(const Polyline& line, QPointF point);

/// A range zoomed by a factor (2: half as long) around a fixed place, or moved by a share of its length;
/// on a logarithmic axis in log.
PlotRange zoomed(PlotRange range, double factor, double centre, bool logarithmic);
PlotRange moved(PlotRange range, double share, bool logarithmic);

} // namespace chronograd
