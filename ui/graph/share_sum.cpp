#include "ui/graph/share_sum.h"

#include "core/analysis/share.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/number_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

constexpr double pillHeight = 20.0;
constexpr double smallestLabelPitch = 56.0; ///< Narrower steps have no room for the number of a share.

struct ShareSumText
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::ShareSum)
};

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
    const QString text = shortNumber(value);
    const double width = painter.fontMetrics().horizontalAdvance(text) + 8.0;
    const QRectF box(middle.x() - width / 2, middle.y() - 8.0, width, 16.0);
    painter.setPen(QPen(theme.outline, 1.0));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(value < 0 ? theme.negativeText : theme.positiveText);
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace

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
        mark.text = ShareSumText::tr("Σ of %1 shares").arg(sum.steps);
    else
        mark.text =
            (whole ? ShareSumText::tr("Σ of %1 shares = %2") : ShareSumText::tr("Σ of %1 shares so far = %2"))
                .arg(sum.steps)
                .arg(exactNumber(sum.sum));
    const Theme& theme = Theme::current();
    const double width = QFontMetricsF(theme.boldFont(theme.smallSize)).horizontalAdvance(mark.text) + 20.0;
    const double x = (state.layout.boundary(reach.from - 1) + state.layout.boundary(reach.to)) / 2;
    mark.pill = QRectF(x - width / 2, middleOf(state, *edge->connection) - pillHeight / 2, width, pillHeight);
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
    QPen line(theme.text, 1.4);
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
    painter.setPen(QPen(theme.text, 1.4));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(mark->pill, pillHeight / 2, pillHeight / 2);
    painter.setFont(theme.boldFont(theme.smallSize));
    painter.drawText(mark->pill, Qt::AlignCenter, mark->text);
}

} // namespace chronograd
