#pragma once

#include "core/network/network.h"

#include <string>
#include <vector>

namespace chronograd {

/// What a cell is written with: appends slots, parameters and operations of one layer to a network being
/// built. `blocks` everywhere is the number of gates stacked in the rows.
class StepProgramBuilder
{
public:
    StepProgramBuilder(Network& network, int layer)
        : m_network(network)
        , m_layer(layer)
    {}

    const LayerSpec& spec() const { return layer().spec; }
    int units() const { return layer().units; }

    Operand input() const;   ///< Output of the layer below, of this step.
    int inputUnits() const;  ///< Its size.
    int outputUnits() const; ///< Outputs of the whole network.
    /// A slot of the step before (in a chain that runs against time: of the step after).
    Operand previous(SlotId slot) const { return {slot, layer().direction()}; }
    Operand previousOutput() const { return {outputToCome, 1}; } ///< Of the network; in products() only.

    SlotId slot(std::string name, int units, int blocks = 1);
    /// Parameter `<layer>.<name>`, rows × columns.
    ParameterId parameter(const std::string& name, int rows, int columns, int blocks = 1);
    /// The bias `<layer>.<name>`, unless the layer has none.
    std::optional<ParameterId> bias(const std::string& name, int rows, int blocks = 1);

    void affine(SlotId result, std::vector<Term> terms, std::optional<ParameterId> bias);
    void addAffine(SlotId result, Term term); ///< result += W · source
    void activate(SlotId result, ActivationFunction function, SlotId argument, int block = 0);
    void products(SlotId result, std::vector<ProductTerm> terms);
    void addProducts(SlotId result, int block, std::vector<ProductTerm> terms); ///< result's block +=

    /// Says which slots are "net" and "out" of the layer, for those above it, for traces and pictures.
    void publish(SlotId net, SlotId output);

    static constexpr SlotId outputToCome = -1;

private:
    const Layer& layer() const { return m_network.m_layers[static_cast<std::size_t>(m_layer)]; }

    Network& m_network;
    int m_layer;
};

} // namespace chronograd
