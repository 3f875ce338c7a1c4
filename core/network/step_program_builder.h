#pragma once

#include "core/network/network.h"

#include <string>
#include <vector>

namespace chronograd {

/// What a cell is written with: appends slots, parameters and operations of one layer to a network being
/// built.
class StepProgramBuilder
{
public:
    StepProgramBuilder(Network& network, int layer)
        : m_network(network)
        , m_layer(layer)
    {}

    const LayerSpec& spec() const { return layer().spec; }
    int units() const { return layer().units; }

    Operand input() const;                                    ///< Output of the layer below, of this step.
    int inputUnits() const;                                   ///< Its size.
    Operand previous(SlotId slot) const { return {slot, 1}; } ///< A slot of the step before.

    SlotId slot(std::string name, int units);
    /// Parameter `<layer>.<name>`, rows × columns.
    ParameterId parameter(const std::string& name, int rows, int columns);
    /// The bias `<layer>.<name>`, unless the layer has none.
    std::optional<ParameterId> bias(const std::string& name, int rows);

    void affine(SlotId result, std::vector<Term> terms, std::optional<ParameterId> bias);
    void activate(SlotId result, ActivationFunction function, SlotId argument);

    /// Says which slots are "net" and "out" of the layer, for those above it, for traces and pictures.
    void publish(SlotId net, SlotId output);

private:
    const Layer& layer() const { return m_network.m_layers[static_cast<std::size_t>(m_layer)]; }

    Network& m_network;
    int m_layer;
};

} // namespace chronograd
