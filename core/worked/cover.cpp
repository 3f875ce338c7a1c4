#include "core/worked/cover.h"

#include "core/explain/explain.h"
#include "core/explain/formula.h"
#include "core/network/unit_terms.h"

#include <limits>

namespace chronograd {

namespace {

Eigen::Index columnOf(const Frame& frame, std::int64_t t)
{
    return static_cast<Eigen::Index>(t - frame.firstStep + 1);
}

/// Rows of the layer's slots at the step at work that belong to `unit` or a later one.
void wipeUnits(const Frame& frame, std::vector<Matrix>& slots, int unit)
{
    const auto& table = frame.network->program().slotTable;
    for (std::size_t slot = 0; slot < table.size(); ++slot) {
        if (table[slot].layer != frame.position.layer)
            continue;
        for (int row = 0; row < table[slot].units; ++row)
            if (row % table[slot].blockUnits() >= unit)
                slots[slot](row, columnOf(frame, frame.position.at)) = 0.0;
    }
}

/// At the end of the unit before `unit`, as if stepped by units; or of what came before the layer.
void standBefore(Frame& frame, int unit)
{
    Position& position = frame.position;
    const bool isForward = position.phase == Phase::Forward;
    position.unit = unit - 1;
    if (unit == 0) {
        position.term = position.terms = 0;
        position.layer += isForward ? -1 : 1;
        if (position.layer == frame.layers())
            position.layer = -1;
        return;
    }
    const auto isInSweep = [&](int lag) { return frame.window.contains(position.at + lag); };
    position.terms = isForward ? termsForward(*frame.network, position.layer, unit - 1)
                               : termsBackward(*frame.network, position.layer, isInSweep);
    position.term = position.terms;
}

/// At the weight before, as if the update were stepped by terms; or at the end of the backward pass.
void standBeforeWeight(Frame& frame, const Quantity& weight)
{
    Position& position = frame.position;
    Quantity before = weight;
    if (--before.column < 0 && --before.row < 0)
        --before.parameter;
    if (before.parameter < 0) {
        position.phase = Phase::Backward;
        position.at = frame.window.from;
        position.layer = -1;
        position.parameter = position.unit = -1;
        position.term = position.terms = 0;
        return;
    }
    const ParameterView& view = frame.network->parameters()[before.parameter];
    position.phase = Phase::Updating;
    position.parameter = before.parameter;
    position.unit = before.row < 0 ? view.rows - 1 : before.row;
    position.terms = view.columns;
    position.term = before.column < 0 ? view.columns : before.column + 1;
}

void coverForward(Frame& frame, int unit)
{
    const auto held = static_cast<std::size_t>(frame.position.at - frame.firstStep);
    wipeUnits(frame, frame.values, unit);
    frame.forwardDone[held] = static_cast<std::uint8_t>(frame.position.layer);
    frame.stepLoss[held] = std::numeric_limits<double>::quiet_NaN();
    standBefore(frame, unit);
}

void coverBackward(Frame& frame, int unit)
{
    const auto held = static_cast<std::size_t>(frame.position.at - frame.firstStep);
    wipeUnits(frame, frame.deltas, unit);
    frame.backwardDone[held] = static_cast<std::uint8_t>(frame.layers() - frame.position.layer - 1);
    standBefore(frame, unit);
}

void coverUpdate(Frame& frame, const Quantity& weight)
{
    if (frame.position.phase == Phase::Updated)
        --frame.position.update;
    frame.updateDone = false;
    standBeforeWeight(frame, weight);
    for (Vector* numbers : {&frame.gradient, &frame.change, &frame.after, &frame.velocity, &frame.squares}) {
        if (numbers->size() == 0)
            continue;
        const auto& views = frame.network->parameters().views();
        for (int id = 0; id < static_cast<int>(views.size()); ++id) {
            const ParameterView& view = views[static_cast<std::size_t>(id)];
            for (int row = 0; row < view.rows; ++row)
                for (int column = 0; column < view.columns; ++column)
                    if (!frame.hasChange(id, row, column))
                        (*numbers)(static_cast<Eigen::Index>(view.at(row, column))) = 0.0;
        }
    }
}

void addUnits(const Frame& frame, QuantityKind kind, std::vector<Quantity>& numbers)
{
    const auto& table = frame.network->program().slotTable;
    const Layer& layer = frame.network->layers()[static_cast<std::size_t>(frame.position.layer)];
    for (int unit = 0; unit < layer.units; ++unit) {
        for (SlotId slot = 0; slot < static_cast<SlotId>(table.size()); ++slot) {
            const Slot& which = table[static_cast<std::size_t>(slot)];
            const bool hasDelta = slot == layer.net || (layer.isGated() && slot == layer.output);
            if (which.layer != frame.position.layer || (kind == QuantityKind::Delta && !hasDelta))
                continue;
            for (int row = unit; row < which.units; row += which.blockUnits()) {
                Quantity quantity = slotQuantity(slot, row, frame.position.at);
                quantity.kind = kind;
                numbers.push_back(quantity);
            }
        }
    }
    if (kind == QuantityKind::Slot && frame.position.layer + 1 == frame.layers()) {
        Quantity loss;
        loss.kind = QuantityKind::StepLoss;
        loss.t = frame.position.at;
        numbers.push_back(loss);
    }
}

void addWeight(const Frame& frame, const std::optional<Quantity>& asked, std::vector<Quantity>& numbers)
{
    const auto& views = frame.network->parameters().views();
    Quantity weight = weightQuantity(QuantityKind::Weight, 0, 0, 0);
    if (frame.position.phase == Phase::Updating)
        weight = weightQuantity(QuantityKind::Weight, frame.position.parameter, frame.position.unit, 0);
    else if (asked && asked->kind >= QuantityKind::Weight)
        weight = weightQuantity(QuantityKind::Weight, asked->parameter, asked->row, asked->column);
    if (!views[static_cast<std::size_t>(weight.parameter)].trainable)
        return;
    for (const QuantityKind kind : {QuantityKind::Gradient, QuantityKind::Change, QuantityKind::After}) {
        weight.kind = kind;
        numbers.push_back(weight);
    }
}

/// The unit, in its layer, that a number of it makes absent when it is covered.
int unitOf(const Frame& frame, const Quantity& quantity)
{
    if (quantity.kind == QuantityKind::StepLoss)
        return frame.network->layers().back().units - 1;
    if (quantity.kind == QuantityKind::Share)
        return quantity.row % frame.network->layers()[static_cast<std::size_t>(frame.position.layer)].units;
    return quantity.unit %
           frame.network->program().slotTable[static_cast<std::size_t>(quantity.slot)].blockUnits();
}

} // namespace

Frame coveredFrom(const Frame& frame, const Quantity& quantity)
{
    Frame covered = frame;
    switch (frame.position.phase) {
    case Phase::Forward:
        coverForward(covered, unitOf(frame, quantity));
        break;
    case Phase::Backward:
        coverBackward(covered, unitOf(frame, quantity));
        break;
    case Phase::Updating:
    case Phase::Updated:
        coverUpdate(covered, quantity);
        break;
    case Phase::Ready:
    case Phase::Finished:
        break;
    }
    return covered;
}

bool goesOnInside(const Frame& seen, const Frame& frame)
{
    const Position& a = seen.position;
    const Position& b = frame.position;
    const bool samePhase = a.phase == b.phase || (a.phase == Phase::Updating && b.phase == Phase::Updated);
    return samePhase && seen.network == frame.network && seen.update == frame.update && a.epoch == b.epoch &&
           a.sequence == b.sequence && (frame.updateDone || (a.at == b.at && a.layer == b.layer));
}

bool isCoverable(const Frame& frame, const Quantity& quantity)
{
    return hasQuantity(frame, quantity) && !hasQuantity(coveredFrom(frame, quantity), quantity);
}

std::vector<Quantity> newNumbers(const Frame& frame, const Frame* seen, const std::optional<Quantity>& asked,
                                 std::size_t most)
{
    std::vector<Quantity> candidates;
    switch (frame.position.phase) {
    case Phase::Forward:
        addUnits(frame, QuantityKind::Slot, candidates);
        break;
    case Phase::Backward:
        addUnits(frame, QuantityKind::Delta, candidates);
        break;
    case Phase::Updating:
    case Phase::Updated:
        addWeight(frame, asked, candidates);
        break;
    case Phase::Ready:
    case Phase::Finished:
        break;
    }
    const bool goesOn = seen != nullptr && goesOnInside(*seen, frame);
    std::vector<Quantity> numbers;
    for (const Quantity& each : candidates)
        if (numbers.size() < most && !(goesOn && hasQuantity(*seen, each)) && isCoverable(frame, each))
            numbers.push_back(each);
    return numbers;
}

} // namespace chronograd
