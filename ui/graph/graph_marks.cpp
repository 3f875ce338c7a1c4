#include "ui/graph/graph_marks.h"

#include "core/explain/partial_sum.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/share_sum.h"
#include "ui/graph/step_blocks.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

struct LoopText
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::GraphLoop)
};

void paintSelectedUnit(QPainter& painter, const GraphState& state, const UnitId& unit)
{
    const GraphLayout& layout = state.layout;
    QPen pen = Theme::current().pen(Theme::current().text, 2.0);
    pen.setDashPattern({2.0, 1.6});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    if (!layout.hasUnits()) {
        painter.setPen(Theme::current().pen(Theme::current().text, 1.5));
        painter.drawRect(layout.cell(unit).adjusted(-1, -1, 1, 1));
        return;
    }
    const double reach = layout.radius(unit.level) + layout.ringWidth(unit.level) + 2.5;
    painter.drawEllipse(layout.center(unit), reach, reach);
}

} // namespace

void paintLoopMarks(QPainter& painter, const GraphState& state)
{
    if (!state.layout.isFolded())
        return;
    const Theme& theme = Theme::current();
    painter.setFont(theme.boldFont(theme.smallSize));
    for (const Connection& connection : state.connections) {
        if (!connection.isAcrossTime())
            continue;
        const QString text =
            connection.lag > 0 ? LoopText::tr("one step later") : LoopText::tr("one step earlier");
        const double width = painter.fontMetrics().horizontalAdvance(text) + 18.0;
        const double side = connection.lag > 0 ? 1.0 : -1.0;
        const double x = state.layout.x(1) + side * (state.layout.loopReach() + 4.0);
        const double y = state.layout.levelMiddle(connection.to);
        const QRectF pill(side > 0 ? x : x - width, y - 10.0, width, 20.0);
        painter.setPen(theme.pen(theme.outline, 1.2));
        painter.setBrush(theme.card);
        painter.drawRoundedRect(pill, 4, 4);
        painter.setPen(theme.text);
        painter.drawText(pill, Qt::AlignCenter, text);
    }
}

namespace {

/// The unit, the layer or the step at work.
QRectF areaAtWork(const GraphState& state, const Position& position)
{
    const GraphLayout& layout = state.layout;
    const int level = position.layer + 1;
    if (position.layer < 0) {
        QRectF step; // its layers may be of different widths
        for (int each = 0; each < layout.levels(); ++each)
            step = step.united(layout.levelFrame(position.at, each));
        return step;
    }
    if (!position.isInside())
        return layout.levelFrame(position.at, level);
    const UnitId unit{position.at, level, position.unit};
    if (!layout.hasUnits())
        return layout.cell(unit);
    const double reach = layout.radius(level) + layout.ringWidth(level) + 3.0;
    return QRectF(layout.center(unit), QSizeF(0, 0)).adjusted(-reach, -reach, reach, reach);
}

constexpr double tagHeight = 15.0;

void paintTag(QPainter& painter, QPointF bottom, const QString& text)
{
    const Theme& theme = Theme::current();
    painter.setFont(theme.boldFont(theme.smallSize));
    const double width = painter.fontMetrics().horizontalAdvance(text) + 8;
    const QRectF label(bottom.x() - width / 2, bottom.y() - tagHeight, width, tagHeight);
    QColor ground = theme.card;
    ground.setAlphaF(0.85F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(label, 4, 4);
    painter.setPen(theme.backward);
    painter.drawText(label, Qt::AlignCenter, text);
}

/// A path without what lies on the units at its ends: their numbers are to be read.
QPainterPath besideUnits(const QPainterPath& path, double radius)
{
    const QPointF ends[] = {path.pointAtPercent(0.0), path.pointAtPercent(1.0)};
    QPolygonF points;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPointF point = path.elementAt(i);
        if (std::ranges::none_of(ends, [&](QPointF end) { return QLineF(end, point).length() < radius; }))
            points << point;
    }
    QPainterPath rest;
    rest.addPolygon(points);
    return rest;
}

/// The connection that the term at work came along.
void paintTermAtWork(QPainter& painter, const GraphState& state, const Quantity& weight)
{
    const auto edge = edgeOf(state, weight);
    const GraphLayout& layout = state.layout;
    if (!edge || !layout.hasUnits() ||
        (edge->connection->isAcrossTime() && (layout.isSpread() || weight.t < 2)))
        return;
    const Theme& theme = Theme::current();
    const Connection& connection = *edge->connection;
    QPainterPath path = edgePath(layout, connection, edge->row, edge->column, weight.t);
    if (!isHeatMap(layout, connection))
        path = besideUnits(path, std::max(layout.radius(connection.from), layout.radius(connection.to)));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme.pen(theme.card, 5.4));
    painter.drawPath(path);
    painter.setPen(theme.pen(theme.backward, 2.4));
    painter.drawPath(path);
}

/// All copies of the weights that the update took last: each is one weight.
void paintWeightsAtWork(QPainter& painter, const GraphState& state, const Position& stop)
{
    Quantity weight;
    weight.kind = QuantityKind::Share;
    weight.parameter = stop.parameter;
    weight.row = stop.unit;
    const bool isRow = state.frame->stepped == Granularity::Unit;
    const Window window = state.frame->window;
    for (weight.column = isRow ? 0 : stop.term - 1; weight.column < stop.term; ++weight.column)
        for (weight.t = std::max(window.from, state.frame->firstStep); weight.t <= window.to; ++weight.t)
            paintTermAtWork(painter, state, weight);
}

/// Of the step at work.
bool coversUnits(const GraphState& state, const QRectF& tag)
{
    const GraphLayout& layout = state.layout;
    for (int level = 0; layout.hasUnits() && level < layout.levels(); ++level)
        for (int unit = 0; unit < layout.units(level); ++unit) {
            const double reach = layout.radius(level);
            const QPointF center = layout.center({state.frame->position.at, level, unit});
            if (tag.intersects(QRectF(center, QSizeF(0, 0)).adjusted(-reach, -reach, reach, reach)))
                return true;
        }
    return false;
}

/// Above what is at work, or inside a wide step; where that would lie on units or losses above the losses.
QPointF tagPlace(const GraphState& state, const QRectF& area, const QString& words)
{
    const Theme& theme = Theme::current();
    const QRectF loss = state.layout.lossBox(1);
    const double half = QFontMetricsF(theme.boldFont(theme.smallSize)).horizontalAdvance(words) / 2;
    const QPointF above(area.center().x(), area.top() - 2);
    const QRectF tag(above.x() - half, above.y() - tagHeight, 2 * half, tagHeight);
    if (tag.top() >= loss.bottom() && !coversUnits(state, tag))
        return above;
    const bool isWide = state.frame->position.layer < 0 && area.width() > 6 * half;
    return isWide ? QPointF(area.left() + half + 10, area.top() + tagHeight + 4)
                  : QPointF(area.center().x(), loss.top() - 3);
}

QString wordsAtWork(const std::optional<PartialSum>& sum)
{
    if (!sum)
        return QCoreApplication::translate("chronograd::GraphView", "at work");
    return QCoreApplication::translate("chronograd::GraphView", "%1 of %2: Σ = %3")
        .arg(sum->done)
        .arg(sum->count)
        .arg(compactNumber(sum->sum));
}

/// Of a stop that took one term; a unit that was made with all its terms is no sum at work.
std::optional<PartialSum> sumAtWork(const Frame& frame, const Position& stop)
{
    const bool isOneTerm = frame.stepped == Granularity::Term || stop.term < stop.terms || stop.terms == 1;
    return isOneTerm ? partialSum(frame, Reading::current().sign) : std::nullopt;
}

} // namespace

void paintPlayhead(QPainter& painter, const GraphState& state)
{
    const Position& position = state.frame->position;
    const Position stop = stopOf(*state.frame);
    if (stop.parameter >= 0) {
        paintWeightsAtWork(painter, state, stop);
        return;
    }
    const bool working = position.phase == Phase::Forward || position.phase == Phase::Backward;
    if (!working || position.at < 1 || position.layer >= state.frame->layers())
        return;
    const std::optional<PartialSum> sum = sumAtWork(*state.frame, stop);
    if (sum && sum->weight)
        paintTermAtWork(painter, state, *sum->weight);
    const QRectF area = areaAtWork(state, stop);
    painter.setPen(Theme::current().pen(Theme::current().backward, state.layout.hasUnits() ? 2.2 : 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(area, 7, 7);
    const QString words = wordsAtWork(sum);
    paintTag(painter, tagPlace(state, area, words), words);
}

void paintSelection(QPainter& painter, const GraphState& state, std::int64_t first, std::int64_t last)
{
    if (!state.selection)
        return;
    const Theme& theme = Theme::current();
    const GraphLayout& layout = state.layout;
    if (state.selection->t > layout.steps())
        return; // it was in a longer sequence
    if (const auto unit = unitOf(state, *state.selection)) {
        paintSelectedUnit(painter, state, *unit);
        return;
    }
    if (state.selection->kind == QuantityKind::StepLoss || state.selection->kind == QuantityKind::Target) {
        QPen pen = theme.pen(theme.text, 2.0);
        pen.setDashPattern({2.0, 1.6});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(layout.lossBox(state.selection->t).adjusted(-3, -3, 3, 3), 5, 5);
        return;
    }
    const auto edge = edgeOf(state, *state.selection);
    if (!edge || layout.isCells())
        return;
    // One weight, many copies: all light up, the chosen one most.
    const bool across = edge->connection->isAcrossTime();
    if (across && layout.isSpread())
        return;
    painter.setBrush(Qt::NoBrush);
    const std::int64_t beside = layout.isUnfolded() ? 1 : 0;
    const std::int64_t earliest = across && layout.isUnfolded() ? 2 : 1;
    for (std::int64_t t = std::max({first, state.frame->firstStep, earliest});
         t <= std::min(last + beside, state.newest()); ++t)
    {
        if (edge->connection->lag < 0 && t >= layout.steps() && layout.isUnfolded())
            break; // nothing is behind the end of the sequence
        const QPainterPath path = layout.isBlocks()
                                      ? blockArrow(layout, *edge->connection, t)
                                      : edgePath(layout, *edge->connection, edge->row, edge->column, t);
        const double width = t == edge->t ? 3.4 : 1.8;
        painter.setPen(theme.pen(theme.card, width + 3.0));
        painter.drawPath(path);
        QPen pen = theme.pen(theme.text, width);
        if (state.isBeyondCut(t)) // the same weight, but nothing comes from there
            pen.setStyle(Qt::DotLine);
        painter.setPen(pen);
        painter.drawPath(path);
    }
    paintShareSum(painter, state);
}

} // namespace chronograd
