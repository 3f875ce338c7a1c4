#pragma once

#include "core/experiment/experiment.h"
#include "core/math/random.h"
#include "core/network/network.h"
#include "core/tasks/dataset.h"
#include "core/training/evaluator.h"
#include "core/training/frame.h"
#include "core/training/optimizer.h"
#include "core/training/position.h"
#include "core/training/sequence_view.h"
#include "core/training/weight_history.h"
#include "core/unfold/unfolding.h"

#include <atomic>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

struct Checkpoint;
struct DatumPlace;
struct EditTarget;
class Trainer;

/// One update, for curves and metrics.
struct UpdateReport
{
    std::int64_t update = 0;
    std::int64_t epoch = 0;
    std::int64_t sequence = 0; ///< Of a batch: its first.
    std::int64_t t = 0;
    double loss = 0.0;
    double gradientNorm = 0.0;
    const Hyperparameters* settings = nullptr; ///< It was computed with these.
};

struct EpochReport
{
    std::int64_t epoch = 0;
    std::int64_t lastUpdate = 0;
    double meanLoss = 0.0; ///< Of L over its updates.
    std::optional<double> testLoss;
};

/// What an update did to one weight.
struct WeightUpdate
{
    double gradient = 0.0; ///< ∂L/∂w, before clipping.
    double scale = 1.0;    ///< < 1 when it was clipped.
    double velocityBefore = 0.0;
    double velocityAfter = 0.0; ///< v; of adam m.
    Hyperparameters settings;
};

/// Told while training runs; must not call back.
class TrainingObserver
{
public:
    virtual ~TrainingObserver() = default;
    virtual void updated(const UpdateReport& report) = 0;
    virtual void epochEnded(const EpochReport& report) = 0;
    /// Before its first step: the moment to take a checkpoint.
    virtual void sequenceBegan(const Trainer& /*trainer*/) {}
};

/// Trains a network by truncated back-propagation through time, exactly as in "Training: exact meaning" of
/// the file format. A step machine: it can stop after every layer of every step in both passes, and says
/// where it is; how it is stepped does not change a single bit of what it computes. Allocates nothing between
/// two updates of a sequence.
class Trainer
{
public:
    struct Options
    {
        bool recordWeights = false; ///< Keep what frames need to show and explain updates.
        bool evaluateTest = true;   ///< Compute the test loss at the end of each epoch.
    };

    /// \throws InputError when the network or its history is too large, or an edit names what is not there.
    Trainer(const Experiment& experiment, std::shared_ptr<const Dataset> data, Options options);

    void setObserver(TrainingObserver* observer) { m_observer = observer; }

    /// While it is true, advance() comes back early, in the middle of a long pass: a later call goes on from
    /// there.
    void setInterrupt(const std::atomic<bool>* interrupt) { m_interrupt = interrupt; }

    /// Goes on to the next stop of this granularity, or to the end of training. False: interrupted on the
    /// way.
    bool advance(Granularity granularity);

    bool isFinished() const { return m_next == Next::Over; }
    bool isAtSequenceEnd() const { return m_next == Next::NewSequence; }
    bool isAtEpochEnd() const { return m_epochIsOver; }
    bool hasDiverged() const { return m_diverged; }
    /// Why it finished, in one sentence; empty while it has not.
    const std::string& message() const { return m_message; }

    /// How many layers of steps, forward or backward, and updates the machine has computed.
    std::int64_t ticks() const { return m_ticks; }
    Moment moment() const { return {m_ticks, m_position.parameter, m_position.unit, m_position.term}; }
    std::int64_t stepsDone() const { return m_stepsDone; } ///< Forward steps of all sequences.
    const Position& position() const { return m_position; }
    const Hyperparameters& settings() const { return m_settings; }
    const Network& network() const { return *m_network; }
    std::shared_ptr<const Network> sharedNetwork() const { return m_network; }
    const Vector& weights() const { return m_weights; }
    const Unfolding& unfolding() const { return *m_unfolding; }

    /// In force from the end of the update being gathered on (at once when training stands between two
    /// updates); recorded in the schedule.
    void change(const SettingChange& change);
    /// What the schedule changes at the end of the update being gathered.
    std::vector<SettingChange> pending() const;
    /// A weight or a datum, changed by hand: acts and is recorded as a change of a setting; a datum of a step
    /// already taken when its sequence comes again. Precondition: problemOf() is empty.
    void edit(const Edit& edit);
    /// What is wrong with an edit, in a sentence: it names what is not there.
    std::string problemOf(const Edit& edit) const;
    const std::vector<ScheduleEntry>& schedule() const { return m_schedule; }
    /// The first update a change made now is in force for.
    std::int64_t nextChangeableUpdate() const;

    bool isAtSequenceStart() const;
    /// Precondition: isAtSequenceStart().
    Checkpoint checkpoint() const;
    /// Puts everything back as it was; what is trained from here is bit for bit what was trained then,
    /// changes in the schedule included. Of this trainer's own checkpoints only.
    void restore(const Checkpoint& kept);
    /// A checkpoint as a file holds it, and back.
    SavedCheckpoint saved(const Checkpoint& kept) const;
    /// Precondition: nothing is trained yet. \throws InputError saying what does not fit this run.
    Checkpoint adopted(const SavedCheckpoint& saved) const;

    /// That of another course of this run; restore() a checkpoint of it then.
    void setSchedule(std::vector<ScheduleEntry> schedule);
    /// Another course from here: entries of the schedule for `update` and later give way to those of `known`.
    void forgetChangesFrom(std::int64_t update, const std::vector<ScheduleEntry>& known);

    /// L of the last update, and what it was made of.
    double loss() const { return m_loss; }
    double gradientNorm() const { return m_gradientNorm; }
    /// Of a weight by its place in the flat vector. Needs Options::recordWeights.
    WeightUpdate lastUpdateOf(std::size_t weight) const;

    /// This moment. Needs Options::recordWeights.
    Frame frame(const FrameRequest& request) const;
    /// Of every sequence of the batch.
    std::vector<Frame> frames(FrameRequest request) const;
    Prediction prediction();
    std::optional<double> testLoss();
    /// Of the test part, or without one of the training part; absent where the targets are no classes.
    std::optional<Accuracy> accuracy();

private:
    /// What the machine does next.
    enum class Next : std::uint8_t
    {
        NewSequence,
        Forward,  ///< m_layer of step m_at.
        Backward, ///< The same.
        Update,
        Over,
    };
    struct LeftOptimizer
    {
        std::int64_t ticks = 0; ///< When it was changed.
        Optimizer kind = Optimizer::Sgd;
        OptimizerState state;
        double velocityBound = 0.0;
    };
    struct RunningStep
    {
        int member = 0; ///< Of the batch.
        std::int64_t t = 0;
    };

    bool microStep();
    bool pass();
    bool passes();
    void computeForward();
    void forwardLayer();
    void computeBackward();
    void backwardLayer();

    bool innerStep(Granularity granularity);
    bool beginInside();
    void nextTerm();
    void nextUnit();
    void nextRow();
    bool isLastTerm() const;
    int termsOf(int unit) const;
    int nextTrainable(int parameter) const;
    void leaveInside();
    bool runForward();
    bool runBackward();

    std::int64_t stepsOfBatch(std::int64_t from, std::int64_t to) const;
    void goOnForward();
    void goOnBackward();
    void startGroup(int group);
    /// Goes on with the first layer of the next step: startGroup() where no group is to be chosen.
    void startStep()
    {
        if (m_network->needsWholeSequence()) {
            startGroup(0);
        } else {
            m_group = 0;
            m_layer = 0;
            m_at = m_position.t + 1;
        }
    }
    bool isAtWork(int layer, std::int64_t t, Phase phase) const;
    int layersForward(std::int64_t t) const;
    int layersBackward(std::int64_t t) const;
    void beginSequence();
    void startSequence();
    void ownEditedData();
    Checkpoint presentState() const;
    ScheduleEntry& nextEntry();
    void nextEntryIsInForce();
    std::vector<SettingChange> pendingAfter(const Hyperparameters& shown) const;
    std::vector<Edit> editsAfter(std::int64_t update) const;
    void makeUnfolding();
    void gatherBatch();
    void gatherInputs();
    void carryStateOver();
    void beginFirstEpoch();
    void beginEpoch();
    void endSequence();
    void endEpoch();
    void endStep();
    void updateIfDue();
    bool isUpdateDue(std::int64_t t, std::int64_t since) const;
    std::int64_t stepsUntilDue() const;
    Window windowAt(std::int64_t t) const;
    void beginBackward();
    bool update();
    bool canStepAtOnce() const;
    /// An update with a gradient within this bound (Unfolding::gradientBound()) cannot overflow, whatever the
    /// velocity.
    double safeGradientBound() const
    {
        constexpr double safe = 1e100; ///< Far below overflow.
        const double rate = m_settings.learningRate;
        return m_weightBound + m_velocityBound < safe ? safe / std::max(1.0, rate * rate) : 0.0;
    }
    /// `squares`: Σ of those of the gradient.
    void isSteppedAtOnce(double squares)
    {
        m_gradientNorm = std::sqrt(squares);
        m_scale = 1.0;
        m_velocityBound = m_settings.momentum * m_velocityBound + m_settings.learningRate * m_gradientNorm;
        m_weightBound += m_velocityBound;
    }
    void findSingleSteps();
    /// Nothing of the next step is done yet, and it has a target.
    bool isAtSingleStep() const
    {
        return m_next == Next::Forward && m_layer == 0 && !m_position.isInside() &&
               m_batch.front().hasTarget(m_position.t + 1);
    }
    void singleStep();
    void stepAtOnce();
    bool stepInTurn();
    void keepBefore();
    bool computeUpdate();
    void concludeUpdate();
    void tellUpdate();
    void stopAfterAllUpdates();
    bool computeGradient();
    void applyUpdate(double scale);
    void applySchedule();
    bool isScheduled() const ///< Something is, for the next update.
    {
        return m_nextEntry < m_schedule.size() && m_schedule[m_nextEntry].update <= m_position.update + 1;
    }
    bool isInEffect(Setting setting) const;
    void put(const SettingChange& change);
    void beginOptimizer(Optimizer before);
    void put(const Edit& edit);
    std::optional<RunningStep> runningStep(const DatumPlace& place) const;
    void putDatum(const Edit& edit, const EditTarget& target);
    void putLateEdits();
    void prepareEdits(const Experiment& experiment);
    std::size_t entriesBefore(std::int64_t update) const;
    std::shared_ptr<Dataset> dataAfter(std::size_t entries) const;
    void adoptSettings(const SavedCheckpoint& saved, Checkpoint& kept) const;
    void adoptOrder(const SavedCheckpoint& saved, Checkpoint& kept) const;
    Vector adoptedParameters(const std::map<std::string, Matrix>& from, const char* key, bool needsAll) const;
    std::map<std::string, Matrix> namedParameters(const Vector& flat) const;
    bool standsBetweenUpdates() const;
    void stop(std::string message);
    void diverge(std::string message);

    const LayerGroup& group() const { return m_network->groups()[static_cast<std::size_t>(m_group)]; }
    bool isStepHalfDone() const
    {
        return m_next == Next::Forward && m_group == 0 && (m_layer > 0 || m_position.isInside());
    }
    bool isAtBackwardStart() const;
    bool isInterrupted() const
    {
        return m_interrupt != nullptr && m_interrupt->load(std::memory_order_relaxed);
    }
    int lastLayer() const { return static_cast<int>(m_network->layers().size()) - 1; }
    Evaluator& evaluator();
    Evaluator::TrainedState trainedState() const;
    Columns columnsOf(Window window) const { return {window.from, window.length()}; }
    void fillSteps(Frame& frame) const;
    void fillProgress(Frame& frame) const;
    void fillParameters(Frame& frame) const;

    Options m_options;
    std::shared_ptr<const Network> m_network;
    std::shared_ptr<const Dataset> m_data;
    std::shared_ptr<const Dataset> m_givenData; ///< As it was before any edit.
    std::shared_ptr<Dataset> m_editedData;      ///< A copy of our own, once an edit has changed data.
    TrainingSpec m_training;
    TrainingObserver* m_observer = nullptr;
    const std::atomic<bool>* m_interrupt = nullptr;
    std::int64_t m_stepsPerPiece = 1; ///< So many steps take a few milliseconds at most.
    std::int64_t m_stepsDone = 0;
    std::int64_t m_ticks = 0;

    std::unique_ptr<Unfolding> m_unfolding;
    std::unique_ptr<Evaluator> m_evaluator;
    Vector m_weights;
    Vector m_gradient;
    OptimizerState m_optimizer;

    Hyperparameters m_settings;
    Hyperparameters m_nextEpoch; ///< Its `state` and `chunk` come into force with the next epoch.
    std::vector<ScheduleEntry> m_schedule;
    std::size_t m_nextEntry = 0;
    std::vector<Edit>
        m_lateEdits; ///< Of steps already taken, whose data are history: acts when the sequence comes again.

    std::vector<SequenceView> m_sequences;
    std::vector<std::size_t> m_order;
    std::vector<SequenceView> m_batch;   ///< The sequences being trained, side by side.
    std::vector<std::int64_t> m_lengths; ///< Theirs.
    std::size_t m_inEpoch = 0;
    Random m_shuffle;
    bool m_epochIsOver = true;

    Position m_position;
    Next m_next = Next::NewSequence;
    int m_group = 0; ///< Of layers, at work.
    int m_layer = 0;
    std::int64_t m_at = 0; ///< The step at work.
    Window m_window;
    Window m_injection;
    std::int64_t m_contributors = 0; ///< Sequences with an injected target.
    std::int64_t m_context =
        0; ///< The last step that has left the window; its column is the state at the cut.
    std::int64_t m_sinceOfUpdate =
        0; ///< Forward steps that the update at work, or the last one, was due after.
    std::int64_t m_updatesInSequence = 0;
    std::int64_t m_updatesInEpoch = 0;
    double m_epochLoss = 0.0;
    double m_loss = 0.0;
    double m_gradientNorm = 0.0;
    double m_scale = 1.0; ///< Of the last gradient: < 1 when clipped.
    /// What singleStep() needs, found once for many.
    struct SingleSteps
    {
        bool isPossible = false; ///< It can do the updates of sequences …
        std::int64_t length = 0; ///< … of so many steps; 0: nobody has asked yet.
        kernels::MomentumStep step = {};
        std::int64_t ticks = 0; ///< Of the two passes.
    };
    SingleSteps m_single;
    double m_velocityBound = 0.0; ///< No |Δw| is greater …
    double m_weightBound = 0.0;   ///< … and no |w|: tells cheaply that an update cannot overflow.
    bool m_diverged = false;
    std::string m_message;
    std::optional<LeftOptimizer> m_leftOptimizer; ///< The last that was changed on this way here.

    // Only with Options::recordWeights
    WeightHistory m_history;
    Vector m_before;
    Vector m_after; ///< As the update left them: an edit may have changed m_weights since.
    Vector m_velocityBefore;
    Vector m_velocityAfter;
    Vector m_squaresBefore; ///< Of the optimizers that keep them.
    Vector m_squaresAfter;
    std::int64_t m_momentSteps = 0;
    Hyperparameters m_settingsOfUpdate;
    std::vector<std::int64_t> m_updatesAt;
};

} // namespace chronograd
