#include "ui/inspector/velocity_arrows.h"

#include "ui/theme/formula_number.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr int labelWidth = 84;
constexpr int arrowNumberWidth = 96;
constexpr double headLength = 7.0;

} // namespace

VelocityArrows::VelocityArrows(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(tr("The velocity of the weight beside what this gradient alone would do; left is negative"));
}

void VelocityArrows::setParts(const VelocityParts& parts, int digits)
{
    m_parts = parts;
    m_digits = digits;
    setAccessibleName(tr("From this gradient %1, from the velocity before %2, together %3: %4")
                          .arg(formulaNumberText(parts.fromGradient, digits),
                               formulaNumberText(parts.fromBefore, digits),
                               formulaNumberText(parts.velocity, digits), words()));
    update();
}

QString VelocityArrows::words() const
{
    if (m_parts.fromBefore == 0.0)
        return tr("nothing is left of earlier updates");
    if (m_parts.fromGradient == 0.0)
        return tr("what is left of earlier updates moves it alone");
    if ((m_parts.fromBefore < 0) == (m_parts.fromGradient < 0))
        return tr("what is left of earlier updates pushes the same way");
    return std::abs(m_parts.fromBefore) > std::abs(m_parts.fromGradient)
               ? tr("what is left of earlier updates outweighs this gradient")
               : tr("what is left of earlier updates slows this gradient down");
}

int VelocityArrows::rowHeight() const
{
    return QFontMetrics(Theme::current().textFont()).height() + 5;
}

QSize VelocityArrows::sizeHint() const
{
    const QFontMetrics small(Theme::current().textFont(Theme::current().smallSize));
    return {300, 3 * rowHeight() + small.height() + 6};
}

QSize VelocityArrows::minimumSizeHint() const
{
    return {220, sizeHint().height()};
}

void VelocityArrows::paintArrow(QPainter& painter, int row, const QString& label, double from,
                                double to) const
{
    const Theme& theme = Theme::current();
    const QRect line(0, row * rowHeight(), width(), rowHeight());
    painter.setPen(theme.text);
    painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, label);
    painter.drawText(line.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter,
                     formulaNumberText(to - from, m_digits));

    const QRectF lane(labelWidth + 6, line.top(), width() - labelWidth - arrowNumberWidth - 12,
                      line.height());
    const double greatest =
        std::max({std::abs(m_parts.fromGradient), std::abs(m_parts.velocity), std::abs(m_parts.fromBefore)});
    painter.setPen(theme.pen(theme.line, 1));
    painter.drawLine(QPointF(lane.center().x(), lane.top()), QPointF(lane.center().x(), lane.bottom() + 1));
    if (!(greatest > 0.0))
        return;
    const auto place = [&](double value) {
        return QPointF(lane.center().x() + value / greatest * (lane.width() / 2 - 2), lane.center().y());
    };
    const QPointF start = place(from);
    const QPointF tip = place(to);
    const double length = std::abs(tip.x() - start.x());
    if (length < 0.5)
        return;
    const double way = tip.x() < start.x() ? -1.0 : 1.0;
    const double head = std::min(headLength, length);
    const QColor colour = way < 0 ? theme.negativeText : theme.positiveText;
    painter.setPen(theme.pen(colour, row == 2 ? 3.0 : 2.0, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(start, tip - QPointF(way * head, 0));
    QPainterPath point(tip);
    point.lineTo(tip + QPointF(-way * head, -4.5));
    point.lineTo(tip + QPointF(-way * head, 4.5));
    painter.fillPath(point, colour);
}

void VelocityArrows::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.textFont());
    paintArrow(painter, 0, m_parts.isMoment ? tr("(1 − β₁) ∂L/∂w") : tr("−α ∂L/∂w"), 0.0,
               m_parts.fromGradient);
    paintArrow(painter, 1, m_parts.isMoment ? tr("+ β₁ m") : tr("+ γ v"), m_parts.fromGradient,
               m_parts.fromGradient + m_parts.fromBefore);
    painter.setFont(theme.boldFont());
    paintArrow(painter, 2, m_parts.isMoment ? tr("= new m") : tr("= new v"), 0.0, m_parts.velocity);
    painter.setFont(theme.textFont(theme.smallSize));
    painter.setPen(theme.textSecondary);
    painter.drawText(QRect(4, 3 * rowHeight(), width() - 8, height() - 3 * rowHeight()),
                     Qt::AlignLeft | Qt::AlignVCenter, words());
}

} // namespace chronograd
