#include "ui/graph/warning_marks.h"

#include "ui/graph/graph_state.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>

namespace chronograd {

namespace {

constexpr double half = 6.5; ///< Of the sign.
constexpr double leastRadius = 9.0;

struct WarningMarks
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::WarningMarks)
};

bool isOfBracket(const Warning& warning)
{
    return warning.setting == Setting::K1 || warning.setting == Setting::K2;
}

template<typename IsThere>
QString wordsOf(const GraphState& state, const IsThere& isThere)
{
    QStringList lines;
    for (const Warning& warning : state.warnings)
        if (isThere(warning))
            lines << WarningMarks::tr("%1: %2").arg(withShownNumbers(QString::fromStdString(warning.title)),
                                                    withShownNumbers(QString::fromStdString(warning.text)));
    return lines.join(u'\n');
}

} // namespace

QString warningsAtLevel(const GraphState& state, int level)
{
    return wordsOf(state,
                   [level](const Warning& each) { return each.layer >= 0 && each.layer + 1 == level; });
}

QString warningsAtLoss(const GraphState& state)
{
    return wordsOf(state, [](const Warning& each) { return each.layer < 0 && !isOfBracket(each); });
}

QString warningsAtBracket(const GraphState& state, Setting setting)
{
    return wordsOf(state,
                   [setting](const Warning& each) { return each.layer < 0 && each.setting == setting; });
}

void paintWarningSign(QPainter& painter, QPointF middle)
{
    const Theme& theme = Theme::current();
    painter.setPen(theme.pen(theme.warningText, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(theme.warningGround);
    painter.drawConvexPolygon(QPolygonF{middle + QPointF(0, -half), middle + QPointF(half, half - 1),
                                        middle + QPointF(-half, half - 1)});
    painter.drawLine(middle + QPointF(0, -2), middle + QPointF(0, 1.5));
    painter.drawPoint(middle + QPointF(0, 3.5));
}

void paintWarnedUnits(QPainter& painter, const GraphState& state)
{
    const std::int64_t t = state.playhead();
    if (!state.layout.hasUnits() || state.layout.isCells() || t < 1)
        return;
    for (const Warning& warning : state.warnings) {
        const int level = warning.layer + 1;
        const auto count = static_cast<int>(warning.units.size());
        // Of a whole layer its row says enough, and small units would be hidden.
        if (level < 1 || count >= state.layout.units(level) || state.layout.radius(level) < leastRadius)
            continue;
        const double aside = state.layout.radius(level);
        for (const int unit : warning.units)
            paintWarningSign(painter, state.layout.center({t, level, unit}) - QPointF(aside, aside));
    }
}

} // namespace chronograd
