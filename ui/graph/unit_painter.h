#pragma once

#include <QColor>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>

class QPainter;

namespace chronograd {

/// What a unit looks like; numbers already on the scale −1 … 1.
struct UnitLook
{
    QPointF center;
    double radius = 16.0;
    double ring = 4.0;           ///< Width of the ring of a delta of size 1.
    std::optional<double> fill;  ///< Nothing: not computed in this pass.
    std::optional<double> delta; ///< Ring and arrow.
    QString number;
    double strength = 1.0; ///< Less: faded into the card.
};

/// Under the circle: ring and arrow = delta. Nothing without delta, or when not computed yet.
void paintUnitRing(QPainter& painter, const UnitLook& unit);
/// The circle: fill = activation; dashed and empty when not computed yet. Without number.
void paintUnitDisc(QPainter& painter, const UnitLook& unit);
QColor numberInk(const UnitLook& unit);

struct LossLook
{
    QRectF box;
    QString number;       ///< Empty: not computed yet.
    bool entered = false; ///< Its loss enters the update.
    double strength = 1.0;
};

/// The box of a loss, without number.
void paintLossShape(QPainter& painter, const LossLook& loss);
QColor numberInk(const LossLook& loss);
/// Height of its number; 0: there is no room for one.
int numberPixels(const LossLook& loss);

/// Radius from which a unit's number can be read.
constexpr double smallestNumberRadius = 9.4;
/// As exact as the unit has room for: ".66", "−.84", in the smallest "−.8".
QString numberInside(double value, double radius);

} // namespace chronograd
