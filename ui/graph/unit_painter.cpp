#include "ui/graph/unit_painter.h"

#include "ui/graph/sign_arrow.h"
#include "ui/theme/mixed_color.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double smallestArrowRadius = 8.0;
constexpr double nearlyZero = 0.1;          ///< Of the scale of fills.
constexpr double smallestLongRadius = 10.4; ///< Smaller units have no room for four characters.

QColor faded(const QColor& colour, double strength)
{
    return mixed(Theme::current().card, colour, strength);
}

void paintDeltaArrow(QPainter& painter, const UnitLook& unit, const QColor& colour)
{
    constexpr double fullRadius = 17.0;
    const double scale = unit.radius / fullRadius;
    const QPointF middle = unit.center + QPointF(unit.radius + unit.ring + 4.0 * scale, 0.0);
    paintSignArrow(painter, middle, *unit.delta, scale, colour);
}

} // namespace

void paintUnitRing(QPainter& painter, const UnitLook& unit)
{
    if (!unit.fill || !unit.delta || unit.ring <= 0)
        return;
    const double ring = 1.0 + (unit.ring - 1.0) * std::min(1.0, std::abs(*unit.delta));
    const QColor colour = faded(signedColour(*unit.delta), unit.strength);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(unit.center, unit.radius + ring, unit.radius + ring);
    if (unit.radius >= smallestArrowRadius)
        paintDeltaArrow(painter, unit, colour);
}

void paintUnitDisc(QPainter& painter, const UnitLook& unit)
{
    const Theme& theme = Theme::current();
    const double r = unit.radius;
    if (!unit.fill) {
        QPen pen = theme.pen(faded(theme.outline, unit.strength), r < 6 ? 0.8 : 1.2);
        if (r >= 4)
            pen.setDashPattern({2.6, 2.6});
        painter.setPen(pen);
        painter.setBrush(theme.card);
        painter.drawEllipse(unit.center, r, r);
        return;
    }
    const QColor fill = faded(theme.signColor(*unit.fill), unit.strength);
    // A hairline of card between fill and ring keeps equal colours apart.
    // Small units have no border, for they are many; but near zero they would not be seen at all.
    const bool isLost = r < 5 && std::abs(*unit.fill) < nearlyZero;
    const QColor border = unit.delta || (r < 5 && !isLost) ? theme.card : faded(theme.outline, unit.strength);
    painter.setPen(r >= 1.5 ? theme.pen(border, r < 8 ? 0.8 : 1.0) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawEllipse(unit.center, r, r);
}

QString numberInside(double value, double radius)
{
    const QString number = unitNumber(value);
    return radius < smallestLongRadius && number.size() > 3 ? unitNumber(value, 1) : number;
}

QColor numberInk(const UnitLook& unit)
{
    const Theme& theme = Theme::current();
    return unit.strength >= 1.0 ? theme.textOn(theme.signColor(unit.fill.value_or(0.0)))
                                : faded(theme.textSecondary, 0.55);
}

void paintLossShape(QPainter& painter, const LossLook& loss)
{
    const Theme& theme = Theme::current();
    const QColor outline = loss.entered ? theme.cut : theme.outline;
    QPen pen = theme.pen(faded(outline, loss.number.isEmpty() ? 0.6 * loss.strength : loss.strength), 1.1);
    if (loss.number.isEmpty())
        pen.setDashPattern({2.6, 2.6});
    painter.setPen(pen);
    painter.setBrush(loss.entered ? faded(theme.cutGround, loss.strength) : theme.card);
    painter.drawRoundedRect(loss.box, 4, 4);
}

QColor numberInk(const LossLook& loss)
{
    const Theme& theme = Theme::current();
    return loss.strength >= 1.0 ? theme.text : faded(theme.textSecondary, 0.55);
}

int numberPixels(const LossLook& loss)
{
    return loss.box.width() < 34 ? 0 : loss.box.width() < 46 ? 10 : 12;
}

} // namespace chronograd
