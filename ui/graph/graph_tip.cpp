#include "ui/graph/graph_tip.h"

#include "core/analysis/share.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/weight_arrows.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>
#include <QStringList>

namespace chronograd {

namespace {

constexpr const char* tipContext = "chronograd::GraphTip";

struct GraphTip
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::GraphTip)
};

QString rich(const QString& title, const QStringList& lines)
{
    return QStringLiteral("<b>%1</b><br>%2").arg(title, lines.join(QStringLiteral("<br>")));
}

/// "i 0.52, f 0.49, g −0.13, o 0.5, cell 0.21"
QString gateLine(const GraphState& state, const Layer& layer, const UnitId& unit)
{
    const Network& network = *state.frame->network;
    QStringList parts;
    const auto add = [&](const char* name) {
        if (const auto slot = network.findSlot(unit.level - 1, name))
            parts << QStringLiteral("%1 %2").arg(QLatin1String(name),
                                                 exactNumber(state.frame->value(*slot, unit.unit, unit.t)));
    };
    for (const char* gate : gateNames(layer.spec.cell))
        add(gate);
    add("cell");
    return parts.join(QStringLiteral(", "));
}

QStringList unitLines(const GraphState& state, const UnitId& unit)
{
    const std::optional<double> value = state.value(unit);
    const std::optional<double> delta = state.delta(unit);
    QStringList lines;
    const bool isLater = unit.level == 0 && unit.t > state.frame->lastStep;
    lines << (value     ? GraphTip::tr("value %1").arg(exactNumber(*value))
              : isLater ? GraphTip::tr("comes with a later update; its input can be changed then")
                        : GraphTip::tr("not computed yet in this pass"));
    if (state.isToCome(unit.t))
        lines << GraphTip::tr("a step to come: its input and its target can be changed");
    const Layer* layer =
        unit.level > 0 ? &state.frame->network->layers()[static_cast<std::size_t>(unit.level - 1)] : nullptr;
    if (value && layer != nullptr && layer->isGated())
        lines << gateLine(state, *layer, unit);
    if (delta)
        lines << deltaDefinition(Reading::current().sign, layer->error() == layer->net && layer->hasNet()
                                                              ? QStringLiteral("net")
                                                              : QStringLiteral("h")) +
                     QStringLiteral(" = ") + exactNumber(*delta);
    else if (unit.level > 0 && value && state.isBeyondCut(unit.t))
        lines << GraphTip::tr("no δ: beyond the cut, state used, gradient cut");
    else if (unit.level > 0 && value)
        lines << GraphTip::tr("no δ yet in this pass");
    return lines;
}

QStringList lossLines(const GraphState& state, std::int64_t t)
{
    const std::optional<double> loss = state.stepLoss(t);
    QStringList lines{loss ? GraphTip::tr("value %1").arg(exactNumber(*loss))
                           : GraphTip::tr("not computed yet in this pass")};
    if (state.isInjected(t))
        lines << GraphTip::tr("enters the update");
    return lines;
}

QString lossName(std::int64_t t)
{
    return GraphTip::tr("loss at t = %1").arg(t);
}

/// All copies of a weight: their shares and the sum.
QString weightTip(const GraphState& state, const Quantity& quantity)
{
    const ShareSum sum = sumOfShares(*state.frame, quantity.parameter, quantity.row, quantity.column);
    const ParameterView& view = state.frame->network->parameters()[quantity.parameter];
    QStringList lines;
    lines << GraphTip::tr("one weight, the same in every copy");
    lines << (sum.steps == 0 ? GraphTip::tr("no shares of the gradient yet in this pass")
              : state.isSumCovered(quantity)
                  ? counted(tipContext, "the sum of %n share of the gradient is asked for",
                            "the sum of %n shares of the gradient is asked for", sum.steps)
                  : counted(tipContext, "sum of %n share of the gradient: %1",
                            "sum of %n shares of the gradient: %1", sum.steps)
                        .arg(exactNumber(sum.sum)));
    if (const auto arrows = weightArrows(*state.frame, quantity); arrows && arrows->velocity) {
        const QString number = exactNumber(arrows->velocity->value);
        lines << (arrows->isMoment ? GraphTip::tr("first moment after the update: %1").arg(number)
                                   : GraphTip::tr("velocity after the update: %1").arg(number));
        lines << GraphTip::tr("arrows: the gradient, then this; longest is the greatest of the matrix");
    }
    return rich(GraphTip::tr("%1[%2,%3]")
                    .arg(QString::fromStdString(view.name))
                    .arg(quantity.row + 1)
                    .arg(quantity.column + 1),
                lines);
}

QString edgeTip(const GraphState& state, const EdgeId& edge)
{
    const Frame& frame = *state.frame;
    const Connection& connection = *edge.connection;
    const ParameterView& view = frame.network->parameters()[connection.term.weight];
    const auto at = static_cast<Eigen::Index>(view.at(edge.weightRow(), edge.column));
    QStringList lines;
    lines << GraphTip::tr("from %1 to %2")
                 .arg(unitName(state, {edge.t - connection.lag, connection.from, edge.column}),
                      unitName(state, {edge.t, connection.to, edge.row}));
    lines << (frame.updateDone ? GraphTip::tr("weight %1 → %2 (Δw = %3)")
                                     .arg(exactNumber(frame.before[at]), exactNumber(frame.after[at]),
                                          exactNumber(frame.change[at]))
                               : GraphTip::tr("weight %1").arg(exactNumber(frame.before[at])));
    if (hasEdgeValues(frame, connection, EdgeQuantity::Share, edge.t))
        lines << GraphTip::tr("share of the gradient at t = %1: %2")
                     .arg(edge.t)
                     .arg(exactNumber(
                         share(frame, connection.term.weight, edge.weightRow(), edge.column, edge.t)));
    return rich(GraphTip::tr("%1[%2,%3]")
                    .arg(QString::fromStdString(view.name))
                    .arg(edge.weightRow() + 1)
                    .arg(edge.column + 1),
                lines);
}

} // namespace

QString unitName(const GraphState& state, const UnitId& unit)
{
    return GraphTip::tr("%1 %2 at t = %3").arg(state.levelName(unit.level)).arg(unit.unit + 1).arg(unit.t);
}

QString unitSentence(const GraphState& state, const UnitId& unit)
{
    return unitName(state, unit) + QStringLiteral(": ") + unitLines(state, unit).join(QStringLiteral(", "));
}

QString lossSentence(const GraphState& state, std::int64_t t)
{
    return lossName(t) + QStringLiteral(": ") +
           (state.hasTarget(t) ? lossLines(state, t).join(QStringLiteral(", "))
                               : GraphTip::tr("no target, no loss"));
}

QString cutSentence(const GraphState& state)
{
    if (!state.isCut())
        return {};
    const std::int64_t first = state.cutStep();
    return GraphTip::tr("The cut: step %1 uses the state of step %2, but no gradient goes back through it. "
                        "What happened up to t = %2 changes no weight in this update.")
        .arg(first)
        .arg(first - 1);
}

QString tipText(const GraphState& state, const Quantity& quantity)
{
    if (const auto unit = unitOf(state, quantity))
        return rich(unitName(state, *unit), unitLines(state, *unit));
    if (quantity.kind == QuantityKind::StepLoss || quantity.kind == QuantityKind::Target)
        return rich(lossName(quantity.t), lossLines(state, quantity.t));
    const auto edge = edgeOf(state, quantity);
    if (edge && edge->t == 0)
        return weightTip(state, quantity);
    if (edge)
        return edgeTip(state, *edge);
    return {};
}

} // namespace chronograd
