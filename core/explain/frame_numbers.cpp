#include "core/explain/frame_numbers.h"

#include "core/analysis/share.h"
#include "core/network/parameter_use.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>
#include <cassert>

namespace chronograd {

namespace {

bool hasTargetAt(const Frame& frame, std::int64_t t)
{
    return frame.holds(t) && frame.hasTarget[static_cast<std::size_t>(t - frame.firstStep)] != 0;
}

std::string step(std::int64_t t)
{
    return "t = " + std::to_string(t);
}

std::string whyNotComputed(const Frame& frame)
{
    if (frame.position.t == 0)
        return "not computed yet: no time step of this sequence has been computed";
    return "not computed yet: the last step so far is " + step(frame.position.t);
}

std::string whyBeyondSequence(const Frame& frame, std::int64_t t)
{
    const std::int64_t length = frame.position.sequenceLength;
    if (length == 0 || t <= length)
        return "";
    return "the sequence has " + std::to_string(length) + (length == 1 ? " time step" : " time steps");
}

std::string whyNotHeld(const Frame& frame, std::int64_t t)
{
    if (frame.holds(t))
        return "";
    if (std::string why = whyBeyondSequence(frame, t); !why.empty())
        return why;
    if (t > frame.lastStep)
        return whyNotComputed(frame);
    return "not held: the steps from " + step(frame.firstStep) + " on are";
}

std::string whyNoValue(const Frame& frame, SlotId slot, int unit, std::int64_t t)
{
    const StepProgram& program = frame.network->program();
    const int layer = program.slotTable[static_cast<std::size_t>(slot)].layer;
    const bool isBefore = t == frame.firstStep - 1;
    const bool isBehind = t == frame.position.sequenceLength + 1 && t == frame.lastStep + 1;
    if ((isBefore || isBehind) && isState(program, slot) && frame.hasValue(layer, t))
        return "";
    if (std::string why = whyNotHeld(frame, t); !why.empty())
        return why;
    return layer < 0 || frame.hasUnitValue(slot, unit, t) ? "" : whyNotComputed(frame);
}

std::string whyNoDelta(const Frame& frame, SlotId slot, int unit, std::int64_t t)
{
    const Window& window = frame.window;
    if (std::string why = whyBeyondSequence(frame, t); !why.empty())
        return why;
    if (window.length() < 1 || t > frame.position.t)
        return whyNotComputed(frame);
    if (!window.contains(t)) {
        return "outside the window " + step(window.from) + " … " + std::to_string(window.to) + " of update " +
               std::to_string(frame.update) + ": no gradient is computed there";
    }
    if (std::string why = whyNotHeld(frame, t); !why.empty())
        return why;
    return frame.hasUnitDelta(slot, unit, t) ? ""
                                             : "not computed yet: the backward pass of update " +
                                                   std::to_string(frame.update) + " has not come there";
}

std::string whyNoShare(const Frame& frame, const Quantity& quantity)
{
    for (const ParameterUse& use : usesOf(*frame.network, quantity.parameter)) {
        if (!use.contains(quantity.row))
            continue;
        if (std::string why = whyNoDelta(frame, use.result, use.unit(quantity.row), quantity.t); !why.empty())
            return why;
    }
    return "";
}

/// "adam keeps no velocity"
std::string whyNotKept(const Frame& frame, QuantityKind kind)
{
    constexpr const char* optimizers[] = {"sgd", "nesterov", "rmsprop", "adam"};
    const Optimizer optimizer = frame.settings.optimizer;
    bool kept = false;
    const char* what = "";
    switch (kind) {
    case QuantityKind::FirstMomentBefore:
    case QuantityKind::FirstMoment:
        kept = optimizer == Optimizer::Adam;
        what = "first moment";
        break;
    case QuantityKind::SecondMomentBefore:
    case QuantityKind::SecondMoment:
        kept = optimizer == Optimizer::Adam;
        what = "second moment";
        break;
    case QuantityKind::MeanSquareBefore:
    case QuantityKind::MeanSquare:
        kept = optimizer == Optimizer::Rmsprop;
        what = "mean square";
        break;
    default:
        kept = !keepsSquares(optimizer);
        what = "velocity";
        break;
    }
    return kept ? "" : std::string(optimizers[static_cast<int>(optimizer)]) + " keeps no " + what;
}

std::string whyNotUpdated(const Frame& frame, const Quantity& weight)
{
    return frame.hasChange(weight.parameter, weight.row, weight.column)
               ? ""
               : "not computed yet: update " + std::to_string(frame.update) + " is not done";
}

int layerOf(const Frame& frame, const Quantity& quantity)
{
    return frame.network->parameters()[quantity.parameter].layer;
}

double element(const Frame& frame, const Quantity& quantity, const Vector& flat)
{
    const ParameterView& view = frame.network->parameters()[quantity.parameter];
    return flat(static_cast<Eigen::Index>(view.at(quantity.row, quantity.column)));
}

} // namespace

std::string whyAbsent(const Frame& frame, const Quantity& quantity)
{
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return whyNoValue(frame, quantity.slot, quantity.unit, quantity.t);
    case QuantityKind::Delta:
        return whyNoDelta(frame, quantity.slot, quantity.unit, quantity.t);
    case QuantityKind::Target:
    case QuantityKind::StepLoss:
        if (std::string why = whyNotHeld(frame, quantity.t); !why.empty())
            return why;
        if (!hasTargetAt(frame, quantity.t))
            return "there is no target at " + step(quantity.t);
        if (quantity.kind == QuantityKind::StepLoss && !frame.hasValue(frame.layers() - 1, quantity.t))
            return whyNotComputed(frame);
        return "";
    case QuantityKind::Loss:
        return frame.loss ? "" : "not computed yet: update " + std::to_string(frame.update) + " is not due";
    case QuantityKind::Weight:
        return "";
    case QuantityKind::WeightAt:
        if (std::string why = whyNotHeld(frame, quantity.t); !why.empty())
            return why;
        if (!frame.hasValue(layerOf(frame, quantity), quantity.t))
            return whyNotComputed(frame);
        return frame.hasWeightsAt(quantity.t) ? ""
                                              : "the weights of " + step(quantity.t) + " are no longer kept";
    case QuantityKind::Share:
        return whyNoShare(frame, quantity);
    case QuantityKind::VelocityBefore:
    case QuantityKind::FirstMomentBefore:
    case QuantityKind::SecondMomentBefore:
    case QuantityKind::MeanSquareBefore:
        return whyNotKept(frame, quantity.kind);
    case QuantityKind::Velocity:
    case QuantityKind::FirstMoment:
    case QuantityKind::SecondMoment:
    case QuantityKind::MeanSquare:
        if (std::string why = whyNotKept(frame, quantity.kind); !why.empty())
            return why;
        return whyNotUpdated(frame, quantity);
    case QuantityKind::GradientNorm:
        return frame.updateDone || frame.position.phase == Phase::Updating
                   ? ""
                   : "not computed yet: update " + std::to_string(frame.update) + " is not done";
    case QuantityKind::Gradient:
    case QuantityKind::Change:
    case QuantityKind::After:
        return whyNotUpdated(frame, quantity);
    }
    return "";
}

double numberOf(const Frame& frame, const Quantity& quantity, SignConvention sign)
{
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return frame.value(quantity.slot, quantity.unit, quantity.t);
    case QuantityKind::Delta:
        // 0 − δ, not −δ: there is no negative zero.
        return sign == SignConvention::Derivative
                   ? frame.delta(quantity.slot, quantity.unit, quantity.t)
                   : 0.0 - frame.delta(quantity.slot, quantity.unit, quantity.t);
    case QuantityKind::Target:
        return frame.targets(quantity.unit, quantity.t - frame.firstStep);
    case QuantityKind::StepLoss:
        return frame.stepLoss[static_cast<std::size_t>(quantity.t - frame.firstStep)];
    case QuantityKind::Loss:
        return *frame.loss;
    case QuantityKind::GradientNorm:
        return frame.gradientNorm;
    case QuantityKind::Weight:
        return element(frame, quantity, frame.before);
    case QuantityKind::WeightAt:
        return element(frame, quantity, frame.weightsAt(quantity.t));
    case QuantityKind::Share:
        return share(frame, quantity.parameter, quantity.row, quantity.column, quantity.t);
    case QuantityKind::Gradient:
        return element(frame, quantity, frame.gradient);
    case QuantityKind::VelocityBefore:
    case QuantityKind::FirstMomentBefore:
        return element(frame, quantity, frame.velocityBefore);
    case QuantityKind::Velocity:
    case QuantityKind::FirstMoment:
        return element(frame, quantity, frame.velocity);
    case QuantityKind::SecondMomentBefore:
    case QuantityKind::MeanSquareBefore:
        return element(frame, quantity, frame.squaresBefore);
    case QuantityKind::SecondMoment:
    case QuantityKind::MeanSquare:
        return element(frame, quantity, frame.squares);
    case QuantityKind::Change:
        return element(frame, quantity, frame.change);
    case QuantityKind::After:
        return element(frame, quantity, frame.after);
    }
    assert(!"every kind has a number");
    return 0.0;
}

bool isInjected(const Frame& frame, std::int64_t t)
{
    return hasTargetAt(frame, t) &&
           std::find(frame.injected.begin(), frame.injected.end(), t) != frame.injected.end();
}

std::vector<std::int64_t> injectedWithTarget(const Frame& frame)
{
    std::vector<std::int64_t> steps;
    for (const std::int64_t t : frame.injected) {
        if (!frame.holds(t) || hasTargetAt(frame, t))
            steps.push_back(t);
    }
    return steps;
}

bool isState(const StepProgram& program, SlotId slot)
{
    return std::ranges::any_of(program.operations, [slot](const Operation& operation) {
        return std::ranges::any_of(operandsOf(operation), [slot](Operand operand) {
            return operand.slot == slot && operand.lag != 0;
        });
    });
}

} // namespace chronograd
