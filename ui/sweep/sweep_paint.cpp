#include "ui/sweep/sweep_paint.h"

#include "ui/sweep/sweep_words.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace chronograd {

SweepFrame sweepFrame(const QRectF& area, const Theme& theme)
{
    constexpr double gap = 8.0;
    const double title = QFontMetricsF(theme.boldFont()).height();
    const double legend = QFontMetricsF(theme.textFont(theme.smallSize)).height() + 2.0;
    return {QRectF(area.left(), area.top(), area.width(), title),
            area.adjusted(0, title + gap, 0, -legend - gap),
            QRectF(area.left(), area.bottom() - legend, area.width(), legend)};
}

void paintHatch(QPainter& painter, const QRectF& rect, const QColor& color)
{
    constexpr double distance = 6.0;
    painter.setPen(Theme::current().pen(color, 1));
    // x + y is the same along a line.
    for (double sum = rect.left() + rect.top() + distance; sum < rect.right() + rect.bottom();
         sum += distance) {
        const double fromX = std::max(rect.left(), sum - rect.bottom());
        const double toX = std::min(rect.right(), sum - rect.top());
        painter.drawLine(QPointF(fromX, sum - fromX), QPointF(toX, sum - toX));
    }
}

void paintCross(QPainter& painter, const QPointF& centre, double size)
{
    const double half = 0.5 * size;
    painter.drawLine(centre + QPointF(-half, -half), centre + QPointF(half, half));
    painter.drawLine(centre + QPointF(-half, half), centre + QPointF(half, -half));
}

void paintCellLook(QPainter& painter, const QRectF& rect, CellLook look, const Theme& theme)
{
    painter.setBrush(Qt::NoBrush);
    const double size = std::min({10.0, 0.6 * rect.width(), 0.6 * rect.height()});
    switch (look) {
    case CellLook::Diverged:
        painter.fillRect(rect, theme.cutGround);
        painter.setPen(theme.pen(theme.cut, 1.6));
        paintCross(painter, rect.center(), size);
        break;
    case CellLook::Refused:
        paintHatch(painter, rect, theme.outline);
        break;
    case CellLook::Waiting:
        painter.setPen(theme.pen(theme.outline, 1, Qt::DotLine));
        painter.drawRect(rect.adjusted(3, 3, -3, -3));
        break;
    }
}

void paintLegend(QPainter& painter, const QRectF& rect, const std::vector<SweepLegendEntry>& entries,
                 const Theme& theme)
{
    constexpr double gap = 18.0;
    constexpr double toText = 6.0;
    const QFont font = theme.textFont(theme.smallSize);
    const QFontMetricsF metrics(font);
    double x = rect.left();
    for (const SweepLegendEntry& entry : entries) {
        const double width = entry.width + toText + metrics.horizontalAdvance(entry.text);
        if (x + width > rect.right() + 1.0)
            break;
        entry.paint(QRectF(x, rect.top(), entry.width, rect.height()));
        painter.setFont(font);
        painter.setPen(theme.textSecondary);
        painter.drawText(QRectF(x + entry.width + toText, rect.top(), width, rect.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        x += width + gap;
    }
}

void paintSweepTitle(QPainter& painter, const QRectF& rect, const SweepShown& shown, const Theme& theme)
{
    const QString title = sweepTitle(shown);
    const QString name = QString::fromStdString(shown.plan->base().name);
    painter.setFont(theme.boldFont());
    painter.setPen(theme.text);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, title);
    const double used = QFontMetricsF(theme.boldFont()).horizontalAdvance(title) + 16.0;
    painter.setFont(theme.textFont());
    painter.setPen(theme.textSecondary);
    painter.drawText(rect.adjusted(used, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetricsF(theme.textFont()).elidedText(name, Qt::ElideRight, rect.width() - used));
}

} // namespace chronograd
