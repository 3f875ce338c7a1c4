#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace chronograd {

/// A bracket under the time axis: a line with end pieces and a pill with its label. In pixels of the view.
struct Bracket
{
    double left = 0.0;
    double right = 0.0;
    double middle = 0.0; ///< Of its height.
    QColor colour;
    QString text;
    bool isWarned = false; ///< Has a sign of warning in its label.

    /// Around its label: in its middle as far as that is in view.
    QRectF pill(int viewWidth) const;
};

void paintBracketEnd(QPainter& painter, const Bracket& bracket, double x, bool isFilled);
void paintBracketLabel(QPainter& painter, const Bracket& bracket, int viewWidth);

} // namespace chronograd
