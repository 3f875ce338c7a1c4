#include "core/network/step_program_builder.h"

#include <utility>

namespace chronograd {

Operand StepProgramBuilder::input() const
{
    if (m_layer == 0) {
        return {m_network.inputSlot(), 0};
    }
    return {m_network.m_layers[static_cast<std::size_t>(m_layer - 1)].output, 0};
}

int StepProgramBuilder::inputUnits() const
{
    return m_network.m_program.slotTable[static_cast<std::size_t>(input().slot)].units;
}

SlotId StepProgramBuilder::slot(std::string name, int units)
{
    m_network.m_program.slotTable.push_back({std::move(name), m_layer, units});
    return static_cast<SlotId>(m_network.m_program.slotTable.size()) - 1;
}

ParameterId StepProgramBuilder::parameter(const std::string& name, int rows, int columns)
{
    return m_network.m_parameters.add(spec().name + "." + name, m_layer, rows, columns, false,
                                      spec().trainable);
}

std::optional<ParameterId> StepProgramBuilder::bias(const std::string& name, int rows)
{
    if (!spec().bias) {
        return std::nullopt;
    }
    return m_network.m_parameters.add(spec().name + "." + name, m_layer, rows, 1, true, spec().trainable);
}

void StepProgramBuilder::affine(SlotId result, std::vector<Term> terms, std::optional<ParameterId> bias)
{
    m_network.m_program.operations.emplace_back(Affine{result, std::move(terms), bias});
}

void StepProgramBuilder::activate(SlotId result, ActivationFunction function, SlotId argument)
{
    m_network.m_program.operations.emplace_back(Activate{result, argument, function});
}

void StepProgramBuilder::publish(SlotId net, SlotId output)
{
    Layer& layer = m_network.m_layers[static_cast<std::size_t>(m_layer)];
    layer.net = net;
    layer.output = output;
}

} // namespace chronograd
