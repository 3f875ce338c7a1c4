#pragma once

#include "core/network/network_spec.h"
#include "core/network/parameters.h"
#include "core/unfold/step_program.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// A layer as it was built: its slots and its operations in the step program.
struct Layer
{
    LayerSpec spec;
    int units = 0;
    SlotId net = 0;         ///< Weighted input of the units.
    SlotId output = 0;      ///< Their activation: "out" in traces.
    int firstOperation = 0; ///< Operations [firstOperation, endOperation) of the program are this layer's.
    int endOperation = 0;
    bool isRecurrent = false; ///< Reads something of the step before.
};

/// A network that never changes: structure, parameter layout and step program. Shared by the trainer, frames,
/// views.
class Network
{
public:
    /// \throws InputError for a cell or option that this version cannot train. Precondition: units and inputs
    /// are numbers (see makeDataset).
    static std::shared_ptr<const Network> build(const NetworkSpec& spec);

    int inputs() const { return m_program.slotTable.front().units; }
    int outputs() const { return m_layers.back().units; }
    const std::vector<Layer>& layers() const { return m_layers; }
    const ParameterLayout& parameters() const { return m_parameters; }
    const StepProgram& program() const { return m_program; }
    SlotId inputSlot() const { return 0; }
    std::optional<int> findLayer(std::string_view name) const;

private:
    friend class StepProgramBuilder;
    std::vector<Layer> m_layers;
    ParameterLayout m_parameters;
    StepProgram m_program;
};

} // namespace chronograd
