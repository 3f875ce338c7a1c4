#include "ui/graph/sign_arrow.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

QColor signedColour(double value)
{
    constexpr double palest = 0.6;
    return Theme::current().signLineColor(value < 0 ? std::min(value, -palest) : std::max(value, palest));
}

void paintSignArrow(QPainter& painter, QPointF middle, double value, double scale, const QColor& colour)
{
    const double size = std::min(1.0, std::abs(value));
    const double half = (4.0 + 6.0 * size) * scale;
    const double head = (2.6 + 1.2 * size) * scale;
    const double up = value < 0 ? 1.0 : -1.0;
    const QPointF tip = middle + QPointF(0.0, up * half);
    const QPointF neck = tip - QPointF(0.0, up * 1.7 * head);
    painter.setPen(Theme::current().pen(colour, (1.4 + 1.2 * size) * scale, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(middle - QPointF(0.0, up * half), neck);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawConvexPolygon(QPolygonF{tip, neck + QPointF(head, 0.0), neck - QPointF(head, 0.0)});
}

} // namespace chronograd
