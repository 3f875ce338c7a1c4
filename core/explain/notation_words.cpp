#include "core/explain/formula.h"
#include "core/explain/notation.h"
#include "core/explain/quantity_names.h"
#include "core/network/parameter_use.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

/// Quantities in words.

namespace chronograd {

namespace {

std::string unitWords(const Network& network, int layer, int unit)
{
    return network.layers()[static_cast<std::size_t>(layer)].spec.name + " unit " + indexWord(unit);
}

/// "hidden unit 3", of a gated layer "gate f of hidden unit 3"
std::string receiverWords(const Network& network, const ParameterView& view, int row)
{
    const auto gates = gateNames(network.layers()[static_cast<std::size_t>(view.layer)].spec.cell);
    const int blockRows = view.rows / view.blocks;
    const std::string unit = unitWords(network, view.layer, row % blockRows);
    if (view.blocks == 1 || gates.empty())
        return unit;
    return "gate " + std::string(gates[static_cast<std::size_t>(row / blockRows)]) + " of " + unit;
}

std::string weightWords(const Quantity& quantity, const Network& network)
{
    const ParameterView& view = network.parameters()[quantity.parameter];
    const std::string to = receiverWords(network, view, quantity.row);
    const std::optional<Operand> source = usesOf(network, quantity.parameter).front().source;
    if (!source)
        return "the bias of " + to;
    const int layer = network.program().slotTable[static_cast<std::size_t>(source->slot)].layer;
    const std::string from =
        layer < 0 ? "input " + indexWord(quantity.column) : unitWords(network, layer, quantity.column);
    return "the weight from " + from +
           (source->lag == 1    ? " one step before"
            : source->lag == -1 ? " one step after"
                                : "") +
           " to " + to;
}

/// What a cell computes besides its net and its output.
std::string madeWords(const std::string& slot)
{
    struct Words
    {
        std::string_view slot;
        std::string_view words;
    };
    static constexpr Words all[] = {
        {"i", "the input gate i"},
        {"f", "the forget gate f"},
        {"g", "the candidate g"},
        {"o", "the output gate o"},
        {"cell", "the cell state c"},
        {"tanh_cell", "tanh c, the squashed cell state,"},
        {"r", "the reset gate r"},
        {"z", "the update gate z"},
        {"n", "the candidate n"},
        {"recurrent", "W_hn h + b_hn, before the reset gate,"},
        {"reset", "r⊙h, the state behind the reset gate,"},
        {"context", "the context c"},
    };
    const auto* found = std::ranges::find(all, slot, &Words::slot);
    return found == std::end(all) ? '"' + slot + '"' : std::string(found->words);
}

std::string slotWords(const Quantity& quantity, const Network& network)
{
    const Slot& slot = network.program().slotTable[static_cast<std::size_t>(quantity.slot)];
    const std::string at = " at t = " + std::to_string(quantity.t);
    if (slot.layer < 0)
        return "input " + indexWord(quantity.unit) + at;
    const Layer& layer = network.layers()[static_cast<std::size_t>(slot.layer)];
    const int units = slot.blockUnits();
    std::string unit = unitWords(network, slot.layer, quantity.unit % units) + at;
    if (const auto gates = gateNames(layer.spec.cell); slot.blocks > 1 && !gates.empty())
        unit = "gate " + std::string(gates[static_cast<std::size_t>(quantity.unit / units)]) + " of " + unit;
    if (isNet(network, quantity.slot))
        return "the weighted input of " + unit;
    return (quantity.slot == layer.output ? "the output" : madeWords(slot.name)) + " of " + unit;
}

} // namespace

std::string words(const Quantity& quantity, const Network& network, SignConvention sign)
{
    const std::string at = " at t = " + std::to_string(quantity.t);
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return slotWords(quantity, network);
    case QuantityKind::Delta:
        return (sign == SignConvention::ErrorSignal ? "minus " : "") +
               ("how the loss of this update changes with " + slotWords(quantity, network));
    case QuantityKind::Target:
        return "target " + indexWord(quantity.unit) + at;
    case QuantityKind::StepLoss:
        return "the loss" + at + " alone";
    case QuantityKind::Loss:
        return "the loss of this update";
    case QuantityKind::GradientNorm:
        return "the norm of the gradient over all trained weights, before clipping";
    case QuantityKind::Weight:
        return weightWords(quantity, network) + ", before this update";
    case QuantityKind::WeightAt:
        return weightWords(quantity, network) + ", as it was in force" + at;
    case QuantityKind::Share:
        return "the share of t = " + std::to_string(quantity.t) + " in the gradient of " +
               weightWords(quantity, network);
    case QuantityKind::Gradient:
        return "the gradient of " + weightWords(quantity, network);
    case QuantityKind::VelocityBefore:
        return "the velocity of " + weightWords(quantity, network) + ", before this update";
    case QuantityKind::Velocity:
        return "the velocity of " + weightWords(quantity, network) + ", after this update";
    case QuantityKind::FirstMomentBefore:
        return "the mean of the gradients of " + weightWords(quantity, network) + ", before this update";
    case QuantityKind::FirstMoment:
        return "the mean of the gradients of " + weightWords(quantity, network) + ", after this update";
    case QuantityKind::SecondMomentBefore:
    case QuantityKind::MeanSquareBefore:
        return "the mean of the squared gradients of " + weightWords(quantity, network) +
               ", before this update";
    case QuantityKind::SecondMoment:
    case QuantityKind::MeanSquare:
        return "the mean of the squared gradients of " + weightWords(quantity, network) +
               ", after this update";
    case QuantityKind::Change:
        return "the change of " + weightWords(quantity, network);
    case QuantityKind::After:
        return weightWords(quantity, network) + ", after this update";
    }
    return "";
}

} // namespace chronograd
