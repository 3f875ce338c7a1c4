#pragma once

#include <QPainterPath>
#include <QPointF>

namespace chronograd {

/// The line of one connection: an S from end to end, or an arc that leaves room for the units between.
/// Along its main direction (x across time, y within a step) the curve is a function:
/// cross(u) = crossFrom + (crossTo − crossFrom)·(3u² − 2u³) + bulge·(1 − (2u − 1)⁴), u from 0 to 1.
struct EdgeCurve
{
    bool upright = false; ///< The main direction is y.
    double from = 0.0;
    double to = 0.0;
    double crossFrom = 0.0;
    double crossTo = 0.0;
    double bulge = 0.0;

    double cross(double u) const;
    double slope(double u) const; ///< d cross / d main
    QPointF pointAt(double u) const;
    double distance(QPointF point) const; ///< Infinite beside the ends.
    QPainterPath path() const;
    EdgeCurve translated(double dx) const;
};

} // namespace chronograd
