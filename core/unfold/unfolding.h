#pragma once

#include "core/network/network.h"
#include "core/unfold/activation_operation.h"
#include "core/unfold/affine.h"
#include "core/unfold/bound_operation.h"
#include "core/unfold/slot_columns.h"

#include <memory>
#include <span>
#include <vector>

namespace chronograd {

/// A network unfolded over up to `steps` time steps: instance t executes the step program once and reads
/// instance t − 1; instance 0 is the state before the first step. Back-propagation is the sweep over the
/// instances in reverse.
///
/// Two ways to the same bits: layer by layer at one step (stepping), or many steps at once (running), where
/// whatever does not wait for the step before is one matrix product over all of them.
class Unfolding
{
public:
    /// \throws InputError when the history would not fit (see bytesNeeded).
    Unfolding(std::shared_ptr<const Network> network, std::int64_t steps);

    const Network& network() const { return *m_network; }
    std::int64_t steps() const { return m_steps; }
    SlotColumns& slot(SlotId id) { return m_slots[static_cast<std::size_t>(id)]; }
    const SlotColumns& slot(SlotId id) const { return m_slots[static_cast<std::size_t>(id)]; }
    SlotColumns& output() { return slot(m_network->layers().back().output); }
    SlotColumns& outputNet() { return slot(m_network->layers().back().net); }
    const SlotColumns& output() const { return slot(m_network->layers().back().output); }
    const SlotColumns& outputNet() const { return slot(m_network->layers().back().net); }

    void clearState();                  ///< Column 0 = 0: h_0 = c_0 = y_0 = 0.
    void carryState(std::int64_t from); ///< Column 0 = column `from`.
    void setInput(std::int64_t t, std::span<const double> input);

    void forward(const double* weights, Columns columns);
    void forwardLayer(const double* weights, int layer, std::int64_t t);

    /// Before a backward sweep over a window: deltas are 0. The loss then adds its own to the last layer.
    void clearDeltas(Columns window);
    void backward(const double* weights, Columns window);
    /// One layer of one step, the last layer and the last step first.
    void backwardLayer(const double* weights, int layer, std::int64_t t, Columns window);

    /// gradient += Σ over the window of every instance's share.
    void gradient(Columns window, double* gradient);

    static double bytesNeeded(const Network& network, std::int64_t steps);
    static constexpr double mostBytes = 4e9;

private:
    /// An operation inside the loop over time of a recurrent stage.
    struct LoopCall
    {
        BoundOperation* operation;
        bool sameStep; ///< Its part of this step cannot run ahead: it waits for the loop.
        bool delayed;  ///< It reads the step before.
    };
    struct StageLayer
    {
        int layer;
        std::vector<LoopCall> loop; ///< In forward order.
    };
    /// Layers that wait for one another across time are one stage: its loop runs step by step; what does not
    /// wait for the loop runs over all steps at once.
    struct Stage
    {
        std::vector<BoundOperation*> ahead; ///< Forward before the loop, backward after it.
        std::vector<StageLayer> layers;     ///< With empty loops when nothing is recurrent.
        BoundAffine* loopAffine = nullptr;  ///< The loop is these two and nothing else: one kernel call.
        BoundActivation* loopActivation = nullptr;
        bool isRecurrent = false; ///< The loop has calls.
        bool isPulled = false;    ///< Its slots are read one step later.
    };

    void makeStages();
    void makeStage(int firstLayer, int endLayer);
    void findSimpleLoop(Stage& stage) const;

    std::shared_ptr<const Network> m_network;
    std::int64_t m_steps;
    std::vector<SlotColumns> m_slots;
    std::vector<std::unique_ptr<BoundOperation>> m_operations;
    std::vector<std::vector<BoundOperation*>>
        m_pullsOfLayer; ///< Operations that read a layer's slots one step later.
    std::vector<Stage> m_stages;
};

} // namespace chronograd
