#pragma once

#include "core/tasks/dataset.h"
#include "core/training/accuracy.h"
#include "core/training/hyperparameters.h"
#include "core/training/prediction.h"
#include "core/training/sequence_view.h"
#include "core/unfold/unfolding.h"

#include <functional>
#include <memory>
#include <optional>

namespace chronograd {

/// Runs a network forward without touching the one that trains: test loss, accuracy and predictions.
class Evaluator
{
public:
    Evaluator(std::shared_ptr<const Network> network, std::shared_ptr<const Dataset> data);

    /// Where training stands: the state after step `column` of a sequence.
    struct TrainedState
    {
        const Unfolding* unfolding;
        std::int64_t column;
        SequenceView sequence;
    };

    /// Mean over the test steps with a target of their own losses; absent without a test part. The test part
    /// starts from zeros or, with `carry`, from the state at the end of the training sequence.
    std::optional<double> testLoss(const Vector& weights, const Hyperparameters& settings,
                                   const TrainedState& trained);

    /// Right steps of the test part, which starts as for testLoss(); without one, of the training part from
    /// zeros. Absent where the targets are no classes.
    std::optional<Accuracy> accuracy(const Vector& weights, const Hyperparameters& settings,
                                     const TrainedState& trained);

    /// One-step and free-running predictions along the series: its training and test parts as one, when they
    /// are one series; else along one training sequence (`sequence` from 0).
    Prediction predict(const Vector& weights, const Hyperparameters& settings, std::size_t sequence);

private:
    void run(const Vector& weights, const SequenceView& sequence);
    void continueFrom(const Vector& weights, const TrainedState& trained);
    /// Runs over sequences, from zeros or from the state that stands, and looks at every step with a target.
    void visit(const Vector& weights, const std::vector<Sequence>& sequences, bool carries,
               const std::function<void(const SequenceView&, std::int64_t)>& look);
    bool feedsItself(std::span<const Sequence* const> parts) const;
    /// The second half of the sequence that was run last, fed with its own outputs.
    void runFree(const Vector& weights, Prediction& prediction, const SequenceView& sequence,
                 std::int64_t firstPoint);
    void append(Prediction& prediction, const SequenceView& sequence, std::int64_t firstPoint) const;

    std::shared_ptr<const Dataset> m_data;
    std::unique_ptr<Unfolding> m_unfolding;
};

} // namespace chronograd
