#pragma once

#include <QColor>
#include <QPen>

class QPainter;
class QRectF;
class QString;

namespace chronograd {

struct Theme;

/// The pen of the index-th curve of many: neighbours differ in colour and in dashes.
QPen curvePen(const Theme& theme, int index);

/// Hatches a rectangle with lines that go on in the next one. Not a brush: vector files know no patterns.
void hatch(QPainter& painter, const QRectF& area, const QColor& color, double distance = 5.0);

/// A line with a filled tip; nothing where both ends are the same pixel.
void paintArrow(QPainter& painter, QPointF from, QPointF to, const QPen& pen);

/// What is to come, in the middle of an empty picture; no line of the grid runs through it.
void paintHint(QPainter& painter, const QRectF& picture, const QString& text);

} // namespace chronograd
