#include "ui/inspector/quantity_words.h"

#include "core/network/parameter_use.h"
#include "ui/inspector/gate_words.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::QuantityWords)
};

QString layerName(const Network& network, int layer)
{
    return QString::fromStdString(network.layers()[static_cast<std::size_t>(layer)].spec.name);
}

/// "input 2", "hidden unit 3"
QString unitName(SlotId slot, int unit, const Network& network)
{
    const Slot& found = network.program().slotTable[static_cast<std::size_t>(slot)];
    if (found.layer < 0)
        return Words::tr("input %1").arg(unit + 1);
    const QString name =
        Words::tr("%1 unit %2").arg(layerName(network, found.layer)).arg(unit % found.blockUnits() + 1);
    const auto gates = gateNames(network.layers()[static_cast<std::size_t>(found.layer)].spec.cell);
    if (found.blocks == 1 || gates.empty())
        return name;
    return Words::tr("%1 of %2")
        .arg(gateWord(gates[static_cast<std::size_t>(unit / found.blockUnits())]), name);
}

/// "W_h[3,2]" or "b[3]"
QString weightName(Quantity quantity, const Network& network)
{
    quantity.kind = QuantityKind::Weight;
    return QString::fromStdString(quantityText(quantity, network)).section(u'.', 1);
}

QString ofWeight(const QString& what, const Quantity& quantity, const Network& network)
{
    return Words::tr("%1 of %2 of %3")
        .arg(what, weightName(quantity, network),
             layerName(network, network.parameters()[quantity.parameter].layer));
}

QString atTime(const QString& what, std::int64_t t)
{
    return Words::tr("%1 at t = %2").arg(what).arg(t);
}

} // namespace

bool hasTime(const Quantity& quantity)
{
    switch (quantity.kind) {
    case QuantityKind::Slot:
    case QuantityKind::Delta:
    case QuantityKind::Target:
    case QuantityKind::StepLoss:
    case QuantityKind::WeightAt:
    case QuantityKind::Share:
        return true;
    default:
        return false;
    }
}

bool isOfWeight(const Quantity& quantity)
{
    return quantity.kind >= QuantityKind::Weight;
}

bool fits(const Quantity& quantity, const Network& network)
{
    const auto in = [](int index, int count) { return index >= 0 && index < count; };
    switch (quantity.kind) {
    case QuantityKind::Slot:
    case QuantityKind::Delta: {
        const auto& table = network.program().slotTable;
        return in(quantity.slot, static_cast<int>(table.size())) &&
               in(quantity.unit, table[static_cast<std::size_t>(quantity.slot)].units);
    }
    case QuantityKind::Target:
        return in(quantity.unit, network.outputs());
    case QuantityKind::StepLoss:
    case QuantityKind::Loss:
    case QuantityKind::GradientNorm:
        return true;
    default: {
        if (!in(quantity.parameter, static_cast<int>(network.parameters().views().size())))
            return false;
        const ParameterView& view = network.parameters()[quantity.parameter];
        return in(quantity.row, view.rows) && in(quantity.column, view.columns);
    }
    }
}

QString titleOf(const Quantity& quantity, const Network& network)
{
    switch (quantity.kind) {
    case QuantityKind::Slot:
    case QuantityKind::Delta:
        return atTime(unitName(quantity.slot, quantity.unit, network), quantity.t);
    case QuantityKind::Target:
        return atTime(Words::tr("target %1").arg(quantity.unit + 1), quantity.t);
    case QuantityKind::StepLoss:
        return atTime(Words::tr("loss"), quantity.t);
    case QuantityKind::Loss:
        return Words::tr("loss of the update");
    case QuantityKind::GradientNorm:
        return Words::tr("norm of the whole gradient");
    default:
        return Words::tr("weight %1 of %2")
            .arg(weightName(quantity, network),
                 layerName(network, network.parameters()[quantity.parameter].layer));
    }
}

QString pathOf(const Quantity& quantity, const Network& network)
{
    for (const ParameterUse& use : usesOf(network, quantity.parameter)) {
        if (!use.contains(quantity.row))
            continue;
        const ParameterView& view = network.parameters()[quantity.parameter];
        const SlotId net = network.layers()[static_cast<std::size_t>(view.layer)].net;
        // A gate is named by the row of the weight: also where its product has a result of its own.
        const QString to = view.blocks > 1 ? unitName(net, quantity.row, network)
                                           : unitName(use.result, use.unit(quantity.row), network);
        if (!use.source)
            return Words::tr("bias of %1, the same at every step").arg(to);
        const QString from = unitName(use.source->slot, quantity.column, network);
        switch (use.source->lag) {
        case 0:
            return Words::tr("from %1 to %2, the same at every step").arg(from, to);
        case 1:
            return Words::tr("from %1 at t − 1 to %2 at t, the same at every step").arg(from, to);
        default:
            return Words::tr("from %1 at t + 1 to %2 at t, the same at every step").arg(from, to);
        }
    }
    return {};
}

namespace {

QString deltaWords(const Quantity& delta, const Network& network, SignConvention sign)
{
    return (sign == SignConvention::Derivative ? Words::tr("delta of %1") : Words::tr("error signal of %1"))
        .arg(titleOf(delta, network));
}

} // namespace

QString wordsFor(const Quantity& quantity, const Network& network, SignConvention sign)
{
    if (quantity.kind != QuantityKind::Delta)
        return wordsFor(quantity, network);
    const QString definition =
        deltaDefinition(sign).replace(u' ', QChar(QChar::Nbsp)); // not to be broken in two
    return u"%1 (%2)"_s.arg(deltaWords(quantity, network, sign), definition);
}

QString wordsFor(const Quantity& quantity, const Network& network)
{
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return Words::tr("%1 of %2").arg(slotWord(quantity.slot, network), titleOf(quantity, network));
    case QuantityKind::Delta:
        return deltaWords(quantity, network, Reading::current().sign);
    case QuantityKind::Target:
    case QuantityKind::StepLoss:
    case QuantityKind::Loss:
    case QuantityKind::GradientNorm:
        return titleOf(quantity, network);
    case QuantityKind::Weight:
        return titleOf(quantity, network);
    case QuantityKind::WeightAt:
        return Words::tr("%1, as it was at t = %2").arg(titleOf(quantity, network)).arg(quantity.t);
    case QuantityKind::Share:
        return atTime(ofWeight(Words::tr("share of the gradient"), quantity, network), quantity.t);
    case QuantityKind::Gradient:
        return ofWeight(Words::tr("gradient"), quantity, network);
    case QuantityKind::VelocityBefore:
        return ofWeight(Words::tr("velocity before the update"), quantity, network);
    case QuantityKind::Velocity:
        return ofWeight(Words::tr("velocity"), quantity, network);
    case QuantityKind::FirstMomentBefore:
        return ofWeight(Words::tr("first moment before the update"), quantity, network);
    case QuantityKind::FirstMoment:
        return ofWeight(Words::tr("first moment"), quantity, network);
    case QuantityKind::SecondMomentBefore:
        return ofWeight(Words::tr("second moment before the update"), quantity, network);
    case QuantityKind::SecondMoment:
        return ofWeight(Words::tr("second moment"), quantity, network);
    case QuantityKind::MeanSquareBefore:
        return ofWeight(Words::tr("mean square before the update"), quantity, network);
    case QuantityKind::MeanSquare:
        return ofWeight(Words::tr("mean square"), quantity, network);
    case QuantityKind::Change:
        return ofWeight(Words::tr("change"), quantity, network);
    case QuantityKind::After:
        return ofWeight(Words::tr("new value"), quantity, network);
    }
    return {};
}

QString absenceOf(const Quantity& quantity, const Frame& frame)
{
    const bool beforeCut = hasTime(quantity) && quantity.t < frame.window.from;
    switch (quantity.kind) {
    case QuantityKind::Slot:
        if (quantity.t < frame.firstStep)
            return Words::tr("This is where the picture begins: the state was read from the step before.");
        return Words::tr("Not computed yet: the forward pass has not reached this unit.");
    case QuantityKind::Delta:
        if (beforeCut)
            return Words::tr(
                       "Cut: k2 reaches back to t = %1. The state of this step is used, its gradient is not.")
                .arg(frame.window.from);
        if (frame.position.phase == Phase::Backward)
            return Words::tr("Not computed yet: the backward pass is at t = %1 and comes here next.")
                .arg(frame.position.at);
        return Words::tr("Not computed yet: the backward pass begins when the update is due.");
    case QuantityKind::Target:
    case QuantityKind::StepLoss:
        if (frame.holds(quantity.t) &&
            !frame.hasTarget[static_cast<std::size_t>(quantity.t - frame.firstStep)])
            return Words::tr("There is no target at this step, so it has no loss.");
        return Words::tr("Not computed yet: the forward pass has not reached this step.");
    case QuantityKind::Loss:
        return Words::tr("Not computed yet: the loss of an update is known when the update is due.");
    case QuantityKind::Share:
        if (beforeCut)
            return Words::tr("Cut: k2 reaches back to t = %1, so this step adds nothing.")
                .arg(frame.window.from);
        return Words::tr("Not computed yet: the share needs the delta of this step.");
    case QuantityKind::Velocity:
        if (keepsSquares(frame.settings.optimizer))
            return Words::tr("This optimizer keeps no velocity.");
        [[fallthrough]];
    case QuantityKind::GradientNorm:
    case QuantityKind::Gradient:
    case QuantityKind::Change:
    case QuantityKind::After:
        return Words::tr("Not computed yet: update %1 is still being gathered.").arg(frame.update);
    default:
        return Words::tr("This number is not in the picture.");
    }
}

Quantity followed(const Quantity& quantity, const Frame& frame)
{
    Quantity result = quantity;
    if (hasTime(quantity) && !frame.holds(quantity.t) && frame.lastStep >= frame.firstStep)
        result.t = std::clamp(frame.position.t, frame.firstStep, frame.lastStep);
    return result;
}

} // namespace chronograd
