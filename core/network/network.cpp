#include "core/network/network.h"

#include "core/experiment/input_error.h"
#include "core/network/cells/cells.h"
#include "core/network/step_program_builder.h"

#include <algorithm>
#include <cassert>
#include <string_view>

namespace chronograd {

namespace {

std::string_view cellName(Cell cell)
{
    switch (cell) {
    case Cell::Dense:
        return "dense";
    case Cell::Elman:
        return "elman";
    case Cell::Jordan:
        return "jordan";
    case Cell::Lstm:
        return "lstm";
    case Cell::Gru:
        return "gru";
    }
    return "";
}

void refuseWhatCannotBeTrained(const LayerSpec& layer)
{
    if (findCell(layer.cell) == nullptr) {
        throw InputError("layer \"" + layer.name + "\": this version cannot train the cell \"" +
                         std::string(cellName(layer.cell)) + "\"; it knows dense and elman");
    }
    if (layer.bidirectional) {
        throw InputError("layer \"" + layer.name + "\": this version cannot train bidirectional layers");
    }
}

bool readsTheStepBefore(const Operation& operation)
{
    const auto* affine = std::get_if<Affine>(&operation);
    return affine != nullptr && std::any_of(affine->terms.begin(), affine->terms.end(),
                                            [](const Term& term) { return term.source.lag > 0; });
}

} // namespace

std::shared_ptr<const Network> Network::build(const NetworkSpec& spec)
{
    assert(spec.inputs.has_value() && !spec.layers.empty());
    auto network = std::make_shared<Network>();
    network->m_program.slotTable.push_back({"input", -1, *spec.inputs});
    for (const LayerSpec& layerSpec : spec.layers) {
        refuseWhatCannotBeTrained(layerSpec);
        assert(layerSpec.units.has_value());
        const auto index = static_cast<int>(network->m_layers.size());
        auto& operations = network->m_program.operations;
        Layer& layer = network->m_layers.emplace_back();
        layer.spec = layerSpec;
        layer.units = *layerSpec.units;
        layer.firstOperation = static_cast<int>(operations.size());
        StepProgramBuilder builder(*network, index);
        findCell(layerSpec.cell)(builder);
        layer.endOperation = static_cast<int>(operations.size());
        layer.isRecurrent =
            std::any_of(operations.begin() + layer.firstOperation, operations.end(), readsTheStepBefore);
    }
    return network;
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

} // namespace chronograd
