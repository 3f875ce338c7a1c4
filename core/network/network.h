#pragma once

#include "core/network/network_spec.h"
#include "core/network/parameters.h"
#include "core/unfold/step_program.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// What a layer of a network is of the layer in the file. A bidirectional one becomes three: two chains and
/// the layer that joins their outputs.
enum class LayerPart : std::uint8_t
{
    Whole,
    Forward,  ///< "<name>.forward": runs with time.
    Backward, ///< "<name>.backward": runs against time, reads the step after.
    Joined,   ///< "<name>": forward states followed by backward states; nothing of its own.
};

/// A layer as it was built: its slots and its operations in the step program.
struct Layer
{
    LayerSpec spec; ///< Its name is that of the part.
    LayerPart part = LayerPart::Whole;
    int inputLayer = -1; ///< The layer it reads; −1: the network's input.
    int units = 0;
    SlotId net = 0;         ///< Weighted input of the units; of gated cells all gates'. Joined: the output.
    SlotId output = 0;      ///< Their activation: "out" in traces.
    int firstOperation = 0; ///< Operations [firstOperation, endOperation) of the program are this layer's.
    int endOperation = 0;
    bool isRecurrent = false; ///< Reads something of a neighbouring step.

    bool isGated() const { return spec.cell == Cell::Lstm || spec.cell == Cell::Gru; }
    bool hasNet() const { return part != LayerPart::Joined; }
    /// The slot whose delta stands for a unit in pictures: ∂L/∂net; of gated cells, whose units have several
    /// nets, ∂L/∂out.
    SlotId error() const { return isGated() ? output : net; }
    int direction() const { return part == LayerPart::Backward ? -1 : 1; }
};

/// Layers that are computed together step by step; the next group waits until all steps of this are done.
/// A network without bidirectional layers is one group.
struct LayerGroup
{
    int first = 0; ///< Layers [first, end).
    int end = 0;
    int direction = 1; ///< −1: from the last step to the first.
};

/// A network that never changes: structure, parameter layout and step program. Shared by the trainer, frames,
/// views.
class Network
{
public:
    /// Precondition: units and inputs are numbers (see makeDataset).
    static std::shared_ptr<const Network> build(const NetworkSpec& spec);

    int inputs() const { return m_program.slotTable.front().units; }
    int outputs() const { return m_layers.back().units; }
    const std::vector<Layer>& layers() const { return m_layers; }
    const std::vector<LayerGroup>& groups() const { return m_groups; }
    bool needsWholeSequence() const { return m_groups.size() > 1; }
    const ParameterLayout& parameters() const { return m_parameters; }
    const StepProgram& program() const { return m_program; }
    SlotId inputSlot() const { return 0; }
    std::optional<int> findLayer(std::string_view name) const;
    /// A slot of a layer by its own name: "cell", "i".
    std::optional<SlotId> findSlot(int layer, std::string_view name) const;

private:
    friend class StepProgramBuilder;
    void append(const LayerSpec& spec, LayerPart part, int inputLayer);
    void joinChains(const LayerSpec& spec);
    void makeGroups();

    int m_outputs = 0; ///< Units of the last layer, known before it is built.
    std::vector<Layer> m_layers;
    std::vector<LayerGroup> m_groups;
    ParameterLayout m_parameters;
    StepProgram m_program;
};

/// The gates of a cell in the order of its stacked rows: i f g o, or r z n; none for others.
std::span<const char* const> gateNames(Cell cell);

} // namespace chronograd
