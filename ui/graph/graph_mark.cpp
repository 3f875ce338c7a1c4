#include "ui/graph/graph_mark.h"

#include "ui/graph/graph_selection.h"
#include "ui/graph/graph_state.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace chronograd {

namespace {

constexpr double gap = 6.0; ///< Between the number and the ring.

/// What the ring goes around; empty: the number has no place in the picture.
QPainterPath outlineOf(const GraphState& state, const Quantity& quantity, std::int64_t first,
                       std::int64_t last)
{
    QPainterPath path;
    const GraphLayout& layout = state.layout;
    if (const auto unit = unitOf(state, quantity)) {
        if (unit->t < std::max(first, state.frame->firstStep) || unit->t > std::min(last, state.newest()))
            return path;
        if (layout.isCells()) {
            path.addRect(layout.cell(*unit).adjusted(-3, -3, 3, 3));
            return path;
        }
        const double reach = layout.radius(unit->level) + layout.ringWidth(unit->level) + gap;
        path.addEllipse(layout.center(*unit), reach, reach);
        return path;
    }
    const auto addLoss = [&](std::int64_t t) {
        if (t >= std::max(first, state.frame->firstStep) && t <= last)
            path.addRoundedRect(layout.lossBox(t).adjusted(-gap, -gap, gap, gap), 7, 7);
    };
    if (quantity.kind == QuantityKind::StepLoss) {
        addLoss(quantity.t);
        return path;
    }
    if (quantity.kind == QuantityKind::Loss) { // L has no box of its own: all that it is made of
        for (const std::int64_t t : state.frame->injected)
            addLoss(t);
        return path;
    }
    const auto edge = edgeOf(state, quantity);
    if (!edge || layout.isCells())
        return path;
    const std::int64_t least =
        std::max({first, state.frame->firstStep, std::int64_t(edge->connection->isAcrossTime() ? 2 : 1)});
    const std::int64_t t = edge->t > 0 ? edge->t : std::clamp(state.newest(), least, std::max(least, last));
    if (t < least || t > std::min(last + 1, state.newest()))
        return path;
    return edgeCurve(layout, *edge->connection, edge->row, edge->column, t).path();
}

void paintTag(QPainter& painter, QPointF at, const QString& text)
{
    const Theme& theme = Theme::current();
    painter.setFont(theme.boldFont(theme.smallSize));
    const QSizeF size(painter.fontMetrics().horizontalAdvance(text) + 14, painter.fontMetrics().height() + 6);
    const QRectF tag(QPointF(at.x() - size.width() / 2, at.y() - size.height()), size);
    painter.setPen(QPen(theme.warningLine, 1.2));
    painter.setBrush(theme.warningGround);
    painter.drawRoundedRect(tag, 5, 5);
    painter.setPen(theme.warningText);
    painter.drawText(tag, Qt::AlignCenter, text);
}

} // namespace

void paintMark(QPainter& painter, const GraphState& state, std::int64_t first, std::int64_t last)
{
    if (!state.mark)
        return;
    const QPainterPath outline = outlineOf(state, state.mark->quantity, first, last);
    if (outline.isEmpty())
        return;
    const Theme& theme = Theme::current();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.card, 6.0));
    painter.drawPath(outline);
    painter.setPen(QPen(theme.warningText, 2.6));
    painter.drawPath(outline);
    const QRectF box = outline.boundingRect();
    paintTag(painter, QPointF(box.center().x(), std::max(box.top() - 4, 24.0)), state.mark->text);
}

} // namespace chronograd
