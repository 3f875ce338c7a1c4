#include "core/analysis/warning_parts.h"

#include <algorithm>
#include <cmath>

/// Warnings about the units of one layer.

namespace chronograd::warning_parts {

namespace {

constexpr double slopeShare = 0.05;     ///< Of the greatest f′: below it a unit is saturated.
constexpr double mostSaturated = 0.5;   ///< Of units and steps: above it a layer is.
constexpr std::int64_t enoughSteps = 8; ///< For a unit that is 0 at all of them to be dead.

const Layer& layerOf(const Frame& frame, int layer)
{
    return frame.network->layers()[static_cast<std::size_t>(layer)];
}

/// f′ as a share of its greatest value, from the output; 1 where it is constant.
double relativeSlope(ActivationFunction f, double out)
{
    constexpr double greatestOfSigmoid = 0.25;
    switch (f.kind) {
    case Activation::Tanh:
        return 1.0 - out * out;
    case Activation::Sigmoid:
        return out * (1.0 - out) / greatestOfSigmoid;
    default:
        return 1.0;
    }
}

std::string unitList(const std::vector<int>& units)
{
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(units.size(), most); ++i)
        text += (text.empty() ? "" : ", ") + std::to_string(units[i] + 1);
    return units.size() > most ? text + " …" : text;
}

} // namespace

std::optional<Warning> saturation(const Frame& frame, int layer)
{
    const Layer& which = layerOf(frame, layer);
    const Activation kind = which.spec.activation.kind;
    const bool isBounded = kind == Activation::Tanh || kind == Activation::Sigmoid;
    const bool isHidden = layer + 1 < frame.layers(); // outputs may be sure of themselves
    if (!isHidden || !isBounded || which.isGated() || !which.hasNet())
        return std::nullopt;
    std::int64_t all = 0;
    std::int64_t flat = 0;
    std::vector<int> always;
    for (int unit = 0; unit < which.units; ++unit) {
        std::int64_t steps = 0;
        std::int64_t itsFlat = 0;
        for (std::int64_t t = std::max(frame.firstStep, frame.window.from); t <= frame.window.to; ++t) {
            if (!frame.hasUnitValue(which.output, unit, t))
                continue;
            ++steps;
            itsFlat += relativeSlope(which.spec.activation, frame.value(which.output, unit, t)) < slopeShare;
        }
        all += steps;
        flat += itsFlat;
        if (steps > 0 && itsFlat == steps)
            always.push_back(unit);
    }
    if (all == 0 || static_cast<double>(flat) <= mostSaturated * static_cast<double>(all))
        return std::nullopt;
    Warning warning;
    warning.kind = WarningKind::Saturation;
    warning.layer = layer;
    warning.units = always;
    warning.title = which.spec.name + " is saturated";
    warning.text = rounded(100.0 * static_cast<double>(flat) / static_cast<double>(all)) +
                   " % of its values in the window have an f′ below 5 % of the greatest: hardly any error "
                   "passes";
    if (!always.empty())
        warning.text += ", none to speak of at " + std::string(always.size() == 1 ? "unit " : "units ") +
                        unitList(always);
    warning.text += ".";
    return warning;
}

std::optional<Warning> deadRelu(const Frame& frame, int layer)
{
    const Layer& which = layerOf(frame, layer);
    if (which.spec.activation.kind != Activation::Relu || !which.hasNet() || which.isGated())
        return std::nullopt;
    std::vector<int> dead;
    std::int64_t steps = 0;
    for (int unit = 0; unit < which.units; ++unit) {
        steps = 0;
        bool isZero = true;
        for (std::int64_t t = frame.firstStep; t <= frame.lastStep && isZero; ++t) {
            if (!frame.hasValue(layer, t))
                continue;
            ++steps;
            isZero = frame.value(which.output, unit, t) == 0.0;
        }
        if (isZero && steps >= enoughSteps)
            dead.push_back(unit);
    }
    if (dead.empty())
        return std::nullopt;
    Warning warning;
    warning.kind = WarningKind::DeadRelu;
    warning.layer = layer;
    warning.units = dead;
    warning.title = "dead relu in " + which.spec.name;
    warning.text = std::string(dead.size() == 1 ? "Unit " : "Units ") + unitList(dead) +
                   (dead.size() == 1 ? " is" : " are") +
                   " 0 at every step shown: relu′ is 0 there, so no error changes the weights.";
    return warning;
}

} // namespace chronograd::warning_parts
