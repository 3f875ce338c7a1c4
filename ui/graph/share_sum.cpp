#include "ui/graph/share_sum.h"

#include "core/analysis/share.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/sign_arrow.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

constexpr double pillHeight = 20.0;
constexpr double padding = 10.0;   ///< Between the ends of the pill and what is in it.
constexpr double arrowRoom = 14.0; ///< Behind a number.
constexpr double arrowScale = 0.8;
constexpr double smallestLabelPitch = 56.0; ///< Narrower steps have no room for the number of a share.

struct ShareSumText
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::ShareSum)
};

QString sharesText(const char* one, const char* many, std::int64_t shares)
{
    return counted("chronograd::ShareSum", one, many, shares);
}

/// Between the receiving level and the one below, where no unit is.
double middleOf(const GraphState& state, const Connection& connection)
{
    const GraphLayout& layout = state.layout;
    const int upper = std::max(connection.from, connection.to);
    const int last = layout.units(upper) - 1;
    const double bottom = layout.center({1, upper, last}).y() + layout.radius(upper);
    const double below =
        upper > 0 ? layout.center({1, upper - 1, 0}).y() - layout.radius(upper - 1) : layout.height();
    return (bottom + below) / 2;
}

/// The part of the window that is in view.
Window reachOf(const GraphState& state)
{
    return {std::max(state.window().from, state.inView.from), std::min(state.window().to, state.inView.to)};
}

void paintHead(QPainter& painter, QPointF tip, double direction)
{
    painter.drawConvexPolygon(
        QPolygonF{tip, tip - QPointF(direction * 7.0, 3.8), tip - QPointF(direction * 7.0, -3.8)});
}

void paintShare(QPainter& painter, QPointF middle, double value)
{
    const Theme& theme = Theme::current();
    const QString text = compactNumber(value);
    const double width = painter.fontMetrics().horizontalAdvance(text) + 8.0;
    const QRectF box(middle.x() - width / 2, middle.y() - 8.0, width, 16.0);
    painter.setPen(theme.pen(theme.outline, 1.0));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(value < 0 ? theme.negativeText : theme.positiveText);
    painter.drawText(box, Qt::AlignCenter, text);
}

double widthOf(const QString& text)
{
    const Theme& theme = Theme::current();
    return QFontMetricsF(theme.boldFont(theme.smallSize)).horizontalAdvance(text);
}

/// Adds the arrows of the update, if it is made.
void addArrows(ShareSumMark& mark, const Frame& frame, const Quantity& weight)
{
    mark.arrows = weightArrows(frame, weight);
    if (!mark.arrows || !mark.arrows->velocity)
        return;
    const QString number = compactNumber(mark.arrows->velocity->value);
    mark.velocityText = mark.arrows->isMoment ? ShareSumText::tr("m = %1").arg(number)
                                              : ShareSumText::tr("v = %1").arg(number);
}

/// In the middle of the steps in view, but not beyond the edges of the view.
void placePill(ShareSumMark& mark, const GraphState& state, double x, double y)
{
    const double arrows = mark.arrows ? arrowRoom : 0.0;
    const double velocity =
        mark.velocityText.isEmpty() ? 0.0 : widthOf(mark.velocityText) + arrowRoom + padding;
    const double width = widthOf(mark.text) + 2 * padding + arrows + velocity;
    constexpr double edge = 1.0;
    const double left = std::min(x - width / 2, state.rightInView - width - edge);
    mark.pill = QRectF(std::max(left, state.leftInView + edge), y - pillHeight / 2, width, pillHeight);
    if (velocity > 0.0)
        mark.velocityArea = mark.pill.adjusted(width - velocity - padding, 0, 0, 0);
}

/// The arrow stands behind its number.
void paintNumber(QPainter& painter, QPointF left, const QString& text, const WeightArrow* arrow)
{
    const double width = widthOf(text);
    painter.setPen(Theme::current().text);
    painter.drawText(QRectF(left.x(), left.y() - pillHeight / 2, width + 1.0, pillHeight), Qt::AlignCenter,
                     text);
    if (arrow && arrow->value != 0.0)
        paintSignArrow(painter, {left.x() + width + arrowRoom / 2 + 1.0, left.y()}, arrow->size, arrowScale,
                       signedColour(arrow->size));
}

void paintPill(QPainter& painter, const ShareSumMark& mark)
{
    const Theme& theme = Theme::current();
    painter.setPen(theme.pen(theme.text, 1.4));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(mark.pill, pillHeight / 2, pillHeight / 2);
    painter.setFont(theme.boldFont(theme.smallSize));
    const double middle = mark.pill.center().y();
    paintNumber(painter, {mark.pill.left() + padding, middle}, mark.text,
                mark.arrows ? &mark.arrows->gradient : nullptr);
    if (!mark.velocityText.isEmpty())
        paintNumber(painter, {mark.velocityArea.left() + padding, middle}, mark.velocityText,
                    &*mark.arrows->velocity);
}

} // namespace

Quantity velocityQuantity(const GraphState& state)
{
    Quantity quantity = shareSumQuantity(state);
    quantity.kind =
        keepsSquares(state.frame->settings.optimizer) ? QuantityKind::FirstMoment : QuantityKind::Velocity;
    return quantity;
}

Quantity shareSumQuantity(const GraphState& state)
{
    Quantity quantity = *state.selection;
    quantity.kind = QuantityKind::Gradient;
    quantity.t = 0;
    return quantity;
}

std::optional<ShareSumMark> shareSumOf(const GraphState& state)
{
    if (!state.frame || !state.selection || !state.layout.hasUnits() || !state.layout.isUnfolded())
        return std::nullopt;
    const auto edge = edgeOf(state, *state.selection);
    const Window reach = reachOf(state);
    if (!edge || reach.length() <= 0)
        return std::nullopt;
    const ShareSum sum =
        sumOfShares(*state.frame, state.selection->parameter, state.selection->row, state.selection->column);
    if (sum.steps == 0)
        return std::nullopt;
    ShareSumMark mark;
    mark.edge = *edge;
    mark.steps = sum.steps;
    const bool whole = sum.steps == state.frame->window.length();
    if (state.isSumCovered(*state.selection))
        mark.text = sharesText("Σ of %n share", "Σ of %n shares", sum.steps);
    else
        mark.text = (whole ? sharesText("Σ of %n share = %1", "Σ of %n shares = %1", sum.steps)
                           : sharesText("Σ of %n share so far = %1", "Σ of %n shares so far = %1", sum.steps))
                        .arg(compactNumber(sum.sum));
    addArrows(mark, *state.frame, *state.selection);
    const double x = (state.layout.boundary(reach.from - 1) + state.layout.boundary(reach.to)) / 2;
    placePill(mark, state, x, middleOf(state, *edge->connection));
    return mark;
}

void paintShareSum(QPainter& painter, const GraphState& state)
{
    const auto mark = shareSumOf(state);
    if (!mark)
        return;
    const Theme& theme = Theme::current();
    const Connection& connection = *mark->edge.connection;
    const Window reach = reachOf(state);
    const double bus = mark->pill.center().y();
    double left = mark->pill.left();
    double right = mark->pill.right();
    std::vector<std::pair<QPointF, double>> shares;
    for (std::int64_t t = reach.from; t <= reach.to; ++t) {
        if (!hasShare(*state.frame, state.selection->parameter, state.selection->row, t))
            continue;
        const QPointF middle = edgeMiddle(state.layout, connection, mark->edge.row, mark->edge.column, t);
        shares.emplace_back(middle, share(*state.frame, state.selection->parameter, state.selection->row,
                                          state.selection->column, t));
        left = std::min(left, middle.x());
        right = std::max(right, middle.x());
    }
    QPen line = theme.pen(theme.text, 1.4);
    painter.setPen(line);
    painter.drawLine(QPointF(left, bus), QPointF(right, bus));
    for (const auto& [middle, value] : shares)
        painter.drawLine(middle, QPointF(middle.x(), bus));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.text);
    if (left < mark->pill.left())
        paintHead(painter, {mark->pill.left(), bus}, 1.0);
    if (right > mark->pill.right())
        paintHead(painter, {mark->pill.right(), bus}, -1.0);
    painter.setFont(theme.numberFont(theme.smallSize));
    if (state.layout.pitch() >= smallestLabelPitch) {
        for (const auto& [middle, value] : shares)
            paintShare(painter, middle, value);
    }
    paintPill(painter, *mark);
}

} // namespace chronograd
