#include "core/training/frame.h"

#include "core/network/unit_terms.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace chronograd {

namespace {

double cell(const std::vector<Matrix>& slots, SlotId slot, int unit, std::int64_t column)
{
    const Matrix& values = slots[static_cast<std::size_t>(slot)];
    assert(unit >= 0 && unit < values.rows() && column >= 0 && column < values.cols());
    return values(unit, column);
}

} // namespace

bool Frame::hasValue(int layer, std::int64_t t) const
{
    if (t == firstStep - 1)
        return layer >= 0; // the state that the first step read; no step reads an earlier input
    if (t == lastStep + 1 && t == position.sequenceLength + 1 && layer >= 0)
        return network->layers()[static_cast<std::size_t>(layer)].direction() < 0; // the same, against time
    if (!holds(t))
        return false;
    return layer < 0 || layer < static_cast<int>(forwardDone[static_cast<std::size_t>(t - firstStep)]);
}

bool Frame::hasDelta(int layer, std::int64_t t) const
{
    if (layer < 0 || !holds(t))
        return false;
    return layers() - layer <= static_cast<int>(backwardDone[static_cast<std::size_t>(t - firstStep)]);
}

/// Inside the pass, is this step of the layer at work?
bool Frame::isAtWork(Phase phase, int layer, std::int64_t t) const
{
    return position.phase == phase && position.isInside() && layer == position.layer && t == position.at &&
           holds(t);
}

/// Of the layer at work, that the slot has a row for each unit of.
bool Frame::isUnitDone(const Slot& slot, int row) const
{
    const int done = position.unit + (position.term == position.terms ? 1 : 0);
    return row % slot.blockUnits() < done;
}

bool Frame::hasUnitValue(SlotId slot, int unit, std::int64_t t) const
{
    const Slot& which = network->program().slotTable[static_cast<std::size_t>(slot)];
    if (hasValue(which.layer, t) || !isAtWork(Phase::Forward, which.layer, t))
        return hasValue(which.layer, t);
    if (isSharedByUnits(*network, slot, unit))
        return true;
    const Layer& layer = network->layers()[static_cast<std::size_t>(which.layer)];
    const bool needsAll =
        layer.hasNet() && slot == layer.output && layer.spec.activation.kind == Activation::Softmax;
    return !needsAll && isUnitDone(which, unit);
}

bool Frame::hasUnitDelta(SlotId slot, int unit, std::int64_t t) const
{
    const Slot& which = network->program().slotTable[static_cast<std::size_t>(slot)];
    if (hasDelta(which.layer, t) || !isAtWork(Phase::Backward, which.layer, t))
        return hasDelta(which.layer, t);
    return !isSharedByUnits(*network, slot, unit) && isUnitDone(which, unit);
}

bool Frame::hasChange(ParameterId parameter, int row, int column) const
{
    if (updateDone || position.phase != Phase::Updating)
        return updateDone;
    return std::tuple(parameter, row, column) < std::tuple(position.parameter, position.unit, position.term);
}

double Frame::value(SlotId slot, int unit, std::int64_t t) const
{
    return cell(values, slot, unit, t - firstStep + 1);
}

double Frame::delta(SlotId slot, int unit, std::int64_t t) const
{
    return cell(deltas, slot, unit, t - firstStep + 1);
}

bool Frame::hasWeightsAt(std::int64_t t) const
{
    return !weightsInForce.empty() && weightsInForce.front().firstStep <= t;
}

const Vector& Frame::weightsAt(std::int64_t t) const
{
    assert(!weightsInForce.empty());
    const auto later = std::upper_bound(
        weightsInForce.begin(), weightsInForce.end(), t,
        [](std::int64_t step, const WeightsInForce& weights) { return step < weights.firstStep; });
    return *(later == weightsInForce.begin() ? later : later - 1)->weights;
}

double Frame::clipScale() const
{
    return clipped && settings.clipNorm ? *settings.clipNorm / gradientNorm : 1.0;
}

} // namespace chronograd
