#include "ui/graph/graph_state.h"

#include "ui/theme/reading.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace chronograd {

bool GraphState::ask(const SettingChange& change)
{
    if (change.setting != Setting::K1 && change.setting != Setting::K2)
        return false;
    (change.setting == Setting::K1 ? k1Asked : k2Asked) = std::get<StepCount>(change.value);
    return true;
}

std::optional<StepCount> GraphState::asked(Setting setting) const
{
    if (dragged && dragged->setting == setting)
        return std::get<StepCount>(dragged->value);
    return setting == Setting::K1 ? k1Asked : k2Asked;
}

bool GraphState::isPending(Setting setting) const
{
    return setting == Setting::K1 ? k1() != frame->settings.k1 : k2() != frame->settings.k2;
}

std::int64_t GraphState::newest() const
{
    if (!frame)
        return 0;
    const std::int64_t at = frame->position.phase == Phase::Forward ? frame->position.at : 0;
    return std::max(frame->position.t, at);
}

bool GraphState::isToCome(std::int64_t t) const
{
    return frame && frame->holds(t) && t > newest();
}

std::int64_t GraphState::playhead() const
{
    return frame && frame->position.phase == Phase::Backward && frame->position.at > 0 ? frame->position.at
                                                                                       : newest();
}

Window GraphState::window() const
{
    Window window = frame->window;
    if (const auto k2 = asked(Setting::K2); k2 && window.length() > 0)
        window.from = std::max<std::int64_t>(1, window.to - k2->in(layout.steps()) + 1);
    return window;
}

bool GraphState::isBeyondCut(std::int64_t t) const
{
    return frame && frame->window.length() > 0 && t < window().from;
}

bool GraphState::isCut() const
{
    return frame && isRecurrent() && frame->window.length() > 0 && window().from > 1;
}

bool GraphState::isInjected(std::int64_t t) const
{
    return std::find(frame->injected.begin(), frame->injected.end(), t) != frame->injected.end();
}

bool GraphState::isSumCovered(const Quantity& weight) const
{
    return coversSums && !frame->hasChange(weight.parameter, weight.row, weight.column);
}

bool GraphState::isRecurrent() const
{
    return std::any_of(connections.begin(), connections.end(),
                       [](const Connection& connection) { return connection.isAcrossTime(); });
}

bool GraphState::cellsShowDeltas() const
{
    return quantity == EdgeQuantity::Share || quantity == EdgeQuantity::Update;
}

SlotId GraphState::outputSlot(int level) const
{
    return level == 0 ? frame->network->inputSlot()
                      : frame->network->layers()[static_cast<std::size_t>(level - 1)].output;
}

std::optional<double> GraphState::value(const UnitId& unit) const
{
    const SlotId slot = outputSlot(unit.level);
    if (!frame->holds(unit.t) || !frame->hasUnitValue(slot, unit.unit, unit.t))
        return std::nullopt;
    return frame->value(slot, unit.unit, unit.t);
}

std::optional<double> GraphState::delta(const UnitId& unit) const
{
    if (unit.level == 0 || !frame->holds(unit.t) || !frame->window.contains(unit.t))
        return std::nullopt;
    const SlotId slot = frame->network->layers()[static_cast<std::size_t>(unit.level - 1)].error();
    if (!frame->hasUnitDelta(slot, unit.unit, unit.t))
        return std::nullopt;
    return signedDelta(frame->delta(slot, unit.unit, unit.t));
}

std::optional<double> GraphState::stepLoss(std::int64_t t) const
{
    if (!frame->holds(t))
        return std::nullopt;
    const double loss = frame->stepLoss[static_cast<std::size_t>(t - frame->firstStep)];
    return std::isnan(loss) ? std::nullopt : std::optional(loss);
}

bool GraphState::hasTarget(std::int64_t t) const
{
    return frame->holds(t) && frame->hasTarget[static_cast<std::size_t>(t - frame->firstStep)] != 0;
}

QString GraphState::levelName(int level) const
{
    if (level == 0)
        return QCoreApplication::translate("chronograd::GraphView", "input");
    return QString::fromStdString(frame->network->layers()[static_cast<std::size_t>(level - 1)].spec.name);
}

} // namespace chronograd
