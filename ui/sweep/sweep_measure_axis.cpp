#include "ui/sweep/sweep_measure_axis.h"

#include "ui/sweep/sweep_paint.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double tick = 4.0;
constexpr double room = 10.0; ///< At the ends, so that nothing touches the border.

} // namespace

SweepMeasureAxis::SweepMeasureAxis(const SweepShown& shown, const QLineF& line,
                                   std::optional<SweepScale> scale)
    : m_x(line.x1())
    , m_top(std::min(line.y1(), line.y2()))
    , m_bottom(std::max(line.y1(), line.y2()))
    , m_diverged(m_top + room)
    , m_hasDiverged(std::any_of(shown.cells.begin(), shown.cells.end(),
                                [](const SweepCell& cell) { return cell.diverged > 0; }))
    , m_scale(scale)
    , m_isCut(scale && std::any_of(shown.cells.begin(), shown.cells.end(), [&](const SweepCell& cell) {
                  return cell.hasNumber() && *cell.median > scale->high;
              }))
{}

double SweepMeasureAxis::yOf(double value) const
{
    if (!std::isfinite(value) || !m_scale)
        return m_diverged;
    const double top = m_top + (m_hasDiverged ? 4.0 * room : room);
    const double bottom = m_bottom - room;
    return bottom - m_scale->shareOf(value) * (bottom - top);
}

double SweepMeasureAxis::labelWidth(const Theme& theme)
{
    const QFontMetricsF metrics(theme.textFont(theme.smallSize));
    return std::max(metrics.horizontalAdvance(QStringLiteral("0.00012")),
                    metrics.horizontalAdvance(QCoreApplication::translate("Sweep", "diverged"))) +
           tick + 4.0;
}

void SweepMeasureAxis::paint(QPainter& painter, const Theme& theme, Qt::AlignmentFlag side,
                             std::optional<double> grid) const
{
    const QFont font = theme.textFont(theme.smallSize);
    const double line = QFontMetricsF(font).height();
    painter.setFont(font);
    const double width = labelWidth(theme);
    const auto label = [&](double y, const QString& text, const QColor& color) {
        const double left = side == Qt::AlignLeft ? m_x - width : m_x + tick + 4.0;
        painter.setPen(color);
        const Qt::Alignment towards = side == Qt::AlignLeft ? Qt::AlignRight : Qt::AlignLeft;
        painter.drawText(QRectF(left, y - 0.5 * line, width - tick - 4.0, line),
                         static_cast<int>(towards | Qt::AlignVCenter), text);
    };
    if (m_scale) {
        constexpr int about = 5;
        for (const double value : m_scale->ticks(about)) {
            const double y = yOf(value);
            if (m_isCut && y < yOf(m_scale->high) + line)
                continue; // there stands what is cut
            if (grid) {
                painter.setPen(theme.pen(theme.line, 1));
                painter.drawLine(QPointF(m_x, y), QPointF(*grid, y));
            }
            painter.setPen(theme.pen(theme.outline, 1));
            painter.drawLine(QPointF(m_x, y), QPointF(m_x + (side == Qt::AlignLeft ? -tick : tick), y));
            label(y, tickNumber(value), theme.text);
        }
    }
    if (m_isCut)
        label(yOf(m_scale->high), QStringLiteral("≥ ") + shortNumber(m_scale->high), theme.text);
    painter.setPen(theme.pen(theme.outline, 1));
    painter.drawLine(QPointF(m_x, m_top), QPointF(m_x, m_bottom));
    if (m_hasDiverged)
        label(m_diverged, QCoreApplication::translate("Sweep", "diverged"), theme.cut);
}

} // namespace chronograd
