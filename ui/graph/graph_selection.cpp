#include "ui/graph/graph_selection.h"

#include "ui/graph/edge_heat_map.h"
#include "ui/graph/share_sum.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

bool isWeight(QuantityKind kind)
{
    switch (kind) {
    case QuantityKind::Slot:
    case QuantityKind::Delta:
    case QuantityKind::Target:
    case QuantityKind::StepLoss:
    case QuantityKind::Loss:
    case QuantityKind::GradientNorm:
        return false;
    default:
        return true;
    }
}

bool isLoss(QuantityKind kind)
{
    return kind == QuantityKind::StepLoss || kind == QuantityKind::Target || kind == QuantityKind::Loss ||
           kind == QuantityKind::GradientNorm;
}

bool hasTime(QuantityKind lossKind)
{
    return lossKind == QuantityKind::StepLoss || lossKind == QuantityKind::Target;
}

std::int64_t heldStep(const GraphState& state, std::int64_t t)
{
    const std::int64_t last = std::max<std::int64_t>(1, state.newest());
    return std::clamp(t, std::min(state.frame->firstStep, last), last);
}

/// Of a step to come there is the input, and the target in place of the loss.
Quantity movedInStepToCome(const GraphState& state, std::int64_t t, bool up)
{
    return up && state.hasTarget(t) ? targetQuantity(t) : unitQuantity(state, {t, 0, 0});
}

/// To the level above, or the loss: from below one enters a level at its bottom unit.
Quantity movedUp(const GraphState& state, const UnitId& unit)
{
    const bool spread = state.layout.isSpread();
    if (!spread && unit.unit > 0)
        return unitQuantity(state, {unit.t, unit.level, unit.unit - 1});
    const int level = unit.level + 1;
    if (state.isToCome(unit.t))
        return movedInStepToCome(state, unit.t, true);
    if (level == state.layout.levels())
        return state.hasTarget(unit.t) ? lossQuantity(unit.t) : unitQuantity(state, unit);
    const int last = state.layout.units(level) - 1;
    return unitQuantity(state, {unit.t, level, spread ? std::min(unit.unit, last) : last});
}

Quantity movedDown(const GraphState& state, UnitId unit)
{
    if (!state.layout.isSpread() && unit.unit + 1 < state.layout.units(unit.level))
        return unitQuantity(state, {unit.t, unit.level, unit.unit + 1});
    if (unit.level == 0)
        return unitQuantity(state, unit);
    const int below = state.layout.units(unit.level - 1);
    return unitQuantity(
        state, {unit.t, unit.level - 1, state.layout.isSpread() ? std::min(unit.unit, below - 1) : 0});
}

Quantity movedUnit(const GraphState& state, UnitId unit, Direction direction)
{
    if (direction == Direction::Up)
        return movedUp(state, unit);
    if (direction == Direction::Down)
        return movedDown(state, unit);
    const int step = direction == Direction::Later ? 1 : -1;
    if (state.layout.isSpread())
        unit.unit = std::clamp(unit.unit + step, 0, state.layout.units(unit.level) - 1);
    else if (unit.level > 0 || !state.isToCome(unit.t + step))
        unit.t = heldStep(state, unit.t + step);
    else
        unit.t += step;
    return unitQuantity(state, unit);
}

/// To the loss of a step, or below it; of a step to come to its target.
Quantity movedLoss(const GraphState& state, std::int64_t wanted, Direction direction)
{
    if (state.isToCome(wanted))
        return movedInStepToCome(state, wanted, direction != Direction::Down);
    const std::int64_t t = heldStep(state, wanted);
    return direction == Direction::Down ? unitQuantity(state, {t, state.layout.levels() - 1, 0})
                                        : lossQuantity(t);
}

} // namespace

Quantity unitQuantity(const GraphState& state, const UnitId& unit)
{
    Quantity quantity;
    quantity.kind = QuantityKind::Slot;
    quantity.slot = state.outputSlot(unit.level);
    quantity.unit = unit.unit;
    quantity.t = unit.t;
    return quantity;
}

Quantity lossQuantity(std::int64_t t)
{
    Quantity quantity;
    quantity.kind = QuantityKind::StepLoss;
    quantity.t = t;
    return quantity;
}

Quantity targetQuantity(std::int64_t t)
{
    Quantity quantity;
    quantity.kind = QuantityKind::Target;
    quantity.t = t;
    return quantity;
}

std::optional<UnitId> unitOf(const GraphState& state, const Quantity& quantity)
{
    if (quantity.kind != QuantityKind::Slot && quantity.kind != QuantityKind::Delta)
        return std::nullopt;
    const std::vector<Slot>& table = state.frame->network->program().slotTable;
    if (quantity.slot < 0 || static_cast<std::size_t>(quantity.slot) >= table.size())
        return std::nullopt;
    const int level = table[static_cast<std::size_t>(quantity.slot)].layer + 1;
    return UnitId{quantity.t, level, quantity.unit % state.layout.units(level)};
}

std::optional<EdgeId> edgeOf(const GraphState& state, const Quantity& quantity)
{
    if (!isWeight(quantity.kind))
        return std::nullopt;
    for (const Connection& connection : state.connections) {
        if (connection.term.weight == quantity.parameter && connection.use.contains(quantity.row))
            return EdgeId{&connection, quantity.row - connection.use.firstRow, quantity.column, quantity.t};
    }
    return std::nullopt;
}

bool isDrawn(const GraphState& state, const Connection& connection, std::int64_t t)
{
    if (!connection.isAcrossTime() || state.layout.isFolded())
        return true;
    return !state.layout.isSpread() && t >= 2 && t > state.frame->firstStep;
}

std::optional<EdgeId> edgeAt(const GraphState& state, QPointF position, double reach)
{
    const GraphLayout& layout = state.layout;
    if (!layout.hasUnits())
        return std::nullopt;
    const std::int64_t nearest = layout.stepAt(position.x());
    // Edges across time belong to the step at their right end.
    const std::int64_t receiving = position.x() > layout.x(nearest) ? nearest + 1 : nearest;
    std::optional<EdgeId> best;
    double least = reach;
    for (const Connection& connection : state.connections) {
        const std::int64_t gap = connection.isAcrossTime() && layout.isUnfolded() ? receiving : nearest;
        const std::int64_t t = connection.isAcrossTime() ? receivingStep(layout, connection, gap) : nearest;
        if (!isDrawn(state, connection, gap))
            continue;
        if (t < state.frame->firstStep || t > state.newest())
            continue;
        if (isHeatMap(layout, connection)) {
            if (const auto cell = heatMapOf(layout, connection, t).edgeAt(position))
                return EdgeId{&connection, cell->first, cell->second, t};
            continue;
        }
        std::optional<Matrix> values;
        if (state.weakest > 0)
            values = edgeValues(*state.frame, connection, state.quantity, t);
        const double weakest = state.weakest * state.scales.edge;
        for (int row = 0; row < connection.rows; ++row) {
            for (int column = 0; column < connection.columns; ++column) {
                if (values && std::abs((*values)(row, column)) < weakest)
                    continue; // not drawn
                const double distance = edgeCurve(layout, connection, row, column, t).distance(position);
                if (distance < least) {
                    least = distance;
                    best = EdgeId{&connection, row, column, t};
                }
            }
        }
    }
    return best;
}

std::optional<Quantity> quantityAt(const GraphState& state, QPointF position)
{
    if (!state.frame)
        return std::nullopt;
    if (const auto sum = shareSumOf(state); sum && sum->pill.contains(position))
        return sum->velocityArea.contains(position) ? velocityQuantity(state) : shareSumQuantity(state);
    if (const auto unit = state.layout.unitAt(position)) {
        const bool held = (unit->t >= state.frame->firstStep && unit->t <= state.newest()) ||
                          (unit->level == 0 && state.isToCome(unit->t));
        return held ? std::optional(unitQuantity(state, *unit)) : std::nullopt;
    }
    if (const auto t = state.layout.lossAt(position)) {
        if (state.hasTarget(*t))
            return state.isToCome(*t) ? targetQuantity(*t) : lossQuantity(*t);
    }
    const auto edge = edgeAt(state, position, 5.0);
    if (!edge)
        return std::nullopt;
    Quantity quantity;
    quantity.kind = QuantityKind::Share;
    quantity.parameter = edge->connection->term.weight;
    quantity.row = edge->weightRow();
    quantity.column = edge->column;
    quantity.t = edge->t;
    return quantity;
}

Quantity moved(const GraphState& state, const Quantity& from, Direction direction)
{
    const int step = direction == Direction::Later ? 1 : direction == Direction::Earlier ? -1 : 0;
    if (isLoss(from.kind))
        return movedLoss(state, hasTime(from.kind) ? from.t + step : state.newest(), direction);
    if (const auto edge = edgeOf(state, from)) {
        const std::int64_t t = heldStep(state, (edge->t > 0 ? edge->t : state.playhead()) + step);
        const Connection& connection = *edge->connection;
        if (direction == Direction::Up)
            return unitQuantity(state, {t, connection.to, edge->row});
        if (direction == Direction::Down)
            return unitQuantity(state, {heldStep(state, t - connection.lag), connection.from, edge->column});
        Quantity quantity = from;
        quantity.kind = QuantityKind::Share;
        quantity.t = t;
        return quantity;
    }
    if (const auto unit = unitOf(state, from))
        return movedUnit(state, *unit, direction);
    return firstSelection(state);
}

Quantity firstSelection(const GraphState& state)
{
    return unitQuantity(state, {std::max<std::int64_t>(1, state.playhead()), state.layout.levels() - 1, 0});
}

} // namespace chronograd
