#include "ui/plots/plot_painting.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace chronograd {

QPen curvePen(const Theme& theme, int index)
{
    const std::array colors{theme.backward, theme.update, theme.positiveText, theme.negativeText,
                            theme.textSecondary};
    constexpr std::array dashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    const auto at = static_cast<std::size_t>(index);
    // Stepping both: the sixth curve has the first colour again, but other dashes.
    const Qt::PenStyle dash = dashes[(at + at / colors.size()) % dashes.size()];
    return theme.pen(colors[at % colors.size()], 1.8, dash, Qt::FlatCap, Qt::RoundJoin);
}

void hatch(QPainter& painter, const QRectF& area, const QColor& color, double distance)
{
    painter.setPen(Theme::current().pen(color, 1));
    // Lines x + y = c, each cut to the rectangle.
    const double last = area.right() + area.bottom();
    for (double c = std::ceil((area.left() + area.top()) / distance) * distance; c < last; c += distance) {
        const double left = std::max(area.left(), c - area.bottom());
        const double right = std::min(area.right(), c - area.top());
        painter.drawLine(QPointF(left, c - left), QPointF(right, c - right));
    }
}

void paintArrow(QPainter& painter, QPointF from, QPointF to, const QPen& pen)
{
    constexpr double tip = 9.0;
    const QPointF along = to - from;
    const double length = std::hypot(along.x(), along.y());
    if (length < 2.0)
        return;
    const QPointF unit = along / length;
    const QPointF across(-unit.y(), unit.x());
    const QPointF neck = to - std::min(tip, length) * unit;
    painter.setPen(pen);
    painter.drawLine(from, neck);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.color());
    painter.drawConvexPolygon(QPolygonF{to, neck + 0.5 * tip * across, neck - 0.5 * tip * across});
}

void paintHint(QPainter& painter, const QRectF& picture, const QString& text)
{
    constexpr int how = Qt::AlignCenter | Qt::TextWordWrap;
    const Theme& theme = Theme::current();
    painter.setFont(theme.textFont());
    painter.fillRect(painter.boundingRect(picture, how, text).adjusted(-4, -1, 4, 1), theme.card);
    painter.setPen(theme.textSecondary);
    painter.drawText(picture, how, text);
}

} // namespace chronograd
