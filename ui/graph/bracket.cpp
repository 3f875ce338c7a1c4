#include "ui/graph/bracket.h"

#include "ui/graph/warning_marks.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <vector>

namespace chronograd {

namespace {

constexpr double signRoom = 15.0;     // Of a warning in the label.
constexpr double besideBracket = 3.0; // More room for a label beside the bracket.

double labelHeight()
{
    return Theme::current().magnified(20);
}

/// Around its middle: most of it above the line.
QRectF endArea(const Bracket& bracket, double x)
{
    const double width = Theme::current().magnified(8);
    const double height = Theme::current().magnified(15);
    return {x - width / 2, bracket.middle - 0.6 * height, width, height};
}

/// From the middle of an end to what may stand beside it.
double endRoom()
{
    return Theme::current().magnified(8) / 2.0 + 2.0;
}

struct LabelSpan
{
    double from;
    double to;

    double length() const { return to - from; }
};

QFont labelFont()
{
    const Theme& theme = Theme::current();
    return theme.boldFont(theme.smallSize);
}

/// A span without the mark of the end in force.
std::vector<LabelSpan> freeSpans(const Bracket& bracket, LabelSpan span)
{
    if (!bracket.endInForce)
        return {span};
    const double mark = *bracket.endInForce;
    if (mark + endRoom() <= span.from || mark - endRoom() >= span.to)
        return {span};
    return {{span.from, mark - endRoom()}, {mark + endRoom(), span.to}};
}

double pillWidth(const Bracket& bracket, const QString& text)
{
    return QFontMetrics(labelFont()).horizontalAdvance(text) + labelHeight() + 2.0 +
           (bracket.isWarned ? signRoom : 0.0);
}

BracketLabel labelAt(const Bracket& bracket, const QString& text, double left)
{
    return {text, QRectF(left, bracket.middle - labelHeight() / 2, pillWidth(bracket, text), labelHeight())};
}

std::optional<BracketLabel> labelInside(const Bracket& bracket, const QString& text, int viewWidth)
{
    const LabelSpan inside{std::max(bracket.left + endRoom(), 1.0),
                           std::min(bracket.right - endRoom(), viewWidth - 1.0)};
    const auto spans = freeSpans(bracket, inside);
    const LabelSpan& widest = *std::ranges::max_element(spans, {}, &LabelSpan::length);
    const double width = pillWidth(bracket, text);
    if (width > widest.length())
        return std::nullopt;
    return labelAt(bracket, text, (widest.from + widest.to - width) / 2);
}

std::optional<BracketLabel> labelBeside(const Bracket& bracket, const QString& text, int viewWidth,
                                        double leftmost)
{
    const double width = pillWidth(bracket, text);
    const LabelSpan right{std::max(bracket.right + endRoom() + besideBracket, 1.0), viewWidth - 1.0};
    for (const LabelSpan& span : freeSpans(bracket, right))
        if (width <= span.length())
            return labelAt(bracket, text, span.from);
    const LabelSpan left{std::max(leftmost, 1.0),
                         std::min(bracket.left - endRoom() - besideBracket, viewWidth - 1.0)};
    auto spans = freeSpans(bracket, left);
    std::ranges::reverse(spans);
    for (const LabelSpan& span : spans)
        if (width <= span.length())
            return labelAt(bracket, text, span.to - width);
    return std::nullopt;
}

} // namespace

BracketLabel bracketLabel(const Bracket& bracket, int viewWidth, double leftmost)
{
    for (const QString& text : {bracket.text, bracket.shortText}) {
        if (auto label = labelInside(bracket, text, viewWidth))
            return *label;
        if (auto label = labelBeside(bracket, text, viewWidth, leftmost))
            return *label;
    }
    for (const QString& text : {bracket.text, bracket.shortText})
        if (auto label = labelBeside(bracket, text, viewWidth, 0.0))
            return *label;
    return labelAt(bracket, bracket.shortText,
                   bracket.right + endRoom() + besideBracket); // hardly a step is in view
}

QRectF bracketArea(const Bracket& bracket)
{
    return endArea(bracket, bracket.left).united(endArea(bracket, bracket.right)).adjusted(-2, 0, 2, 0);
}

void paintBracketEnd(QPainter& painter, const Bracket& bracket, double x, bool isFilled)
{
    painter.setPen(Theme::current().pen(bracket.colour, 1.2));
    painter.setBrush(isFilled ? bracket.colour : Theme::current().card);
    painter.drawRoundedRect(endArea(bracket, x), 3, 3);
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

void paintBracketLabel(QPainter& painter, const Bracket& bracket, const BracketLabel& label)
{
    painter.setFont(labelFont());
    painter.setPen(Theme::current().pen(bracket.colour, 1.3));
    painter.setBrush(Theme::current().card);
    painter.drawRoundedRect(label.pill, labelHeight() / 2, labelHeight() / 2);
    painter.drawText(label.pill.adjusted(bracket.isWarned ? signRoom : 0.0, 0, 0, 0), Qt::AlignCenter,
                     label.text);
    if (bracket.isWarned)
        paintWarningSign(painter, {label.pill.left() + signRoom, label.pill.center().y()});
}

} // namespace chronograd
