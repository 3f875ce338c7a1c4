#include "core/network/network.h"

#include "core/network/cells/cells.h"
#include "core/network/step_program_builder.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>
#include <cassert>
#include <string_view>

namespace chronograd {

namespace {

bool readsAnotherStep(const Operation& operation)
{
    return std::ranges::any_of(operandsOf(operation), [](Operand operand) { return operand.lag != 0; });
}

/// What reads the network's output was written before the output was there.
void resolveOutput(Operation& operation, SlotId output)
{
    if (auto* products = std::get_if<Products>(&operation)) {
        for (ProductTerm& term : products->terms) {
            for (Factor& factor : term.factors) {
                if (factor.source.slot == StepProgramBuilder::outputToCome) {
                    factor.source.slot = output;
                }
            }
        }
    }
}

} // namespace

std::shared_ptr<const Network> Network::build(const NetworkSpec& spec)
{
    assert(spec.inputs.has_value() && !spec.layers.empty());
    auto network = std::make_shared<Network>();
    network->m_program.slotTable.push_back({"input", -1, *spec.inputs});
    network->m_outputs = *spec.layers.back().units * (spec.layers.back().bidirectional ? 2 : 1);
    for (const LayerSpec& layer : spec.layers) {
        const int below = static_cast<int>(network->m_layers.size()) - 1;
        if (layer.bidirectional) {
            network->append(layer, LayerPart::Forward, below);
            network->append(layer, LayerPart::Backward, below);
            network->joinChains(layer);
        } else {
            network->append(layer, LayerPart::Whole, below);
        }
    }
    for (Operation& operation : network->m_program.operations) {
        resolveOutput(operation, network->m_layers.back().output);
    }
    network->makeGroups();
    return network;
}

void Network::append(const LayerSpec& spec, LayerPart part, int inputLayer)
{
    assert(spec.units.has_value());
    const auto index = static_cast<int>(m_layers.size());
    Layer& layer = m_layers.emplace_back();
    layer.spec = spec;
    if (part != LayerPart::Whole) {
        layer.spec.name += part == LayerPart::Forward ? ".forward" : ".backward";
    }
    layer.part = part;
    layer.inputLayer = inputLayer;
    layer.units = *spec.units;
    layer.firstOperation = static_cast<int>(m_program.operations.size());
    StepProgramBuilder builder(*this, index);
    findCell(spec.cell)(builder);
    layer.endOperation = static_cast<int>(m_program.operations.size());
    layer.isRecurrent = std::any_of(m_program.operations.begin() + layer.firstOperation,
                                    m_program.operations.end(), readsAnotherStep);
}

void Network::joinChains(const LayerSpec& spec)
{
    const std::size_t index = m_layers.size();
    const Layer& forward = m_layers[index - 2];
    const Layer& backward = m_layers[index - 1];
    Layer joined;
    joined.spec = spec;
    joined.spec.cell = Cell::Dense;
    joined.spec.activation = {};
    joined.part = LayerPart::Joined;
    joined.inputLayer = static_cast<int>(index) - 1;
    joined.units = forward.units + backward.units;
    joined.firstOperation = static_cast<int>(m_program.operations.size());
    joined.endOperation = joined.firstOperation + 1;
    m_program.slotTable.push_back({"out", static_cast<int>(index), joined.units});
    joined.output = joined.net = static_cast<SlotId>(m_program.slotTable.size()) - 1;
    m_program.operations.emplace_back(Concatenate{joined.output, {forward.output, backward.output}});
    m_layers.push_back(std::move(joined));
}

void Network::makeGroups()
{
    for (int l = 0; l < static_cast<int>(m_layers.size()); ++l) {
        const int direction = m_layers[static_cast<std::size_t>(l)].direction();
        if (m_groups.empty() || m_groups.back().direction != direction) {
            m_groups.push_back({l, l, direction});
        }
        m_groups.back().end = l + 1;
    }
}

std::optional<int> Network::findLayer(std::string_view name) const
{
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        if (m_layers[i].spec.name == name) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

std::optional<SlotId> Network::findSlot(int layer, std::string_view name) const
{
    const auto& slots = m_program.slotTable;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        if (slots[slot].layer == layer && slots[slot].name == name) {
            return static_cast<SlotId>(slot);
        }
    }
    return std::nullopt;
}

std::span<const char* const> gateNames(Cell cell)
{
    static constexpr const char* lstm[] = {"i", "f", "g", "o"};
    static constexpr const char* gru[] = {"r", "z", "n"};
    switch (cell) {
    case Cell::Lstm:
        return lstm;
    case Cell::Gru:
        return gru;
    default:
        return {};
    }
}

} // namespace chronograd
