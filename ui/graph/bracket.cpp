#include "ui/graph/bracket.h"

#include "ui/graph/warning_marks.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

constexpr double signRoom = 15.0; // Of a warning in the label.

QFont labelFont()
{
    const Theme& theme = Theme::current();
    return theme.boldFont(theme.smallSize);
}

} // namespace

QRectF Bracket::pill(int viewWidth) const
{
    const double width =
        QFontMetrics(labelFont()).horizontalAdvance(text) + 22.0 + (isWarned ? signRoom : 0.0);
    const double from = std::clamp(left, 0.0, double(viewWidth));
    const double to = std::clamp(right, 0.0, double(viewWidth));
    const double centre =
        std::clamp((from + to) / 2, width / 2 + 1, std::max(width / 2 + 1, viewWidth - width / 2 - 1));
    return {centre - width / 2, middle - 10, width, 20};
}

void paintBracketEnd(QPainter& painter, const Bracket& bracket, double x, bool isFilled)
{
    painter.setPen(Theme::current().pen(bracket.colour, 1.2));
    painter.setBrush(isFilled ? bracket.colour : Theme::current().card);
    painter.drawRoundedRect(QRectF(x - 4, bracket.middle - 9, 8, 15), 3, 3);
}

void paintBracketLine(QPainter& painter, const Bracket& bracket, double from, double to)
{
    QPen pen = Theme::current().pen(bracket.colour, 2.6, Qt::SolidLine, Qt::FlatCap);
    if (bracket.endInForce)
        pen.setDashPattern({2.4, 1.4});
    painter.setPen(pen);
    painter.drawLine(QPointF(from, bracket.middle), QPointF(to, bracket.middle));
}

void paintEndInForce(QPainter& painter, const Bracket& bracket)
{
    if (!bracket.endInForce)
        return;
    const double x = *bracket.endInForce;
    const double stub = x < bracket.left ? 6.0 : 0.0; // towards the bracket
    painter.setPen(Theme::current().pen(bracket.colour, 1.2));
    painter.drawLine(QPointF(x, bracket.middle), QPointF(x + stub, bracket.middle));
    painter.drawLine(QPointF(x, bracket.middle - 7), QPointF(x, bracket.middle + 7));
}

void paintBracketLabel(QPainter& painter, const Bracket& bracket, int viewWidth)
{
    const QRectF pill = bracket.pill(viewWidth);
    painter.setFont(labelFont());
    painter.setPen(Theme::current().pen(bracket.colour, 1.3));
    painter.setBrush(Theme::current().card);
    painter.drawRoundedRect(pill, 10, 10);
    painter.drawText(pill.adjusted(bracket.isWarned ? signRoom : 0.0, 0, 0, 0), Qt::AlignCenter,
                     bracket.text);
    if (bracket.isWarned)
        paintWarningSign(painter, {pill.left() + signRoom, pill.center().y()});
}

} // namespace chronograd
