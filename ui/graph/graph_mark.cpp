#include "ui/graph/graph_mark.h"

#include "ui/graph/graph_selection.h"
#include "ui/graph/graph_state.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double ringGap = 6.0; ///< Between the number and the ring.

/// What is painted around a number, or along the edge of a weight.
struct Outline
{
    QPainterPath path;  ///< Empty: the number has no place in the picture.
    QPainterPath units; ///< At the ends of an edge: their numbers stay free.
};

void addUnit(QPainterPath& path, const GraphLayout& layout, const UnitId& unit)
{
    const double reach = layout.radius(unit.level) + layout.ringWidth(unit.level) + 1.0;
    path.addEllipse(layout.center(unit), reach, reach);
}

Outline outlineOf(const GraphState& state, const Quantity& quantity, std::int64_t first, std::int64_t last)
{
    Outline outline;
    QPainterPath& path = outline.path;
    const GraphLayout& layout = state.layout;
    if (const auto unit = unitOf(state, quantity)) {
        if (unit->t < std::max(first, state.frame->firstStep) || unit->t > std::min(last, state.newest()))
            return outline;
        if (layout.isCells()) {
            path.addRect(layout.cell(*unit).adjusted(-3, -3, 3, 3));
            return outline;
        }
        const double reach = layout.radius(unit->level) + layout.ringWidth(unit->level) + ringGap;
        path.addEllipse(layout.center(*unit), reach, reach);
        return outline;
    }
    const auto addLoss = [&](std::int64_t t) {
        if (t >= std::max(first, state.frame->firstStep) && t <= last)
            path.addRoundedRect(layout.lossBox(t).adjusted(-ringGap, -ringGap, ringGap, ringGap), 7, 7);
    };
    if (quantity.kind == QuantityKind::StepLoss) {
        addLoss(quantity.t);
        return outline;
    }
    if (quantity.kind == QuantityKind::Loss) { // L has no box of its own: all that it is made of
        for (const std::int64_t t : state.frame->injected)
            addLoss(t);
        return outline;
    }
    const auto edge = edgeOf(state, quantity);
    if (!edge || layout.isCells())
        return outline;
    const std::int64_t least =
        std::max({first, state.frame->firstStep, std::int64_t(edge->connection->isAcrossTime() ? 2 : 1)});
    const std::int64_t t = edge->t > 0 ? edge->t : std::clamp(state.newest(), least, std::max(least, last));
    if (t < least || t > std::min(last + 1, state.newest()))
        return outline;
    path = edgeCurve(layout, *edge->connection, edge->row, edge->column, t).path();
    if (layout.hasUnits() && layout.isUnfolded()) {
        addUnit(outline.units, layout, {t, edge->connection->to, edge->row});
        addUnit(outline.units, layout, {t - edge->connection->lag, edge->connection->from, edge->column});
    }
    return outline;
}

/// Above the losses, where it covers no other number, and clear of the scissors.
double tagMiddle(const GraphState& state, double wanted, double width)
{
    if (!state.isCut() || !state.layout.isUnfolded())
        return wanted;
    constexpr double scissors = 12.0;
    const double cut = state.layout.boundary(state.window().from - 1);
    const double clear = width / 2 + scissors;
    if (std::abs(wanted - cut) >= clear)
        return wanted;
    return wanted >= cut ? cut + clear : cut - clear;
}

void paintTag(QPainter& painter, const GraphState& state, double wanted, const QRectF& view)
{
    const Theme& theme = Theme::current();
    painter.setFont(theme.boldFont(theme.smallSize));
    const QString& text = state.mark->text;
    const QSizeF size(painter.fontMetrics().horizontalAdvance(text) + 14, painter.fontMetrics().height() + 4);
    const double middle = tagMiddle(state, wanted, size.width());
    const double left = std::clamp(middle - size.width() / 2, view.left() + 1,
                                   std::max(view.left() + 1, view.right() - size.width() - 1));
    const QRectF tag(QPointF(left, state.layout.lossBox(1).top() - 3 - size.height()), size);
    painter.setPen(theme.pen(theme.warningLine, 1.2));
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
    const Outline outline = outlineOf(state, state.mark->quantity, first, last);
    if (outline.path.isEmpty())
        return;
    const Theme& theme = Theme::current();
    const QRectF view = painter.transform().inverted().mapRect(QRectF(painter.viewport()));
    painter.save();
    if (!outline.units.isEmpty()) {
        QPainterPath free;
        free.addRect(view);
        painter.setClipPath(free.subtracted(outline.units));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme.pen(theme.card, 6.0));
    painter.drawPath(outline.path);
    painter.setPen(theme.pen(theme.warningText, 2.6));
    painter.drawPath(outline.path);
    painter.restore();
    paintTag(painter, state, outline.path.boundingRect().center().x(), view);
}

} // namespace chronograd
