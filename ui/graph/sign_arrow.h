#pragma once

#include <QColor>
#include <QPointF>

class QPainter;

namespace chronograd {

/// The colour of a signed number whose size something else tells: it never fades into the card.
QColor signedColour(double value);

/// Up for positive, down for negative, longer and thicker for greater. `value` is on the scale −1 … 1,
/// `scale` is 1 beside a unit of full size.
void paintSignArrow(QPainter& painter, QPointF middle, double value, double scale, const QColor& colour);

} // namespace chronograd
