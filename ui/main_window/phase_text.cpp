#include "ui/main_window/phase_text.h"

#include "core/explain/explain.h"
#include "core/explain/notation.h"
#include "core/explain/partial_sum.h"
#include "core/training/loss.h"
#include "ui/theme/formula_number.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace chronograd {

namespace {

struct PhaseText
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::PhaseText)
};

QString whole(std::int64_t number)
{
    return groupingLocale().toString(qlonglong{number});
}

QString shown(double value)
{
    return formulaNumberText(value, Reading::current().digits);
}

const Layer& layerAtWork(const Frame& frame)
{
    return frame.network->layers()[std::size_t(frame.position.layer)];
}

bool isForward(const Position& position)
{
    return position.phase == Phase::Forward;
}

/// "forward: hidden 3 at t = 15"; where there is little room "→ hidden 3"
QString unitAtWork(const Frame& frame, const Position& stop, Room room)
{
    const QString unit = PhaseText::tr("%1 %2").arg(QString::fromStdString(layerAtWork(frame).spec.name),
                                                    whole(stop.unit + 1));
    if (room == Room::Little)
        return (isForward(stop) ? QStringLiteral("→ ") : QStringLiteral("← ")) + unit;
    return PhaseText::tr("%1: %2 at t = %3")
        .arg(isForward(stop) ? PhaseText::tr("forward") : PhaseText::tr("backward"), unit, whole(stop.at));
}

/// "δ", or "δ_f" of a gate; "net", "c", "h": where the unit and the time have been told already.
QString letterOf(const Quantity& quantity, const Network& network)
{
    const Symbol symbol = Notation(network).symbol(quantity);
    QString letter = QString::fromStdString(symbol.base);
    if (symbol.subscript.find("hn,") != std::string::npos)
        return letter + QStringLiteral("_hn");
    const Slot& slot = network.program().slotTable[std::size_t(quantity.slot)];
    const auto gates = gateNames(network.layers()[std::size_t(slot.layer)].spec.cell);
    if (slot.blocks > 1 && !gates.empty())
        letter += QStringLiteral("_") + QLatin1String(gates[std::size_t(quantity.unit / slot.blockUnits())]);
    const bool isTurned = quantity.kind == QuantityKind::Delta && letter.startsWith(u'∂') &&
                          Reading::current().sign == SignConvention::ErrorSignal;
    return isTurned ? QStringLiteral("−") + letter : letter;
}

/// "net = 0.31", or nothing where it is not there: a softmax waits for the whole layer.
QString numberAtWork(const Frame& frame, const Quantity& quantity, Room room)
{
    if (!hasQuantity(frame, quantity))
        return {};
    const double value = valueOf(frame, quantity, Reading::current().sign);
    return QStringLiteral("%1 = %2").arg(letterOf(quantity, *frame.network),
                                         room == Room::Little ? compactNumber(value) : shown(value));
}

/// What a unit is made of, in the order of computing.
std::vector<Quantity> numbersOf(const Frame& frame, const Position& stop)
{
    const Layer& layer = layerAtWork(frame);
    std::vector<Quantity> numbers;
    const auto add = [&](SlotId slot, int block = 0) {
        Quantity quantity;
        quantity.kind = isForward(stop) ? QuantityKind::Slot : QuantityKind::Delta;
        quantity.slot = slot;
        quantity.unit = stop.unit + block * layer.units;
        quantity.t = stop.at;
        numbers.push_back(quantity);
    };
    const auto gates = gateNames(layer.spec.cell);
    if (!isForward(stop))
        add(layer.error());
    else if (gates.empty() && layer.hasNet())
        add(layer.net);
    for (std::size_t gate = 0; gate < gates.size(); ++gate) {
        if (isForward(stop))
            add(*frame.network->findSlot(stop.layer, gates[gate]));
        else
            add(layer.net, int(gate));
    }
    if (const auto cell = frame.network->findSlot(stop.layer, "cell"); cell && isForward(stop))
        add(*cell);
    if (isForward(stop))
        add(layer.output);
    return numbers;
}

/// "net = 0.31, h = 0.3004"; backward "δ = 0.0213"
QString unitNumbers(const Frame& frame, const Position& stop, Room room)
{
    QStringList parts;
    for (const Quantity& quantity : numbersOf(frame, stop))
        if (const QString text = numberAtWork(frame, quantity, room); !text.isEmpty())
            parts << text;
    return parts.join(QStringLiteral(", "));
}

/// The gate that a sum is the weighted input of: ", gate f"; of other cells nothing.
QString gateOf(const Frame& frame, const Quantity& sum)
{
    const Slot& slot = frame.network->program().slotTable[std::size_t(sum.slot)];
    const auto gates = gateNames(frame.network->layers()[std::size_t(slot.layer)].spec.cell);
    if (sum.kind != QuantityKind::Slot || gates.empty())
        return {};
    if (slot.blocks == 1) // what the reset gate multiplies
        return PhaseText::tr(", from the state before");
    const QString letter = QLatin1String(gates[std::size_t(sum.unit / slot.blockUnits())]);
    const bool isCandidate = letter == u'g' || letter == u'n';
    return isCandidate ? PhaseText::tr(", candidate %1").arg(letter) : PhaseText::tr(", gate %1").arg(letter);
}

/// Is a delta more than the sum of what comes back: f′ · ∂L/∂out?
bool hasSlope(const Frame& frame, const Position& stop)
{
    const Layer& layer = layerAtWork(frame);
    const bool isFused = stop.layer + 1 == frame.layers() && lossActsOnNet(frame.settings.loss);
    return !isForward(stop) && layer.hasNet() && !layer.isGated() && !isFused &&
           layer.spec.activation.kind != Activation::Identity;
}

/// What a sum gives that is complete: "net = 0.31, h = 0.3004", "δ = f′·Σ = 0.0213"
QString resultOf(const Frame& frame, const Position& stop, const PartialSum& sum, Room room)
{
    const bool isUnitDone = stop.term == stop.terms && !(isForward(stop) && layerAtWork(frame).isGated());
    if (!isUnitDone)
        return QStringLiteral("%1 = %2").arg(letterOf(sum.of, *frame.network), shown(sum.sum));
    const QString numbers = unitNumbers(frame, stop, room);
    return hasSlope(frame, stop) && room == Room::Enough
               ? QString(numbers).replace(QStringLiteral("δ ="), QStringLiteral("δ = f′·Σ ="))
               : numbers;
}

/// "forward: hidden 3 at t = 15, term 2 of 9: W_h,32·h_2(14) = 0.5·0.31 = 0.155", and at the end of the sum
/// what it gives: " → net = 0.31". Where there is little room "→ hidden 3, 2/9: 0.5·0.31 = 0.155".
QString termAtWork(const Frame& frame, const Position& stop, Room room)
{
    constexpr int exact = 17; // they are rounded below
    const QString unit = unitAtWork(frame, stop, room);
    const std::optional<PartialSum> sum = partialSum(frame, Reading::current().sign);
    if (!sum) // nothing comes back to it, or the sequence shown has other terms than the one at work
        return QStringLiteral("%1: %2").arg(unit, unitNumbers(frame, stop, room));
    const bool isShort = room == Room::Little;
    QString words = withShownNumbers(QString::fromStdString(termText(*sum, exact)));
    if (isShort && words.count(QStringLiteral(" = ")) > 1)
        words = words.section(QStringLiteral(" = "), sum->done == sum->count ? -1 : 1);
    QString text = (isShort ? PhaseText::tr("%1%2, %3/%4: %5") : PhaseText::tr("%1%2, term %3 of %4: %5"))
                       .arg(unit, gateOf(frame, sum->of), whole(sum->done), whole(sum->count), words);
    if (sum->done == sum->count)
        text += QStringLiteral(" → ") + resultOf(frame, stop, *sum, room);
    return text;
}

QString unitOrTerm(const Frame& frame, const Position& stop, Room room)
{
    const bool isOneTerm = frame.stepped == Granularity::Term || stop.term < stop.terms;
    return isOneTerm
               ? termAtWork(frame, stop, room)
               : QStringLiteral("%1: %2").arg(unitAtWork(frame, stop, room), unitNumbers(frame, stop, room));
}

/// "update: hidden.W_h[3,2] changes by 0.0034"; stepped by units "update: row 3 of hidden.W_h changes by …"
QString weightsAtWork(const Frame& frame, const Position& stop)
{
    constexpr int mostChanges = 6;
    const ParameterView& view = frame.network->parameters()[stop.parameter];
    const bool isRow = frame.stepped == Granularity::Unit && view.columns > 1;
    Quantity weight;
    weight.kind = QuantityKind::Weight;
    weight.parameter = stop.parameter;
    weight.row = stop.unit;
    weight.column = stop.term - 1;
    const QString name =
        isRow ? PhaseText::tr("row %1 of %2").arg(whole(stop.unit + 1), QString::fromStdString(view.name))
              : QString::fromStdString(quantityText(weight, *frame.network));
    weight.kind = QuantityKind::Change;
    QStringList changes;
    for (weight.column = isRow ? 0 : stop.term - 1; weight.column < stop.term; ++weight.column)
        changes << (changes.size() < mostChanges ? shown(valueOf(frame, weight)) : QStringLiteral("…"));
    changes.resize(std::min<qsizetype>(changes.size(), mostChanges + 1));
    const QString text = stop.phase == Phase::Updated ? PhaseText::tr("update, the last: %1 changes by %2")
                                                      : PhaseText::tr("update: %1 changes by %2");
    return text.arg(name, changes.join(QStringLiteral("; ")));
}

QString passAtWork(const Frame& frame)
{
    const Position& position = frame.position;
    const QString at = whole(position.at);
    const QString pass = isForward(position) ? PhaseText::tr("forward pass") : PhaseText::tr("backward pass");
    if (frame.stepped == Granularity::Pass && frame.sinceLast.length() > 1 && isForward(position))
        return PhaseText::tr("forward pass: t = %1 … %2").arg(whole(frame.sinceLast.from), at);
    if (frame.stepped == Granularity::Pass && frame.window.length() > 1 && !isForward(position))
        return PhaseText::tr("backward pass: from t = %1 back to t = %2").arg(whole(frame.window.to), at);
    const bool isLayer = position.layer >= 0 && position.layer < frame.layers() &&
                         frame.stepped != Granularity::TimeStep && frame.stepped != Granularity::Pass;
    return isLayer ? PhaseText::tr("%1: %2 layer at t = %3")
                         .arg(pass, QString::fromStdString(layerAtWork(frame).spec.name), at)
                   : PhaseText::tr("%1: t = %2").arg(pass, at);
}

} // namespace

QString phaseText(const Frame& frame, Room room)
{
    const Position stop = stopOf(frame);
    switch (frame.position.phase) {
    case Phase::Ready:
        return PhaseText::tr("ready: nothing computed yet");
    case Phase::Forward:
    case Phase::Backward:
        return stop.isInside() ? unitOrTerm(frame, stop, room) : passAtWork(frame);
    case Phase::Updating:
    case Phase::Updated:
        return stop.isInside() ? weightsAtWork(frame, stop)
                               : PhaseText::tr("weights updated after t = %1").arg(whole(frame.position.t));
    case Phase::Finished:
        return PhaseText::tr("training has ended");
    }
    return {};
}

} // namespace chronograd
