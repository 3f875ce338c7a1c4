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

/// A network unfolded over up to `steps` time steps, for `batch` sequences side by side: instance t executes
/// the step program once and reads instance t − 1; instance 0 is the state before the first step. Chains that
/// run against time read instance t + 1. Back-propagation is the sweep over the instances in reverse.
///
/// Two ways to the same bits: layer by layer at one step (stepping), or many steps at once (running), where
/// whatever does not wait for the step before is one matrix product over all of them.
class Unfolding
{
public:
    /// \throws InputError when the history would not fit (see bytesNeeded).
    Unfolding(std::shared_ptr<const Network> network, std::int64_t steps, int batch = 1);

    const Network& network() const { return *m_network; }
    std::int64_t steps() const { return m_steps; }
    int batch() const { return m_batch; }
    SlotColumns& slot(SlotId id) { return m_slots[static_cast<std::size_t>(id)]; }
    const SlotColumns& slot(SlotId id) const { return m_slots[static_cast<std::size_t>(id)]; }
    SlotColumns& output() { return slot(m_network->layers().back().output); }
    SlotColumns& outputNet() { return slot(m_network->layers().back().net); }
    const SlotColumns& output() const { return slot(m_network->layers().back().output); }
    const SlotColumns& outputNet() const { return slot(m_network->layers().back().net); }

    void clearState();                  ///< Step 0 = 0: h_0 = c_0 = y_0 = 0.
    void carryState(std::int64_t from); ///< Step 0 = step `from`.
    /// How many steps each sequence of the batch has: chains that run against time start there, from zeros.
    void setLengths(std::span<const std::int64_t> lengths);
    void setInput(std::int64_t t, std::span<const double> input, int member = 0);

    /// With chains that run against time, `columns` has to be the whole sequence.
    void forward(const double* weights, Columns columns);
    void forwardLayer(const double* weights, int layer, std::int64_t t);

    /// Before a backward sweep over a window: deltas are 0. The loss then adds its own to the last layer.
    void clearDeltas(Columns window);
    void backward(const double* weights, Columns window);
    /// One layer of one step, the last layer and the last step first.
    void backwardLayer(const double* weights, int layer, std::int64_t t, Columns window);

    /// gradient += Σ over the window of every instance's share.
    void gradient(Columns window, double* gradient);

    static double bytesNeeded(const Network& network, std::int64_t steps, int batch = 1);
    static constexpr double mostBytes = 4e9;

private:
    /// An operation inside the loop over time of a recurrent stage.
    struct LoopCall
    {
        BoundOperation* operation;
        bool sameStep; ///< Its part of this step cannot run ahead: it waits for the loop.
        bool delayed;  ///< It reads a neighbouring step.
    };
    /// Who reads a slot of a layer at a neighbouring step.
    struct Pull
    {
        BoundOperation* reader;
        std::size_t operand;
        int lag;
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
        bool isPulled = false;    ///< Its slots are read at a neighbouring step.
        int direction = 1;        ///< −1: its loop runs from the last step to the first.
    };

    void makeStages();
    void makeStage(int firstLayer, int endLayer);
    void findSimpleLoop(Stage& stage) const;
    void forwardStep(const double* weights, const Stage& stage, std::int64_t t);
    void backwardStep(const double* weights, const Stage& stage, std::int64_t t, Columns window);
    void pull(const double* weights, int layer, std::int64_t t, Columns window);
    void clearEnded(int layer, std::int64_t t);

    std::shared_ptr<const Network> m_network;
    std::int64_t m_steps;
    int m_batch;
    std::vector<std::int64_t> m_lengths; ///< Of the sequences of a batch, if they differ; else empty.
    std::vector<SlotColumns> m_slots;
    std::vector<std::unique_ptr<BoundOperation>> m_operations;
    std::vector<std::vector<Pull>> m_pullsOfLayer;
    std::vector<Stage> m_stages;
};

} // namespace chronograd
