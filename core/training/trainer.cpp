#include "core/training/trainer.h"

#include "core/experiment/input_error.h"
#include "core/kernels/flush_denormals.h"
#include "core/training/non_finite.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cmath>
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

std::shared_ptr<const Network> buildNetwork(const Experiment& experiment)
{
    const std::string file = experiment.file.empty() ? "experiment" : experiment.file.string();
    if (experiment.training.batchSize != 1) {
        throw InputError(file + ": /training/batch_size: this version trains one sequence at a time; write 1");
    }
    try {
        return Network::build(experiment.network);
    } catch (const InputError& error) {
        throw InputError(file + ": /network/layers: " + error.what());
    }
}

} // namespace

Trainer::Trainer(const Experiment& experiment, std::shared_ptr<const Dataset> data, Options options)
    : m_options(options)
    , m_network(buildNetwork(experiment))
    , m_data(std::move(data))
    , m_training(experiment.training)
    , m_unfolding(std::make_unique<Unfolding>(m_network, longestSequence(*m_data)))
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
    m_stepsPerPiece = std::max<std::int64_t>(64, 2'000'000 / static_cast<std::int64_t>(m_weights.size()));
    m_position.epoch = 0;
    applySchedule();
    beginSequence();
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
        case Granularity::Layer:
        case Granularity::Pass:
            return true;
        case Granularity::TimeStep:
            return !(m_next == Next::Forward && m_layer != 0) &&
                   !(m_next == Next::Backward && m_layer != lastLayer());
        case Granularity::Update:
            return m_position.update != update;
        case Granularity::Sequence:
            return m_next == Next::NewSequence;
        case Granularity::Epoch:
            return m_epochIsOver;
        }
        return true;
    };
    const bool inSmallSteps = granularity == Granularity::Layer || granularity == Granularity::TimeStep;
    do {
        if (!(inSmallSteps ? microStep() : pass())) {
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

void Trainer::beginEpoch()
{
    ++m_position.epoch;
    const bool rechunk = m_sequences.empty() || m_settings.chunk != m_nextEpoch.chunk;
    m_settings.state = m_nextEpoch.state;
    m_settings.chunk = m_nextEpoch.chunk;
    if (rechunk) {
        m_sequences = cutIntoChunks(m_data->training, m_settings.chunk);
        m_order.resize(m_sequences.size());
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

void Trainer::beginSequence()
{
    if (m_epochIsOver) {
        beginEpoch();
    } else {
        ++m_inEpoch;
    }
    const SequenceView& now = sequence();
    const bool isNewStart = m_settings.chunk && now.isFirstChunk();
    if (m_inEpoch == 0 || isNewStart || m_settings.state == StateRule::Reset) {
        m_unfolding->clearState();
    } else {
        carryStateOver();
    }
    for (std::int64_t t = 1; t <= now.length; ++t) {
        m_unfolding->setInput(t, now.input(t));
    }
    m_position.sequence = static_cast<std::int64_t>(m_order[m_inEpoch]) + 1;
    m_position.sequenceLength = now.length;
    m_position.t = 0;
    m_position.sinceUpdate = 0;
    m_context = 0;
    m_updatesInSequence = 0;
    m_layer = 0;
    m_next = Next::Forward;
    if (m_options.recordWeights) {
        m_history.clear();
        m_updatesAt.clear();
        m_history.record(1, m_weights);
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
    if (m_inEpoch + 1 == m_sequences.size()) {
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

// Forward

bool Trainer::isUpdateDue(std::int64_t t, std::int64_t since) const
{
    const std::int64_t length = sequence().length;
    const bool enough = since >= m_settings.k1.in(length);
    if (m_settings.window == WindowRule::Partial) {
        return enough || t == length;
    }
    return (enough && t >= m_settings.k2.in(length)) || (t == length && m_updatesInSequence == 0);
}

/// Steps from here to the next update that is due, the one at work included. At least 1.
std::int64_t Trainer::stepsUntilDue() const
{
    const std::int64_t length = sequence().length;
    const std::int64_t done = m_layer == 0 ? m_position.t : m_position.t - 1;
    std::int64_t wait = m_settings.k1.in(length)-m_position.sinceUpdate;
    if (m_settings.window == WindowRule::Full) {
        wait = std::max(wait, m_settings.k2.in(length)-done);
    }
    return std::clamp<std::int64_t>(wait, 1, length - done);
}

void Trainer::forwardLayer()
{
    const std::int64_t t = m_layer == 0 ? m_position.t + 1 : m_position.t;
    m_unfolding->forwardLayer(m_weights.data(), m_layer, t);
    m_position.phase = Phase::Forward;
    m_position.t = t;
    m_position.at = t;
    m_position.layer = m_layer;
    if (m_layer++ == lastLayer()) {
        endStep();
    }
}

bool Trainer::runForward()
{
    while (m_layer != 0 && m_next == Next::Forward) { // a step was left half-way
        forwardLayer();
    }
    while (m_next == Next::Forward) {
        const std::int64_t steps = std::min(stepsUntilDue(), m_stepsPerPiece);
        m_unfolding->forward(m_weights.data(), {m_position.t + 1, static_cast<int>(steps)});
        m_position.phase = Phase::Forward;
        m_position.t += steps;
        m_position.at = m_position.t;
        m_position.layer = lastLayer();
        m_position.sinceUpdate += steps - 1; // endStep() counts the last
        m_stepsDone += steps - 1;
        endStep();
        if (m_next == Next::Forward && isInterrupted()) {
            return false;
        }
    }
    return true;
}

void Trainer::endStep()
{
    ++m_position.sinceUpdate;
    ++m_stepsDone;
    m_layer = 0;
    const std::int64_t t = m_position.t;
    if (!isUpdateDue(t, m_position.sinceUpdate)) {
        if (t == sequence().length) {
            endSequence();
        }
        return;
    }
    m_window = windowAt(t);
    m_sinceOfUpdate = m_position.sinceUpdate;
    m_injection = injectionRange(m_settings.injection, m_window, m_sinceOfUpdate);
    if (countTargets(sequence(), m_injection) == 0) {
        m_position.sinceUpdate = 0;
        if (t == sequence().length) {
            endSequence();
        }
        return;
    }
    m_next = Next::Backward;
    m_at = m_window.to;
    m_layer = lastLayer();
}

Window Trainer::windowAt(std::int64_t t) const
{
    const std::int64_t from = std::max<std::int64_t>(1, t - m_settings.k2.in(sequence().length) + 1);
    return {m_settings.history == History::Recomputed ? std::max(from, m_context + 1) : from, t};
}

// Backward

void Trainer::beginBackward()
{
    if (m_settings.history == History::Recomputed) {
        const Window again{m_context + 1, m_window.to};
        m_unfolding->forward(m_weights.data(), columnsOf(again));
        if (m_options.recordWeights) {
            m_history.replaceFrom(again.from, m_weights);
        }
    }
    m_context = std::max(m_context, m_window.from - 1);
    m_unfolding->clearDeltas(columnsOf(m_window));
    m_loss = injectLosses(*m_unfolding, sequence(), m_settings, m_injection);
}

void Trainer::backwardLayer()
{
    if (m_at == m_window.to && m_layer == lastLayer()) {
        beginBackward();
    }
    m_unfolding->backwardLayer(m_weights.data(), m_layer, m_at, columnsOf(m_window));
    m_position.phase = Phase::Backward;
    m_position.at = m_at;
    m_position.layer = m_layer;
    if (--m_layer < 0) {
        m_layer = lastLayer();
        if (--m_at < m_window.from) {
            m_next = Next::Update;
        }
    }
}

bool Trainer::runBackward()
{
    if (m_at == m_window.to && m_layer == lastLayer() && m_window.length() <= m_stepsPerPiece) {
        beginBackward();
        m_unfolding->backward(m_weights.data(), columnsOf(m_window));
        m_position.phase = Phase::Backward;
        m_position.at = m_window.from;
        m_position.layer = 0;
        m_next = Next::Update;
        return true;
    }
    do { // a window so long, or a sweep left half-way, that it is taken layer by layer
        backwardLayer();
    } while (m_next == Next::Backward && !isInterrupted());
    return m_next != Next::Backward;
}

// Update

/// False: interrupted. Pieces begin at the window's first step, whoever steps, so that the sums are always
/// the same.
bool Trainer::computeGradient()
{
    m_gradient.setZero();
    for (std::int64_t from = m_window.from; from <= m_window.to; from += m_stepsPerPiece) {
        if (from != m_window.from && isInterrupted()) {
            return false;
        }
        m_unfolding->gradient(columnsOf({from, std::min(from + m_stepsPerPiece - 1, m_window.to)}),
                              m_gradient.data());
    }
    return true;
}

bool Trainer::update()
{
    if (!computeGradient()) {
        return false;
    }
    m_gradientNorm = m_optimizer.norm(m_gradient);
    if (!std::isfinite(m_loss) || !std::isfinite(m_gradientNorm)) {
        diverge(describeNonFinite(*m_unfolding, sequence(), m_settings, m_window, m_injection, m_gradient,
                                  m_weights, m_position.update + 1));
        return true;
    }
    const bool clips = m_settings.clipNorm && m_gradientNorm > *m_settings.clipNorm;
    m_scale = clips ? *m_settings.clipNorm / m_gradientNorm : 1.0;
    if (m_options.recordWeights) {
        m_before = m_weights;
        m_velocityBefore = m_optimizer.velocity();
        m_settingsOfUpdate = m_settings;
    }
    applyUpdate(m_scale);
    if (m_diverged) {
        return true;
    }

    ++m_position.update;
    ++m_updatesInSequence;
    ++m_updatesInEpoch;
    m_epochLoss += m_loss;
    m_position.phase = Phase::Updated;
    m_position.at = m_position.t;
    m_position.layer = -1;
    m_position.sinceUpdate = 0;
    m_layer = 0;
    m_next = Next::Forward;
    if (m_options.recordWeights) {
        m_velocityAfter = m_optimizer.velocity(); // a change of optimizer is about to zero it
        m_updatesAt.push_back(m_position.t);
        m_history.record(m_position.t + 1, m_weights);
    }
    if (m_observer != nullptr) {
        m_observer->updated({m_position.update, m_position.epoch, m_position.sequence, m_position.t, m_loss,
                             m_gradientNorm, &m_settings});
    }
    applySchedule();
    if (m_position.t == sequence().length) {
        endSequence();
    }
    if (m_training.updates && m_position.update >= *m_training.updates && !isFinished()) {
        stop("all " + std::to_string(*m_training.updates) + " updates are done");
    }
    return true;
}

void Trainer::applyUpdate(double scale)
{
    constexpr double safe = 1e100;       ///< Far below overflow; beyond it every weight is looked at.
    constexpr double mostQuotient = 1e9; ///< No |m̂|/√v̂ or |g|/√s comes near this.
    const bool divides =
        m_settings.optimizer == Optimizer::Rmsprop || m_settings.optimizer == Optimizer::Adam;
    m_velocityBound = divides
                          ? m_settings.learningRate * std::max(mostQuotient, m_gradientNorm)
                          : m_settings.momentum * m_velocityBound + m_settings.learningRate * m_gradientNorm;
    m_weightBound += m_velocityBound;
    if (m_weightBound < safe) {
        m_optimizer.update(m_settings, m_gradient, scale, m_weights);
        return;
    }
    const Vector weights = m_weights;
    const OptimizerState optimizer = m_optimizer;
    m_optimizer.update(m_settings, m_gradient, scale, m_weights);
    if (!m_weights.allFinite()) {
        const std::string message = describeNonFiniteWeights(*m_network, m_weights, m_settings,
                                                             m_gradientNorm, m_position.update + 1);
        m_weights = weights;
        m_optimizer = optimizer;
        diverge(message);
        return;
    }
    m_weightBound = m_weights.cwiseAbs().maxCoeff();
    m_velocityBound = m_optimizer.velocity().cwiseAbs().maxCoeff();
}

void Trainer::stop(std::string message)
{
    m_message = std::move(message);
    m_next = Next::Over;
}

void Trainer::diverge(std::string message)
{
    m_diverged = true;
    stop(std::move(message));
}

// Settings

void Trainer::put(const SettingChange& change)
{
    const bool nextEpoch = settingSpec(change.setting).nextEpoch && m_position.epoch > 0;
    const Optimizer before = m_settings.optimizer;
    apply(nextEpoch ? m_nextEpoch : m_settings, change);
    if (settingSpec(change.setting).nextEpoch && !nextEpoch) {
        apply(m_nextEpoch, change);
    }
    if (m_settings.optimizer != before) {
        m_optimizer.reset();
        m_velocityBound = 0;
    }
}

void Trainer::applySchedule()
{
    while (m_nextEntry < m_schedule.size() && m_schedule[m_nextEntry].update <= m_position.update + 1) {
        for (const SettingChange& change : m_schedule[m_nextEntry].set) {
            put(change);
        }
        ++m_nextEntry;
    }
    m_pending.clear();
}

bool Trainer::standsBetweenUpdates() const
{
    return m_position.sinceUpdate == 0 && m_layer == 0 &&
           (m_next == Next::Forward || m_next == Next::NewSequence) &&
           (m_position.phase == Phase::Updated || m_position.phase == Phase::Ready);
}

std::int64_t Trainer::nextChangeableUpdate() const
{
    return m_position.update + (standsBetweenUpdates() ? 1 : 2);
}

void Trainer::change(const SettingChange& change)
{
    const std::int64_t update = nextChangeableUpdate();
    auto entry = std::find_if(m_schedule.begin(), m_schedule.end(),
                              [&](const ScheduleEntry& each) { return each.update >= update; });
    if (entry == m_schedule.end() || entry->update != update) {
        entry = m_schedule.insert(entry, ScheduleEntry{update, {}, {}});
    }
    std::erase_if(entry->set, [&](const SettingChange& each) { return each.setting == change.setting; });
    entry->set.push_back(change);
    if (standsBetweenUpdates()) {
        put(change);
        m_nextEntry = std::max(m_nextEntry, static_cast<std::size_t>(entry - m_schedule.begin()) + 1);
    } else {
        std::erase_if(m_pending, [&](const SettingChange& each) { return each.setting == change.setting; });
        m_pending.push_back(change);
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

std::optional<double> Trainer::testLoss()
{
    if (m_data->test.empty()) {
        return std::nullopt;
    }
    const std::int64_t column = m_settings.history == History::Recomputed ? m_context : m_position.t;
    return evaluator().testLoss(m_weights, m_settings, {m_unfolding.get(), column, sequence()});
}

Prediction Trainer::prediction()
{
    const auto which = m_sequences.empty() ? 0 : sequence().sequence - m_data->training.data();
    Prediction prediction = evaluator().predict(m_weights, m_settings, static_cast<std::size_t>(which));
    prediction.update = m_position.update;
    return prediction;
}

} // namespace chronograd
