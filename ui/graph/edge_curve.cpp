#include "ui/graph/edge_curve.h"

#include <cmath>
#include <limits>

namespace chronograd {

double EdgeCurve::cross(double u) const
{
    const double v = 2 * u - 1;
    return crossFrom + (crossTo - crossFrom) * u * u * (3 - 2 * u) + bulge * (1 - v * v * v * v);
}

double EdgeCurve::slope(double u) const
{
    const double v = 2 * u - 1;
    return ((crossTo - crossFrom) * 6 * u * (1 - u) - bulge * 8 * v * v * v) / (to - from);
}

QPointF EdgeCurve::pointAt(double u) const
{
    const double main = from + (to - from) * u;
    return upright ? QPointF(cross(u), main) : QPointF(main, cross(u));
}

double EdgeCurve::distance(QPointF point) const
{
    const double main = upright ? point.y() : point.x();
    const double other = upright ? point.x() : point.y();
    const double u = (main - from) / (to - from);
    if (!(u >= 0.0 && u <= 1.0))
        return std::numeric_limits<double>::infinity();
    return std::abs(other - cross(u)) / std::hypot(1.0, slope(u));
}

QPainterPath EdgeCurve::path() const
{
    constexpr int pieces = 24;
    QPainterPath path(pointAt(0.0));
    for (int piece = 1; piece <= pieces; ++piece)
        path.lineTo(pointAt(double(piece) / pieces));
    return path;
}

EdgeCurve EdgeCurve::translated(double dx) const
{
    EdgeCurve moved = *this;
    if (upright) {
        moved.crossFrom += dx;
        moved.crossTo += dx;
    } else {
        moved.from += dx;
        moved.to += dx;
    }
    return moved;
}

} // namespace chronograd
