#include "core/explain/quantity.h"

#include "core/explain/quantity_names.h"

#include <algorithm>

namespace chronograd {

namespace {

constexpr WeightSuffix suffixes[] = {
    {"share", QuantityKind::Share, true},
    {"gradient", QuantityKind::Gradient, false},
    {"velocity_before", QuantityKind::VelocityBefore, false},
    {"velocity", QuantityKind::Velocity, false},
    {"first_moment_before", QuantityKind::FirstMomentBefore, false},
    {"first_moment", QuantityKind::FirstMoment, false},
    {"second_moment_before", QuantityKind::SecondMomentBefore, false},
    {"second_moment", QuantityKind::SecondMoment, false},
    {"mean_square_before", QuantityKind::MeanSquareBefore, false},
    {"mean_square", QuantityKind::MeanSquare, false},
    {"update", QuantityKind::Change, false},
    {"after", QuantityKind::After, false},
};

std::string weightText(const Quantity& quantity, const Network& network)
{
    const ParameterView& view = network.parameters()[quantity.parameter];
    std::string text = view.name + "[" + std::to_string(quantity.row + 1);
    if (!view.isBias)
        text += "," + std::to_string(quantity.column + 1);
    return text + "]";
}

} // namespace

std::span<const WeightSuffix> weightSuffixes()
{
    return suffixes;
}

std::string slotName(const Network& network, SlotId slot)
{
    const Slot& named = network.program().slotTable[static_cast<std::size_t>(slot)];
    if (named.layer < 0)
        return named.name;
    return network.layers()[static_cast<std::size_t>(named.layer)].spec.name + "." + named.name;
}

bool isNet(const Network& network, SlotId slot)
{
    const std::string_view name = network.program().slotTable[static_cast<std::size_t>(slot)].name;
    return name == "net" || name.ends_with(".net");
}

std::string deltaName(const Network& network, SlotId slot)
{
    const std::string name = slotName(network, slot);
    if (!isNet(network, slot))
        return name + ".delta";
    return name.substr(0, name.size() - std::string_view("net").size()) + "delta";
}

std::string quantityText(const Quantity& quantity, const Network& network)
{
    const std::string unit = "[" + std::to_string(quantity.unit + 1) + "]";
    const std::string at = "@" + std::to_string(quantity.t);
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return slotName(network, quantity.slot) + unit + at;
    case QuantityKind::Delta:
        return deltaName(network, quantity.slot) + unit + at;
    case QuantityKind::Target:
        return "target" + unit + at;
    case QuantityKind::StepLoss:
        return "loss" + at;
    case QuantityKind::Loss:
        return "loss";
    case QuantityKind::GradientNorm:
        return "gradient_norm";
    case QuantityKind::Weight:
        return weightText(quantity, network);
    case QuantityKind::WeightAt:
        return weightText(quantity, network) + at;
    default:
        break;
    }
    const auto* suffix =
        std::find_if(std::begin(suffixes), std::end(suffixes),
                     [&](const WeightSuffix& candidate) { return candidate.kind == quantity.kind; });
    return weightText(quantity, network) + "." + std::string(suffix->text) + (suffix->hasTime ? at : "");
}

} // namespace chronograd
