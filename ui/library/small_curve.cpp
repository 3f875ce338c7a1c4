#include "ui/library/small_curve.h"

#include "core/session/bounded_series.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace chronograd {

namespace {

constexpr double horizon = 8; ///< Of the smoothing, in points; a curve has at most 160.

bool isLower(const QPointF& a, const QPointF& b)
{
    return a.y() < b.y();
}

QPolygonF smoothedOf(const QPolygonF& curve)
{
    std::vector<Bucket> buckets;
    for (const QPointF& point : curve) {
        const auto at = static_cast<std::int64_t>(point.x());
        buckets.push_back({at, at, 1, point.y(), point.y(), point.y()});
    }
    const std::vector<double> means = smoothed(buckets, horizon);
    QPolygonF smooth = curve;
    for (std::size_t i = 0; i < means.size(); ++i)
        smooth[static_cast<qsizetype>(i)].setY(means[i]);
    return smooth;
}

} // namespace

SmallCurve::SmallCurve(const QPolygonF& curve, const QRectF& area)
    : m_points(curve)
    , m_smooth(smoothedOf(curve))
{
    if (curve.isEmpty())
        return;
    const bool isLogarithmic = std::ranges::min_element(curve, isLower)->y() > 0;
    const auto height = [isLogarithmic](const QPointF& point) {
        return isLogarithmic ? std::log(point.y()) : point.y();
    };
    const auto [lowest, highest] = std::ranges::minmax_element(curve, isLower);
    const double low = height(*lowest);
    const double tall = height(*highest) - low;
    const double first = curve.front().x();
    const double wide = curve.back().x() - first;
    for (QPolygonF* line : {&m_points, &m_smooth}) {
        for (QPointF& point : *line) {
            const double x = wide > 0 ? (point.x() - first) / wide : 0.0;
            const double y = tall > 0 ? (height(point) - low) / tall : 0.5;
            point = {area.left() + x * area.width(), area.bottom() - y * area.height()};
        }
        if (wide <= 0)
            line->append({area.right(), line->front().y()});
    }
}

void SmallCurve::paint(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    painter.setPen(theme.pen(theme.curveFaint, 1.0));
    painter.drawPolyline(m_points);
    painter.setPen(theme.pen(theme.curve, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(m_smooth);
}

} // namespace chronograd
