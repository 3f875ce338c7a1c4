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
    QString shortText;                ///< Where there is no room for the text.
    bool isWarned = false;            ///< Has a sign of warning in its label.
    std::optional<double> endInForce; ///< While another length is asked for: where the end is until then.
};

/// What is written on a bracket, and the pill around it.
struct BracketLabel
{
    QString text;
    QRectF pill;
};

/// Between the ends where it has room there, else beside the bracket: it never covers an end.
/// \param leftmost where a label to the left of the bracket may begin, if there is any choice
BracketLabel bracketLabel(const Bracket& bracket, int viewWidth, double leftmost = 0.0);

/// With its ends, without its label.
QRectF bracketArea(const Bracket& bracket);
void paintBracketEnd(QPainter& painter, const Bracket& bracket, double x, bool isFilled);
/// From one x to another: dashed where the length is only asked for.
void paintBracketLine(QPainter& painter, const Bracket& bracket, double from, double to);
/// Nothing, unless another length is asked for.
void paintEndInForce(QPainter& painter, const Bracket& bracket);
void paintBracketLabel(QPainter& painter, const Bracket& bracket, const BracketLabel& label);

} // namespace chronograd
