#pragma once

#include <QPolygonF>
#include <QRectF>

class QPainter;

namespace chronograd {

/// A loss curve as a small picture: its points inside a rectangle from its first update to its last, the loss
/// on a logarithmic scale where all of it is positive; and the same smoothed, as the loss plot does it.
class SmallCurve
{
public:
    SmallCurve(const QPolygonF& curve, const QRectF& area);

    const QPolygonF& points() const { return m_points; } ///< A single update is a level line.
    const QPolygonF& smooth() const { return m_smooth; }

    void paint(QPainter& painter) const;

private:
    QPolygonF m_points;
    QPolygonF m_smooth;
};

} // namespace chronograd
