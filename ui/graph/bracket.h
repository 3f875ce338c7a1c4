#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

#include <optional>

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
    bool isWarned = false;            ///< Has a sign of warning in its label.
    std::optional<double> endInForce; ///< While another length is asked for: where the end is until then.

    /// Around its label: in its middle as far as that is in view.
    QRectF pill(int viewWidth) const;
};

void paintBracketEnd(QPainter& painter, const Bracket& bracket, double x, bool isFilled);
/// From one x to another: dashed where the length is only asked for.
void paintBracketLine(QPainter& painter, const Bracket& bracket, double from, double to);
/// Nothing, unless another length is asked for.
void paintEndInForce(QPainter& painter, const Bracket& bracket);
void paintBracketLabel(QPainter& painter, const Bracket& bracket, int viewWidth);

} // namespace chronograd
