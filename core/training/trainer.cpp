#include "core/training/trainer.h"

#include "core/experiment/input_error.h"
#include "core/kernels/flush_denormals.h"

#include <algorithm>
#include <numeric>

namespace chronograd {

namespace {

std::int64_t longestSequence(const Dataset& data)
{
    std::int64_t length = 0;
    for (const Sequence& sequence : data.training) {
        length = std::max(length, sequence.length());
    }
    return length;
}

constexpr std::size_t mostParameters = 10'000'000;

std::shared_ptr<const Network> buildNetwork(const Experiment& experiment)
{
    const std::string file = experiment.file.empty() ? "experiment" : experiment.file.string();
    try {
        std::shared_ptr<const Network> network = Network::build(experiment.network);
        if (network->parameters().count() > mostParameters) {
            throw InputError("the network has " + std::to_string(network->parameters().count()) +
                             " parameters; the limit is " + std::to_string(mostParameters));
        }
        return network;
    } catch (const InputError& error) {
        throw InputError(file + ": /network/layers: " + error.what());
    }
}

} // namespace

Trainer::Trainer(const Experiment& experiment, std::shared_ptr<const Dataset> data, Options options)
    : m_options(options)
    , m_network(buildNetwork(experiment))
    , m_data(std::move(data))
    , m_givenData(m_data)
    , m_training(experiment.training)
    , m_weights(Vector::Zero(static_cast<Eigen::Index>(m_network->parameters().size())))
    , m_gradient(m_weights)
    , m_optimizer(m_network->parameters())
    , m_settings(experiment.training.start)
    , m_nextEpoch(m_settings)
    , m_schedule(experiment.training.schedule)
    , m_shuffle(experiment.training.seed, "shuffle")
    , m_history(m_network->parameters().size())
{
    initialise(experiment.network, m_network->parameters(), m_weights);
    m_weightBound = m_weights.cwiseAbs().maxCoeff();
    m_position.epoch = 0;
    prepareEdits(experiment);
    applySchedule();
    beginFirstEpoch();
    if (m_training.updates == 0) {
        stop("0 updates were asked for");
    }
}

bool Trainer::advance(Granularity granularity)
{
    const kernels::FlushDenormals flush;
    const std::int64_t update = m_position.update;
    const auto isThere = [&] {
        switch (granularity) {
        case Granularity::Term:
        case Granularity::Unit:
        case Granularity::Layer:
        case Granularity::Pass:
            return true;
        case Granularity::TimeStep:
            return !(m_next == Next::Forward && m_layer != group().first) &&
                   !(m_next == Next::Backward && m_layer != group().end - 1);
        case Granularity::Update:
            return m_position.update != update;
        case Granularity::Sequence:
            return m_next == Next::NewSequence;
        case Granularity::Epoch:
            return m_epochIsOver;
        }
        return true;
    };
    const auto go = [&] {
        switch (granularity) {
        case Granularity::Term:
        case Granularity::Unit:
            return innerStep(granularity);
        case Granularity::Layer:
        case Granularity::TimeStep:
            return microStep();
        case Granularity::Pass:
            return pass();
        default:
            return passes();
        }
    };
    do {
        if (!go()) {
            return false;
        }
    } while (!isFinished() && !isThere());
    return true;
}

bool Trainer::pass()
{
    if (m_next == Next::NewSequence) {
        beginSequence();
    }
    switch (m_next) {
    case Next::Forward:
        return runForward();
    case Next::Backward:
        return runBackward();
    default:
        return microStep();
    }
}

/// The passes of one update, as many as are left of it.
bool Trainer::passes()
{
    if (m_next == Next::NewSequence) {
        beginSequence();
    }
    if (m_single.isPossible && isAtSingleStep()) {
        singleStep();
        return true;
    }
    if (m_next == Next::Forward && !runForward()) {
        return false;
    }
    if (m_next == Next::Backward && !runBackward()) {
        return false;
    }
    return m_next != Next::Update || update();
}

bool Trainer::microStep()
{
    switch (m_next) {
    case Next::NewSequence:
        beginSequence();
        forwardLayer();
        break;
    case Next::Forward:
        forwardLayer();
        break;
    case Next::Backward:
        backwardLayer();
        break;
    case Next::Update:
        return update();
    case Next::Over:
        break;
    }
    return true;
}

// Sequences and epochs

/// With what is in force now.
void Trainer::beginFirstEpoch()
{
    m_shuffle = Random(m_training.seed, "shuffle");
    m_sequences.clear();
    m_epochIsOver = true;
    beginSequence();
}

void Trainer::beginEpoch()
{
    ++m_position.epoch;
    const bool rechunk = m_sequences.empty() || m_settings.chunk != m_nextEpoch.chunk;
    m_settings.state = m_nextEpoch.state;
    m_settings.chunk = m_nextEpoch.chunk;
    if (rechunk) {
        m_sequences = cutIntoChunks(m_data->training, m_settings.chunk);
        m_order.resize(m_sequences.size());
        makeUnfolding();
    }
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    if (m_training.shuffle) {
        for (std::size_t i = m_order.size(); i > 1; --i) { // Fisher–Yates
            std::swap(m_order[i - 1], m_order[m_shuffle.below(static_cast<std::uint32_t>(i))]);
        }
    }
    m_position.sequences = static_cast<std::int64_t>(m_sequences.size());
    m_inEpoch = 0;
    m_epochIsOver = false;
    m_epochLoss = 0;
    m_updatesInEpoch = 0;
}

/// Room for the longest sequence, as often as the batch has sequences.
void Trainer::makeUnfolding()
{
    const auto all = static_cast<std::int64_t>(m_sequences.size());
    const auto batch = static_cast<int>(std::min(m_training.batchSize.value_or(all), all));
    m_single.length = 0;
    if (!m_unfolding || m_unfolding->batch() != batch) {
        m_unfolding = std::make_unique<Unfolding>(m_network, longestSequence(*m_data), batch);
    }
    const std::int64_t work = static_cast<std::int64_t>(m_weights.size()) * batch;
    m_stepsPerPiece = std::max<std::int64_t>(64, 2'000'000 / work);
    m_batch.reserve(static_cast<std::size_t>(batch));
    m_lengths.reserve(static_cast<std::size_t>(batch));
}

void Trainer::gatherBatch()
{
    const std::size_t size =
        std::min(static_cast<std::size_t>(m_unfolding->batch()), m_order.size() - m_inEpoch);
    if (m_batch.size() != size) {
        m_batch.resize(size);
        m_lengths.resize(size);
    }
    std::int64_t longest = 0;
    for (std::size_t i = 0; i < size; ++i) {
        m_batch[i] = m_sequences[m_order[m_inEpoch + i]];
        m_lengths[i] = m_batch[i].length;
        longest = std::max(longest, m_lengths[i]);
        m_unfolding->raiseInputBound(m_batch[i].largestInput);
    }
    m_position.sequenceLength = longest;
    m_unfolding->setLengths(m_lengths);
    SlotColumns& inputs = m_unfolding->slot(m_network->inputSlot());
    if (inputs.batch() == 1 && inputs.rows() == inputs.units()) { // data and columns lie alike
        std::copy_n(m_batch.front().input(1).data(), longest * inputs.stride(), inputs.value(1));
    } else {
        gatherInputs();
    }
}

void Trainer::gatherInputs()
{
    SlotColumns& inputs = m_unfolding->slot(m_network->inputSlot());
    const std::int64_t longest = m_position.sequenceLength;
    for (int member = 0; member < m_unfolding->batch(); ++member) {
        const auto which = static_cast<std::size_t>(member);
        for (std::int64_t t = 1; t <= longest; ++t) {
            if (which < m_batch.size() && t <= m_lengths[which]) {
                m_unfolding->setInput(t, m_batch[which].input(t), member);
            } else {
                std::fill_n(inputs.value(t, member), inputs.stride(), 0.0);
            }
        }
    }
}

void Trainer::beginSequence()
{
    if (m_epochIsOver) {
        beginEpoch();
    } else {
        m_inEpoch += m_batch.size();
    }
    if (!m_lateEdits.empty()) {
        putLateEdits();
    }
    const bool isNewStart = m_settings.chunk && m_sequences[m_order[m_inEpoch]].isFirstChunk();
    if (m_inEpoch == 0 || isNewStart || m_settings.state == StateRule::Reset) {
        m_unfolding->clearState();
    } else {
        carryStateOver();
    }
    startSequence();
    if (m_observer != nullptr) {
        m_observer->sequenceBegan(*this);
    }
}

/// The sequences and their state are chosen: to the moment before the first step.
void Trainer::startSequence()
{
    gatherBatch();
    m_position.sequence = static_cast<std::int64_t>(m_order[m_inEpoch]) + 1;
    m_position.t = 0;
    m_position.sinceUpdate = 0;
    m_context = 0;
    m_updatesInSequence = 0;
    m_next = Next::Forward;
    startStep();
    if (m_single.length != m_position.sequenceLength) {
        findSingleSteps();
    }
    if (m_options.recordWeights) {
        m_history.clear();
        m_updatesAt.clear();
        m_history.record(1, m_weights, 1);
    }
}

/// The state after the last step becomes column 0. Done when the next sequence begins, so that what the
/// update at the end of the last one was made of can still be looked at.
void Trainer::carryStateOver()
{
    const std::int64_t length = m_position.sequenceLength;
    if (m_settings.history == History::Recomputed && m_context < length) {
        m_unfolding->forward(m_weights.data(), columnsOf({m_context + 1, length}));
    }
    m_unfolding->carryState(length);
}

void Trainer::endSequence()
{
    m_next = Next::NewSequence;
    if (m_inEpoch + m_batch.size() == m_sequences.size()) {
        endEpoch();
    }
}

void Trainer::endEpoch()
{
    m_epochIsOver = true;
    EpochReport report;
    report.epoch = m_position.epoch;
    report.lastUpdate = m_position.update;
    report.meanLoss = m_updatesInEpoch > 0 ? m_epochLoss / static_cast<double>(m_updatesInEpoch) : 0.0;
    if (m_options.evaluateTest && m_observer != nullptr && !m_data->test.empty()) {
        report.testLoss = testLoss();
    }
    if (m_observer != nullptr) {
        m_observer->epochEnded(report);
    }
    if (m_updatesInEpoch == 0) {
        stop("no step with a target ever enters an update: a whole epoch made none");
    } else if (m_training.stopLoss && report.meanLoss <= *m_training.stopLoss && !isFinished()) {
        stop("the mean loss of epoch " + std::to_string(report.epoch) + " is at most stop_loss");
    }
}

// What others ask for

Evaluator& Trainer::evaluator()
{
    if (!m_evaluator) {
        m_evaluator = std::make_unique<Evaluator>(m_network, m_data);
    }
    return *m_evaluator;
}

Evaluator::TrainedState Trainer::trainedState() const
{
    const std::int64_t column = m_settings.history == History::Recomputed ? m_context : m_position.t;
    return {m_unfolding.get(), column, m_batch.front()};
}

std::optional<double> Trainer::testLoss()
{
    if (m_data->test.empty()) {
        return std::nullopt;
    }
    return evaluator().testLoss(m_weights, m_settings, trainedState());
}

std::optional<Accuracy> Trainer::accuracy()
{
    return evaluator().accuracy(m_weights, m_settings, trainedState());
}

Prediction Trainer::prediction()
{
    const auto which = m_batch.empty() ? 0 : m_batch.front().sequence - m_data->training.data();
    Prediction prediction = evaluator().predict(m_weights, m_settings, static_cast<std::size_t>(which));
    prediction.update = m_position.update;
    return prediction;
}

} // namespace chronograd
