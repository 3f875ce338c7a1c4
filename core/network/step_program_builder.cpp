#include "core/network/step_program_builder.h"

#include <utility>

namespace chronograd {

Operand StepProgramBuilder::input() const
{
    const int below = layer().inputLayer;
    return {below < 0 ? m_network.inputSlot() : m_network.m_layers[static_cast<std::size_t>(below)].output,
            0};
}

int StepProgramBuilder::inputUnits() const
{
    return m_network.m_program.slotTable[static_cast<std::size_t>(input().slot)].units;
}

int StepProgramBuilder::outputUnits() const
{
    return m_network.m_outputs;
}

SlotId StepProgramBuilder::slot(std::string name, int units, int blocks)
{
    m_network.m_program.slotTable.push_back({std::move(name), m_layer, units, blocks});
    return static_cast<SlotId>(m_network.m_program.slotTable.size()) - 1;
}

ParameterId StepProgramBuilder::parameter(const std::string& name, int rows, int columns, int blocks)
{
    return m_network.m_parameters.add({.name = spec().name + "." + name,
                                       .layer = m_layer,
                                       .rows = rows,
                                       .columns = columns,
                                       .trainable = spec().trainable,
                                       .blocks = blocks});
}

std::optional<ParameterId> StepProgramBuilder::bias(const std::string& name, int rows, int blocks)
{
    if (!spec().bias) {
        return std::nullopt;
    }
    return m_network.m_parameters.add({.name = spec().name + "." + name,
                                       .layer = m_layer,
                                       .rows = rows,
                                       .columns = 1,
                                       .isBias = true,
                                       .trainable = spec().trainable,
                                       .blocks = blocks});
}

void StepProgramBuilder::affine(SlotId result, std::vector<Term> terms, std::optional<ParameterId> bias)
{
    m_network.m_program.operations.emplace_back(Affine{result, std::move(terms), bias});
}

void StepProgramBuilder::addAffine(SlotId result, Term term)
{
    m_network.m_program.operations.emplace_back(Affine{result, {std::move(term)}, std::nullopt, true});
}

void StepProgramBuilder::activate(SlotId result, ActivationFunction function, SlotId argument, int block)
{
    m_network.m_program.operations.emplace_back(Activate{result, argument, function, block});
}

void StepProgramBuilder::products(SlotId result, std::vector<ProductTerm> terms)
{
    m_network.m_program.operations.emplace_back(Products{result, std::move(terms)});
}

void StepProgramBuilder::addProducts(SlotId result, int block, std::vector<ProductTerm> terms)
{
    m_network.m_program.operations.emplace_back(Products{result, std::move(terms), block, true});
}

void StepProgramBuilder::publish(SlotId net, SlotId output)
{
    Layer& layer = m_network.m_layers[static_cast<std::size_t>(m_layer)];
    layer.net = net;
    layer.output = output;
}

} // namespace chronograd
