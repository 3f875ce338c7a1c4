#include "ui/graph/cut_marks.h"

#include "ui/graph/share_sum.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

constexpr double smallestNamedPitch = 80.0; ///< Room for the names of the arrows at the cut.
constexpr double cutArrowRoom = 5.0;        ///< Half of an arrow, and a little.
constexpr double nameHeight = 12.0;

struct CutText
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::GraphCut)
};

/// Open scissors pointing down, drawn: no font is sure to have the sign.
void paintScissors(QPainter& painter, QPointF middle, const QColor& colour)
{
    painter.setPen(Theme::current().pen(colour, 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    for (const double side : {-1.0, 1.0}) {
        painter.drawEllipse(middle + QPointF(side * 4.2, -5.0), 2.6, 2.6);
        painter.drawLine(middle + QPointF(side * 2.8, -2.8), middle + QPointF(-side * 3.4, 7.0));
    }
}

void paintLevelArrow(QPainter& painter, QPointF from, QPointF tip)
{
    const double side = tip.x() < from.x() ? -1.0 : 1.0;
    painter.drawLine(from, tip - QPointF(side * 5.0, 0));
    const QBrush ground = painter.brush();
    painter.setBrush(painter.pen().color());
    painter.drawConvexPolygon(
        QPolygonF{tip, tip - QPointF(side * 6.0, 3.2), tip - QPointF(side * 6.0, -3.2)});
    painter.setBrush(ground);
}

/// Clear of the pill with the sum of shares, or of the line that leads to it: there between the units of two
/// steps.
void giveWay(CutArrows& arrows, const QRectF& pill, double between)
{
    const bool isAtPill = pill.left() < arrows.x + arrows.reach && pill.right() > arrows.x - arrows.reach;
    const double room = isAtPill ? pill.height() / 2 + cutArrowRoom : cutArrowRoom + 3.0;
    const double line = pill.center().y();
    const auto isTaken = [&](double top, double bottom) { return bottom > line - room && top < line + room; };
    if (isTaken(arrows.state, arrows.state)) {
        arrows.state = line - room;
        arrows.reach = std::min(arrows.reach, between);
    }
    if (isTaken(arrows.gradient, arrows.gradient)) {
        arrows.gradient = line + room;
        arrows.reach = std::min(arrows.reach, between);
    }
    if (isTaken(arrows.stateText - nameHeight, arrows.stateText))
        arrows.stateText = arrows.state - 4.0;
    if (isTaken(arrows.gradientText - nameHeight, arrows.gradientText))
        arrows.gradientText = arrows.gradient + nameHeight;
}

/// Through the gap between two levels pass the state of the upper and the error of the lower one.
void partNeighbours(CutArrows& upper, CutArrows& lower, double between)
{
    constexpr double apart = 2 * cutArrowRoom;
    if (lower.level != upper.level - 1 || lower.gradient - upper.state >= apart)
        return;
    const double middle = (upper.state + lower.gradient) / 2;
    upper.state = middle - apart / 2;
    lower.gradient = middle + apart / 2;
    upper.stateText = upper.state - 4.0;
    lower.gradientText = lower.gradient + nameHeight;
    upper.reach = std::min(upper.reach, between);
    lower.reach = std::min(lower.reach, between);
}

void paintCutArrows(QPainter& painter, const CutArrows& arrows, bool areNamed)
{
    const Theme& theme = Theme::current();
    const double x = arrows.x;
    const double above = arrows.gradient;
    painter.setPen(theme.pen(theme.cut, 1.6));
    paintLevelArrow(painter, {x + arrows.reach, above}, {x + 2.0, above});
    painter.drawLine(QPointF(x - 3.5, above - 3.5), QPointF(x + 3.5, above + 3.5));
    painter.drawLine(QPointF(x - 3.5, above + 3.5), QPointF(x + 3.5, above - 3.5));
    painter.setPen(theme.pen(theme.text, 1.4));
    paintLevelArrow(painter, {x - arrows.reach, arrows.state}, {x + arrows.reach, arrows.state});
    if (!areNamed)
        return;
    painter.setFont(theme.textFont(theme.smallSize));
    painter.drawText(QPointF(x - arrows.reach, arrows.stateText), CutText::tr("state"));
    painter.setPen(theme.cut);
    painter.drawText(QPointF(x + 8, arrows.gradientText), CutText::tr("gradient"));
}

} // namespace

std::vector<CutArrows> cutArrowsOf(const GraphState& state)
{
    const GraphLayout& layout = state.layout;
    std::vector<CutArrows> all;
    for (const Connection& connection : state.connections) {
        if (!connection.isAcrossTime() || connection.from != connection.to)
            continue;
        const int level = connection.from;
        const double unit = layout.radius(level) + layout.ringWidth(level);
        CutArrows arrows;
        arrows.level = level;
        arrows.x = layout.boundary(state.window().from - 1);
        arrows.reach = 0.42 * layout.pitch();
        arrows.gradient = layout.center({1, level, 0}).y() - unit - 4.0;
        arrows.state = layout.center({1, level, layout.units(level) - 1}).y() + unit + 4.0;
        arrows.gradientText = arrows.gradient - 5.0;
        arrows.stateText = arrows.state + nameHeight;
        all.push_back(arrows);
    }
    const auto between = [&layout](int level) {
        return layout.pitch() / 2 - layout.radius(level) - layout.ringWidth(level) - 3.0;
    };
    for (CutArrows& upper : all)
        for (CutArrows& lower : all)
            partNeighbours(upper, lower, std::min(between(upper.level), between(lower.level)));
    if (const std::optional<ShareSumMark> sum = shareSumOf(state))
        for (CutArrows& arrows : all)
            giveWay(arrows, sum->pill, between(arrows.level));
    return all;
}

void paintCut(QPainter& painter, const GraphState& state)
{
    if (!state.isCut() || !state.layout.isUnfolded())
        return;
    const Theme& theme = Theme::current();
    const double x = state.layout.boundary(state.window().from - 1);
    const double top = state.layout.cutTop();
    QPen pen = theme.pen(theme.cut, 1.4);
    pen.setDashPattern({3.5, 3.0});
    painter.setPen(pen);
    painter.drawLine(QPointF(x, top + 9), QPointF(x, state.layout.height()));
    paintScissors(painter, QPointF(x, top), theme.cut);
    if (!state.layout.hasUnits())
        return;
    for (const CutArrows& arrows : cutArrowsOf(state))
        paintCutArrows(painter, arrows, state.layout.pitch() >= smallestNamedPitch);
}

} // namespace chronograd
