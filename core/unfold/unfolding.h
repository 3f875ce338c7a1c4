#pragma once

#include "core/network/network.h"
#include "core/unfold/activation_operation.h"
#include "core/unfold/affine.h"
#include "core/unfold/bound_operation.h"
#include "core/unfold/element_chain.h"
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
    Unfolding(const Unfolding&) = delete; // its columns refer to its window
    Unfolding& operator=(const Unfolding&) = delete;

    const Network& network() const { return *m_network; }
    std::int64_t steps() const { return m_steps; }
    int batch() const { return m_batch; }
    SlotColumns& slot(SlotId id) { return m_slots[static_cast<std::size_t>(id)]; }
    const SlotColumns& slot(SlotId id) const { return m_slots[static_cast<std::size_t>(id)]; }
    SlotColumns& output() { return slot(m_output); }
    SlotColumns& outputNet() { return slot(m_outputNet); }
    const SlotColumns& output() const { return slot(m_output); }
    const SlotColumns& outputNet() const { return slot(m_outputNet); }

    void clearState();                  ///< Step 0 = 0: h_0 = c_0 = y_0 = 0.
    void carryState(std::int64_t from); ///< Step 0 = step `from`.
    void setState(SlotId id, const double* columns);
    /// How many steps each sequence of the batch has: chains that run against time start there, from zeros.
    void setLengths(std::span<const std::int64_t> lengths)
    {
        if (m_batch > 1 || m_network->needsWholeSequence()) { // else nobody starts behind the end
            setStarts(lengths);
        }
    }
    void setInput(std::int64_t t, std::span<const double> input, int member = 0);
    /// No |input| is greater than the greatest bound told: gradientBound() need not look at them.
    void raiseInputBound(double bound)
    {
        if (bound > m_inputBound) {
            m_inputBound = bound;
            setBound(m_network->inputSlot(), bound);
        }
    }

    /// With chains that run against time, `columns` has to be the whole sequence.
    void forward(const double* weights, Columns columns);
    void forwardLayer(const double* weights, int layer, std::int64_t t);

    /// Before a backward sweep over a window: the loss then sets the deltas of the last layer at the injected
    /// steps, of net (`lossOnNet`) or of out; all others are 0.
    void beginBackward(Columns window, Columns injected, bool lossOnNet);
    /// Σ of the squares of the deltas of `output` that were set: gradientBound() need not look at them.
    void setOutputSquares(double squares)
    {
        if (m_stages.back().affine != nullptr) {
            m_stages.back().affine->setOutputSquares(squares);
        }
    }
    /// What is not a number must not stay in the padding of columns, which no sweep sets.
    void forgetDeltas();
    void backward(const double* weights);
    /// One layer of one step, the last layer and the last step first.
    void backwardLayer(const double* weights, int layer, std::int64_t t);

    /// gradient += Σ over these steps of the window of every instance's share.
    void gradient(Columns columns, double* gradient);
    /// No element of the gradient of the whole window is greater than the root of this.
    double gradientBound() const
    {
        double bound = 0.0;
        for (const BoundAffine* affine : m_affines) {
            bound += affine->gradientBound();
        }
        return bound;
    }
    /// The gradient and an update with momentum in one pass; returns the sum of the gradient's squares.
    /// Precondition: usesWeightsOnce().
    double step(const kernels::MomentumStep& step, const kernels::ParameterVectors& vectors);
    /// No part of a parameter has two uses, whose gradients would have to be added first.
    bool usesWeightsOnce() const { return m_usesWeightsOnce; }

    /// Can an update over one step be a single call? So it is where every layer is one kernel call (see
    /// Stage::affine), nobody trains in batches, and usesWeightsOnce().
    bool canTrainOneStep() const { return m_canTrainOneStep; }
    struct OneStep
    {
        double loss;    ///< ½ Σ (y−d)²
        double squares; ///< Σ of the squares of the gradient.
        bool isUpdated; ///< False: gradientBound() is not below `safeBound`; only step() is not done.
    };
    /// Step t alone: forward(), beginBackward(), the deltas of the loss, backward(), step(). The same bits.
    /// Precondition: canTrainOneStep().
    OneStep trainOneStep(std::int64_t t, std::span<const double> target, const kernels::MomentumStep& step,
                         const kernels::ParameterVectors& vectors, double safeBound);

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
    /// One call at a step of the loop: a product, elements, or a part of an operation.
    struct StepCall
    {
        const kernels::ColumnProduct* product = nullptr;
        kernels::ColumnProduct::Run run = nullptr;
        const BoundElementChain* chain = nullptr;
        BoundOperation* operation = nullptr;
        bool isDelayed = false;  ///< Its forwardDelayed().
        std::size_t operand = 0; ///< Of a pull: of backwardDelayed() …
        int lag = 0;             ///< … where there is such a step.
    };
    struct StageLayer
    {
        int layer;
        std::vector<LoopCall> loop; ///< In forward order; and what becomes of it:
        std::vector<StepCall> forward = {};
        std::vector<StepCall> pulls = {}; ///< Going back, first these …
        std::vector<StepCall> backward = {};
    };
    /// Layers that wait for one another across time are one stage: its loop runs step by step; what does not
    /// wait for the loop runs over all steps at once.
    struct Stage
    {
        std::vector<BoundOperation*> ahead; ///< Forward before the loop, backward after it.
        std::vector<StageLayer> layers;     ///< With empty loops when nothing is recurrent.
        std::vector<BoundAffine*> ofLoop;   ///< Whose products are StepCalls.
        /// The stage is this, joined with an activation: one kernel call. Else null, and forwardStage() and
        /// backwardStage() go through the operations.
        BoundAffine* affine = nullptr;
        bool isRecurrent = false; ///< The loop has calls.
        bool isPulled = false;    ///< Its slots are read at a neighbouring step.
        int direction = 1;        ///< −1: its loop runs from the last step to the first.

        // Of the backward sweep:
        bool isOutOverwritten = false; ///< The one reader of its output sets its delta.
        Columns live;                  ///< The steps that errors can reach …
        std::int64_t arrivesFrom = 1;  ///< … and the first whose output has a delta.
        bool isNetSet = false;         ///< The loss has set the delta of its net.
    };

    void setStarts(std::span<const std::int64_t> lengths);
    void clearLastLayer(const Stage& stage);
    void makeStages();
    void makeStage(int firstLayer, int endLayer);
    void joinLayerCalls(Stage& stage) const;
    void findOverwrites();
    void findSetDeltas();
    bool isReadByElementsOnly(SlotId id) const;
    void makeStepCalls();
    void makeStepCalls(Stage& stage, StageLayer& layer);
    void makePullCalls(StageLayer& layer, BoundElementChain* lastChain) const;
    void findBounds();
    void setBound(SlotId id, double bound);
    bool findWeightsUsedOnce() const;
    void beginLayer(Stage& stage, Columns window, Columns arrives);
    void beginOperations(Stage& stage, Columns window, Columns arrives);
    void forwardStage(const double* weights, const Stage& stage, Columns columns);
    void backwardStage(const double* weights, const Stage& stage, Columns columns);
    void forwardStep(const double* weights, const Stage& stage, std::int64_t t);
    void backwardStep(const double* weights, const Stage& stage, std::int64_t t);
    void pull(const double* weights, int layer, std::int64_t t);
    bool isInWindow(std::int64_t t) const { return t >= m_window.first && t <= m_window.last(); }
    void clearEnded(int layer, std::int64_t t)
    {
        if (!m_lengths.empty()) {
            clearEndedMembers(layer, t);
        }
    }
    void clearEndedMembers(int layer, std::int64_t t);

    std::shared_ptr<const Network> m_network;
    std::int64_t m_steps;
    int m_batch;
    SlotId m_output; ///< Of the last layer.
    SlotId m_outputNet;
    std::vector<std::int64_t> m_lengths; ///< Of the sequences of a batch, if they differ; else empty.
    std::vector<SlotColumns> m_slots;
    std::vector<std::unique_ptr<BoundOperation>> m_operations;
    std::vector<std::unique_ptr<BoundElementChain>> m_chains; ///< Of some of these.
    std::vector<bool> m_isSetBySweep;    ///< Slots whose deltas a sweep sets instead of adding to them.
    std::vector<BoundAffine*> m_affines; ///< Of these, all that have parameters.
    std::vector<std::vector<Pull>> m_pullsOfLayer;
    std::vector<std::vector<SlotId>> m_slotsOfLayer;
    std::vector<Stage> m_stages;
    std::vector<std::size_t> m_stageOfLayer;
    bool m_usesWeightsOnce = true;
    bool m_canTrainOneStep = false;
    std::vector<TrainedTogether> m_trained; ///< Of all operations.
    bool m_isStateZero = true;
    double m_inputBound = 0.0;
    Columns m_window; ///< Of the backward sweep.
    /// The live steps of the last layer in the last sweep, counted from the first of its window.
    Columns m_lastLive{0, 0};
};

} // namespace chronograd
