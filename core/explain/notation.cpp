#include "core/explain/notation.h"

#include "core/explain/quantity_names.h"

#include <algorithm>

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

/// How the field writes what a cell computes besides its net and its output.
struct SlotLetters
{
    std::string base;
    std::string subscript; ///< Before the unit.
};

/// Gates have the letters of their names.
SlotLetters lettersOf(const std::string& slot)
{
    if (slot == "cell" || slot == "context")
        return {"c", ""};
    if (slot == "tanh_cell")
        return {"tanh c", ""};
    if (slot == "recurrent") // W_hn h + b_hn, which the reset gate multiplies
        return {"net", "hn,"};
    if (slot == "reset")
        return {"(r⊙h)", ""};
    return {slot, ""};
}

} // namespace

std::string Notation::mark(int layer) const
{
    const auto& layers = m_network.layers();
    if (layer + 1 == static_cast<int>(layers.size()))
        return "y";
    return layers.size() == 2 ? "h" : layers[static_cast<std::size_t>(layer)].spec.name;
}

const Slot& Notation::tableEntry(SlotId slot) const
{
    return m_network.program().slotTable[static_cast<std::size_t>(slot)];
}

const Layer& Notation::layerOf(const Slot& slot) const
{
    return m_network.layers()[static_cast<std::size_t>(slot.layer)];
}

std::string Notation::gateLetter(int layer, int blocks, int block) const
{
    const auto gates = gateNames(m_network.layers()[static_cast<std::size_t>(layer)].spec.cell);
    return blocks == 1 || gates.empty() ? "" : gates[static_cast<std::size_t>(block)];
}

std::string Notation::layerPrefix(int layer) const
{
    const auto& layers = m_network.layers();
    const auto hasLetters = [](const Layer& each) {
        return each.hasNet() && (each.isGated() || each.spec.cell == Cell::Jordan);
    };
    bool isAlone = std::ranges::count_if(layers, hasLetters) == 1;
    for (int other = 0; other < static_cast<int>(layers.size()); ++other)
        isAlone = isAlone && std::string_view("ifgorznc").find(mark(other)) == std::string_view::npos;
    return isAlone ? "" : mark(layer) + ",";
}

Symbol Notation::slot(SlotId slot, const std::string& unit, const std::string& time, int block) const
{
    const Slot& named = tableEntry(slot);
    if (named.layer < 0)
        return {"x", unit, time, false};
    if (slot == layerOf(named).output)
        return {mark(named.layer), unit, time, false};
    if (slot == layerOf(named).net) {
        const std::string gate = gateLetter(named.layer, named.blocks, block);
        return {"net", (gate.empty() ? mark(named.layer) : layerPrefix(named.layer) + gate) + "," + unit,
                time, false};
    }
    const SlotLetters letters = lettersOf(named.name);
    return {letters.base, layerPrefix(named.layer) + letters.subscript + unit, time, false};
}

Symbol Notation::delta(SlotId slot, const std::string& unit, const std::string& time, int block) const
{
    const Slot& named = tableEntry(slot);
    Symbol symbol = this->slot(slot, unit, time, block);
    if (isNet(m_network, slot)) {
        symbol.base = "δ";
        return symbol;
    }
    if (m_sign == SignConvention::Derivative) {
        symbol.base = "∂L/∂" + symbol.base;
        return symbol;
    }
    // Not ∂L/∂…, and so without a name of its own but δ.
    const std::string of = slot == layerOf(named).output ? "out" : symbol.base;
    return {"δ", mark(named.layer) + "." + of + "," + unit, time, false};
}

Symbol Notation::target(const std::string& unit, const std::string& time) const
{
    return {"d", unit, time, false};
}

std::string Notation::weightLetter(ParameterId parameter) const
{
    return m_network.parameters()[parameter].isBias ? "b" : "W";
}

std::string Notation::weightSubscript(ParameterId parameter, const std::string& gate, const std::string& row,
                                      const std::string& column) const
{
    const ParameterView& view = m_network.parameters()[parameter];
    std::string subscript;
    if (sharesItsShortName(m_network, parameter))
        subscript = mark(view.layer) + ",";
    const std::string name = shortName(view);
    const std::size_t end = name.find('_');
    const std::string source = (end == std::string::npos ? "" : name.substr(end + 1)) + gate;
    subscript += source + (source.empty() ? "" : ",") + row;
    if (!view.isBias)
        subscript += (row.size() == 1 && column.size() == 1 ? "" : ",") + column;
    return subscript;
}

Symbol Notation::weight(ParameterId parameter, const std::string& row, const std::string& column,
                        int block) const
{
    const ParameterView& view = m_network.parameters()[parameter];
    const std::string gate = gateLetter(view.layer, view.blocks, block);
    return {weightLetter(parameter), weightSubscript(parameter, gate, row, column), "", false};
}

Symbol Notation::weight(ParameterId parameter, int row, const std::string& column) const
{
    const ParameterView& view = m_network.parameters()[parameter];
    const int blockRows = view.rows / view.blocks;
    return weight(parameter, one(row % blockRows), column, row / blockRows);
}

Symbol Notation::gradientNorm(ParameterId parameter) const
{
    std::string of = weightSubscript(parameter, "", "", "");
    while (of.ends_with(','))
        of.pop_back();
    return {"‖∂L/∂" + weightLetter(parameter) + "‖", of, "", false};
}

Symbol Notation::symbol(const Quantity& quantity) const
{
    const std::string time = std::to_string(quantity.t);
    const int units = tableEntry(quantity.slot).blockUnits();
    const std::string unit = one(quantity.unit % units);
    const int block = quantity.unit / units;
    Symbol symbol = weight(quantity.parameter, quantity.row, one(quantity.column));
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return slot(quantity.slot, unit, time, block);
    case QuantityKind::Delta:
        return delta(quantity.slot, unit, time, block);
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
        symbol.base = "∂L/∂" + symbol.base;
        symbol.superscript = time;
        break;
    case QuantityKind::Gradient:
        symbol.base = "∂L/∂" + symbol.base;
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

} // namespace chronograd
