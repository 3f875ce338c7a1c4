#include "ui/graph/step_blocks.h"

#include "ui/theme/sign_ramp.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double deltaShare = 0.3; ///< Of a block's width.
constexpr double smallestLetterWidth = 15.0;
constexpr double fadedBlock = 0.3;
constexpr double ghostBlock = 0.5;

void paintHead(QPainter& painter, QPointF tip, QPointF towards)
{
    const double length = std::max(1e-9, std::hypot(towards.x(), towards.y()));
    const QPointF along = towards / length;
    const QPointF aside(-along.y(), along.x());
    painter.drawConvexPolygon(
        QPolygonF{tip, tip - 6.0 * along + 3.0 * aside, tip - 6.0 * along - 3.0 * aside});
}

void paintArrow(QPainter& painter, const QPainterPath& path, const QPen& pen)
{
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.color());
    const QPointF tip = path.currentPosition();
    paintHead(painter, tip, tip - path.pointAtPercent(0.9));
}

void paintArrows(QPainter& painter, const GraphState& state, std::int64_t t)
{
    const Theme& theme = Theme::current();
    for (const Connection& connection : state.connections) {
        const bool across = connection.isAcrossTime();
        if (across && (t < 2 || t <= state.frame->firstStep))
            continue;
        const bool atCut = across && state.isCut() && t == state.cutStep();
        const bool faint = state.isBeyondCut(t) || t > state.newest();
        QPen pen = theme.pen(atCut ? theme.cut : faint ? theme.line : theme.textSecondary, 1.3);
        if (atCut)
            pen.setDashPattern({3.0, 2.5});
        paintArrow(painter, blockArrow(state.layout, connection, connection.receivingStep(t)), pen);
    }
}

/// Slices of the units: activation, and at the right edge delta. False: nothing is computed yet.
bool paintSlices(QPainter& painter, const GraphState& state, std::int64_t t, int level, const SignRamp& ramp)
{
    const QRectF block = state.layout.block(t, level);
    bool any = false;
    for (int unit = 0; unit < state.layout.units(level); ++unit) {
        const UnitId id{t, level, unit};
        const QRectF slice = state.layout.cell(id);
        const std::optional<double> value = state.value(id);
        if (!value)
            continue;
        any = true;
        painter.fillRect(
            slice, QColor::fromRgb(ramp.at(*value / state.scales.value[static_cast<std::size_t>(level)])));
        if (const auto delta = state.delta(id)) {
            const double width = deltaShare * block.width();
            painter.fillRect(QRectF(slice.right() - width, slice.top(), width, slice.height()),
                             QColor::fromRgb(ramp.at(*delta / state.scales.delta)));
        }
    }
    return any;
}

void paintLetter(QPainter& painter, const QRectF& block, const QString& name, bool faint)
{
    const Theme& theme = Theme::current();
    QFont font = theme.mathFont(theme.textSize);
    font.setItalic(true);
    painter.setFont(font);
    const double reach = std::min(block.width() / 2 - 1.0, 10.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.card);
    painter.drawEllipse(block.center(), reach, reach);
    painter.setPen(faint ? theme.textSecondary : theme.text);
    painter.drawText(QRectF(block.center() - QPointF(20, 12), QSizeF(40, 22)), Qt::AlignCenter, name);
}

} // namespace

QString blockName(const GraphState& state, int level)
{
    if (level == 0)
        return QStringLiteral("x");
    const auto& layers = state.frame->network->layers();
    const bool remembers = layers[static_cast<std::size_t>(level - 1)].isRecurrent;
    const auto isAlike = [remembers](const Layer& layer) { return layer.isRecurrent == remembers; };
    const QString letter = remembers ? QStringLiteral("f") : QStringLiteral("g");
    if (std::count_if(layers.begin(), layers.end(), isAlike) == 1)
        return letter;
    const auto number = std::count_if(layers.begin(), layers.begin() + level, isAlike);
    return letter + QChar(static_cast<char16_t>(0x2080 + number % 10));
}

QPainterPath blockArrow(const GraphLayout& layout, const Connection& connection, std::int64_t t)
{
    const QRectF to = layout.block(t, connection.to);
    const QRectF from = layout.block(t - connection.lag, connection.from);
    if (connection.isAcrossTime()) {
        const bool forward = connection.lag > 0;
        const QPointF start(forward ? from.right() : from.left(), from.center().y());
        const QPointF end(forward ? to.left() : to.right(), to.center().y());
        QPainterPath path(start);
        const QPointF half((end.x() - start.x()) / 2, 0);
        path.cubicTo(start + half, end - half, end);
        return path;
    }
    const QPointF start(from.center().x(), from.top());
    const QPointF end(to.center().x(), to.bottom());
    QPainterPath path(start);
    if (std::abs(connection.to - connection.from) <= 1) {
        path.lineTo(end);
    } else { // around the block between
        const QPointF aside(arcSide(connection) * 0.8 * to.width(), 0);
        path.cubicTo(start + aside, end + aside, end);
    }
    return path;
}

void paintStepBlocks(QPainter& painter, const GraphState& state, std::int64_t t)
{
    const Theme& theme = Theme::current();
    const GraphLayout& layout = state.layout;
    const bool faint = state.isBeyondCut(t) || t > state.newest();
    const SignRamp ramp(theme, state.isBeyondCut(t) ? fadedBlock : t > state.newest() ? ghostBlock : 1.0);
    paintArrows(painter, state, t);
    for (int level = 0; level < layout.levels(); ++level) {
        const QRectF block = layout.block(t, level);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(block, theme.card);
        const bool any = paintSlices(painter, state, t, level, ramp);
        QPen pen = theme.pen(faint ? theme.line : theme.outline, 1.2);
        if (!any)
            pen.setDashPattern({2.6, 2.6});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(block);
        if (block.width() >= smallestLetterWidth)
            paintLetter(painter, block, blockName(state, level), faint);
    }
    painter.setRenderHint(QPainter::Antialiasing);
}

} // namespace chronograd
