#include "core/explain/notation.h"

#include "core/explain/quantity_names.h"
#include "core/network/parameter_use.h"

#include <algorithm>
#include <optional>

namespace chronograd {

namespace {

/// "W_h" of "hidden.W_h"
std::string shortName(const ParameterView& view)
{
    return view.name.substr(view.name.rfind('.') + 1);
}

bool sharesItsShortName(const Network& network, ParameterId parameter)
{
    const auto& views = network.parameters().views();
    const std::string name = shortName(network.parameters()[parameter]);
    return std::count_if(views.begin(), views.end(),
                         [&](const ParameterView& view) { return shortName(view) == name; }) > 1;
}

std::string one(int index)
{
    return std::to_string(index + 1);
}

std::string unitWords(const Network& network, int layer, int unit)
{
    return network.layers()[static_cast<std::size_t>(layer)].spec.name + " unit " + one(unit);
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
        layer < 0 ? "input " + one(quantity.column) : unitWords(network, layer, quantity.column);
    return "the weight from " + from +
           (source->lag == 1    ? " one step before"
            : source->lag == -1 ? " one step after"
                                : "") +
           " to " + to;
}

std::string slotWords(const Quantity& quantity, const Network& network)
{
    const Slot& slot = network.program().slotTable[static_cast<std::size_t>(quantity.slot)];
    const std::string at = " at t = " + std::to_string(quantity.t);
    if (slot.layer < 0)
        return "input " + one(quantity.unit) + at;
    const Layer& layer = network.layers()[static_cast<std::size_t>(slot.layer)];
    const int units = slot.blockUnits();
    std::string unit = unitWords(network, slot.layer, quantity.unit % units) + at;
    if (const auto gates = gateNames(layer.spec.cell); slot.blocks > 1 && !gates.empty())
        unit = "gate " + std::string(gates[static_cast<std::size_t>(quantity.unit / units)]) + " of " + unit;
    if (isNet(network, quantity.slot))
        return "the weighted input of " + unit;
    return (quantity.slot == layer.output ? "the output" : "\"" + slot.name + "\"") + " of " + unit;
}

} // namespace

std::string Notation::mark(int layer) const
{
    const auto& layers = m_network.layers();
    if (layer + 1 == static_cast<int>(layers.size()))
        return "y";
    return layers.size() == 2 ? "h" : layers[static_cast<std::size_t>(layer)].spec.name;
}

Symbol Notation::slot(SlotId slot, const std::string& unit, const std::string& time) const
{
    const Slot& named = m_network.program().slotTable[static_cast<std::size_t>(slot)];
    if (named.layer < 0)
        return {"x", unit, time, false};
    if (slot == m_network.layers()[static_cast<std::size_t>(named.layer)].output)
        return {mark(named.layer), unit, time, false};
    return {named.name, mark(named.layer) + "," + unit, time, false};
}

Symbol Notation::delta(SlotId slot, const std::string& unit, const std::string& time) const
{
    const Slot& named = m_network.program().slotTable[static_cast<std::size_t>(slot)];
    const std::string of = mark(named.layer);
    if (isNet(m_network, slot))
        return {"δ", of + "," + unit, time, false};
    if (m_sign == SignConvention::ErrorSignal) // no derivative, so it has no name of its own but δ
        return {"δ", of + "." + named.name + "," + unit, time, false};
    return {"∂L/∂" + (named.name == "out" ? of : named.name), unit, time, false};
}

Symbol Notation::target(const std::string& unit, const std::string& time) const
{
    return {"d", unit, time, false};
}

std::string Notation::weightLetter(ParameterId parameter) const
{
    return m_network.parameters()[parameter].isBias ? "b" : "W";
}

std::string Notation::weightSubscript(ParameterId parameter, const std::string& row,
                                      const std::string& column) const
{
    const ParameterView& view = m_network.parameters()[parameter];
    std::string subscript;
    if (sharesItsShortName(m_network, parameter))
        subscript = mark(view.layer) + ",";
    const std::string name = shortName(view);
    if (const std::size_t end = name.find('_'); end != std::string::npos)
        subscript += name.substr(end + 1) + ",";
    subscript += row;
    if (!view.isBias)
        subscript += (row.size() == 1 && column.size() == 1 ? "" : ",") + column;
    return subscript;
}

Symbol Notation::weight(ParameterId parameter, const std::string& row, const std::string& column) const
{
    return {weightLetter(parameter), weightSubscript(parameter, row, column), "", false};
}

Symbol Notation::gradient(ParameterId parameter, const std::string& row, const std::string& column) const
{
    return {"∂L/∂" + weightLetter(parameter), weightSubscript(parameter, row, column), "", false};
}

Symbol Notation::gradientNorm(ParameterId parameter) const
{
    std::string of = weightSubscript(parameter, "", "");
    while (of.ends_with(','))
        of.pop_back();
    return {"‖∂L/∂" + weightLetter(parameter) + "‖", of, "", false};
}

Symbol Notation::symbol(const Quantity& quantity) const
{
    const std::string time = std::to_string(quantity.t);
    const std::string row = one(quantity.row);
    const std::string column = one(quantity.column);
    Symbol symbol = weight(quantity.parameter, row, column);
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return slot(quantity.slot, one(quantity.unit), time);
    case QuantityKind::Delta:
        return delta(quantity.slot, one(quantity.unit), time);
    case QuantityKind::Target:
        return target(one(quantity.unit), time);
    case QuantityKind::StepLoss:
        return {"E", "", time, false};
    case QuantityKind::Loss:
        return {"L", "", "", false};
    case QuantityKind::GradientNorm:
        return {"‖∂L/∂W‖", "", "", false};
    case QuantityKind::Weight:
        break;
    case QuantityKind::WeightAt:
        symbol.superscript = time;
        break;
    case QuantityKind::Share:
        symbol = gradient(quantity.parameter, row, column);
        symbol.superscript = time;
        break;
    case QuantityKind::Gradient:
        symbol = gradient(quantity.parameter, row, column);
        break;
    case QuantityKind::VelocityBefore:
        symbol = {"v", symbol.base + "," + symbol.subscript, "before", false};
        break;
    case QuantityKind::Velocity:
        symbol = {"v", symbol.base + "," + symbol.subscript, "", false};
        break;
    case QuantityKind::FirstMomentBefore:
        symbol = {"m", symbol.base + "," + symbol.subscript, "before", false};
        break;
    case QuantityKind::FirstMoment:
        symbol = {"m", symbol.base + "," + symbol.subscript, "", false};
        break;
    case QuantityKind::SecondMomentBefore:
        symbol = {"v", symbol.base + "," + symbol.subscript, "before", false};
        break;
    case QuantityKind::SecondMoment:
        symbol = {"v", symbol.base + "," + symbol.subscript, "", false};
        break;
    case QuantityKind::MeanSquareBefore:
        symbol = {"s", symbol.base + "," + symbol.subscript, "before", false};
        break;
    case QuantityKind::MeanSquare:
        symbol = {"s", symbol.base + "," + symbol.subscript, "", false};
        break;
    case QuantityKind::Change:
        symbol.base = "Δ" + symbol.base;
        break;
    case QuantityKind::After:
        symbol.superscript = "new";
        break;
    }
    return symbol;
}

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
        return "target " + one(quantity.unit) + at;
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
