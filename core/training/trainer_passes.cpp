#include "core/training/loss.h"
#include "core/training/non_finite.h"
#include "core/training/trainer.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cmath>

/// The passes of one update: forward steps until it is due, the sweep back, the change of the weights.

namespace chronograd {

// Forward

bool Trainer::isUpdateDue(std::int64_t t, std::int64_t since) const
{
    const std::int64_t length = m_position.sequenceLength;
    const bool enough = since >= m_settings.k1.in(length);
    if (m_settings.window == WindowRule::Partial) {
        return enough || t == length;
    }
    return (enough && t >= m_settings.k2.in(length)) || (t == length && m_updatesInSequence == 0);
}

/// Steps from here to the next update that is due, the one at work included. At least 1.
std::int64_t Trainer::stepsUntilDue() const
{
    const std::int64_t length = m_position.sequenceLength;
    const std::int64_t done = m_position.t - (isStepHalfDone() ? 1 : 0);
    std::int64_t wait = m_settings.k1.in(length)-m_position.sinceUpdate;
    if (m_settings.window == WindowRule::Full) {
        wait = std::max(wait, m_settings.k2.in(length)-done);
    }
    return std::clamp<std::int64_t>(wait, 1, std::max<std::int64_t>(1, length - done));
}

/// The first layer of the first step of a group, going forward (or the last of the last, going backward).
void Trainer::startGroup(int which)
{
    m_group = which;
    const bool forward = m_next == Next::Forward;
    const Window steps = !forward                          ? m_window
                         : m_network->needsWholeSequence() ? Window{1, m_position.sequenceLength}
                                                           : Window{m_position.t + 1, m_position.t + 1};
    m_at = forward == (group().direction > 0) ? steps.from : steps.to;
    m_layer = forward ? group().first : group().end - 1;
}

void Trainer::computeForward()
{
    m_unfolding->forwardLayer(m_weights.data(), m_layer, m_at);
    m_position.phase = Phase::Forward;
    m_position.t = std::max(m_position.t, m_at);
    m_position.at = m_at;
    m_position.layer = m_layer;
}

void Trainer::forwardLayer()
{
    if (!m_position.isInside()) {
        computeForward();
    }
    leaveInside();
    ++m_ticks;
    goOnForward();
}

/// Of all its sequences, those that have ended left out.
std::int64_t Trainer::stepsOfBatch(std::int64_t from, std::int64_t to) const
{
    std::int64_t steps = 0;
    for (const std::int64_t length : m_lengths) {
        steps += std::max<std::int64_t>(0, std::min(to, length) - from + 1);
    }
    return steps;
}

void Trainer::goOnForward()
{
    if (++m_layer < group().end) {
        return;
    }
    if (m_group == 0) {
        ++m_position.sinceUpdate;
        m_stepsDone += stepsOfBatch(m_at, m_at);
    }
    if (!m_network->needsWholeSequence()) {
        updateIfDue();
        return;
    }
    m_layer = group().first;
    m_at += group().direction;
    if (m_at >= 1 && m_at <= m_position.sequenceLength) {
        return;
    }
    if (m_group + 1 < static_cast<int>(m_network->groups().size())) {
        startGroup(m_group + 1);
    } else {
        updateIfDue();
    }
}

bool Trainer::runForward()
{
    const auto isAtStart = [&] {
        return m_group == 0 && m_layer == 0 && (m_at == 1 || !m_network->needsWholeSequence()) &&
               !m_position.isInside();
    };
    const bool inOnePiece = !m_network->needsWholeSequence() || m_position.sequenceLength <= m_stepsPerPiece;
    while (m_next == Next::Forward && (!isAtStart() || !inOnePiece)) { // left half-way, or long
        forwardLayer();
        if (!inOnePiece && m_next == Next::Forward && isInterrupted()) {
            return false;
        }
    }
    while (m_next == Next::Forward) {
        const std::int64_t steps = std::min(stepsUntilDue(), m_stepsPerPiece);
        m_unfolding->forward(m_weights.data(), {m_position.t + 1, static_cast<int>(steps)});
        m_position.phase = Phase::Forward;
        m_position.t += steps;
        m_position.at = m_position.t;
        m_position.layer = lastLayer();
        m_position.sinceUpdate += steps;
        m_ticks += steps * (lastLayer() + 1);
        m_stepsDone += stepsOfBatch(m_position.t - steps + 1, m_position.t);
        updateIfDue();
        if (m_next == Next::Forward && isInterrupted()) {
            return false;
        }
    }
    return true;
}

/// After a step, or after the whole sequence if it is needed: on to the backward pass, or to the next step.
void Trainer::updateIfDue()
{
    const std::int64_t t = m_position.t;
    bool isDue = isUpdateDue(t, m_position.sinceUpdate);
    if (isDue) {
        m_window = windowAt(t);
        m_sinceOfUpdate = m_position.sinceUpdate;
        m_injection = injectionRange(m_settings.injection, m_window, m_sinceOfUpdate);
        m_contributors = countContributors(m_batch, m_injection);
        if (m_contributors == 0) {
            m_position.sinceUpdate = 0;
            isDue = false;
        }
    }
    if (isDue) {
        m_next = Next::Backward;
        startGroup(static_cast<int>(m_network->groups().size()) - 1);
    } else if (t == m_position.sequenceLength) {
        endSequence();
    } else {
        startGroup(0);
    }
}

Window Trainer::windowAt(std::int64_t t) const
{
    const std::int64_t from = std::max<std::int64_t>(1, t - m_settings.k2.in(m_position.sequenceLength) + 1);
    return {m_settings.history == History::Recomputed ? std::max(from, m_context + 1) : from, t};
}

// Backward

void Trainer::beginBackward()
{
    if (m_settings.history == History::Recomputed) {
        const Window again{m_context + 1, m_window.to};
        m_unfolding->forward(m_weights.data(), columnsOf(again));
        if (m_options.recordWeights) {
            m_history.replaceFrom(again.from, m_weights, m_window.from);
        }
    }
    m_context = std::max(m_context, m_window.from - 1);
    m_unfolding->beginBackward(columnsOf(m_window), columnsOf(m_injection), lossActsOnNet(m_settings.loss));
    m_loss = injectLosses(*m_unfolding, m_batch, m_settings, m_injection, m_contributors);
}

bool Trainer::isAtBackwardStart() const
{
    return m_at == m_window.to && m_layer == lastLayer() && !m_position.isInside();
}

void Trainer::computeBackward()
{
    if (isAtBackwardStart()) {
        beginBackward();
    }
    m_unfolding->backwardLayer(m_weights.data(), m_layer, m_at);
    m_position.phase = Phase::Backward;
    m_position.at = m_at;
    m_position.layer = m_layer;
}

void Trainer::backwardLayer()
{
    if (!m_position.isInside()) {
        computeBackward();
    }
    leaveInside();
    ++m_ticks;
    goOnBackward();
}

void Trainer::goOnBackward()
{
    if (--m_layer >= group().first) {
        return;
    }
    m_layer = group().end - 1;
    m_at -= group().direction;
    if (m_window.contains(m_at)) {
        return;
    }
    if (m_group > 0) {
        startGroup(m_group - 1);
    } else {
        m_next = Next::Update;
    }
}

bool Trainer::runBackward()
{
    if (isAtBackwardStart() && m_window.length() <= m_stepsPerPiece) {
        beginBackward();
        m_unfolding->backward(m_weights.data());
        m_ticks += m_window.length() * (lastLayer() + 1);
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
    if (!m_position.isInside() && !computeUpdate()) {
        return false;
    }
    leaveInside();
    ++m_ticks;
    if (!m_diverged) {
        concludeUpdate();
    }
    return true;
}

/// The weights are changed; false: interrupted before that.
bool Trainer::computeUpdate()
{
    if (canStepAtOnce()) {
        keepBefore();
        stepAtOnce();
    } else if (!stepInTurn()) {
        return false;
    }
    if (m_options.recordWeights && !m_diverged) {
        m_velocityAfter = m_optimizer.velocity(); // a change of optimizer may zero it
        m_momentSteps = m_optimizer.steps();
        if (keepsSquares(m_settings.optimizer)) {
            m_squaresAfter = m_optimizer.squares();
        }
        m_after = m_weights;
    }
    return true;
}

/// Gradient and update in one pass: nobody needs the gradient first, and nothing can overflow.
bool Trainer::canStepAtOnce() const
{
    constexpr double safe = 1e100; ///< Far below overflow.
    if (m_settings.optimizer != Optimizer::Sgd || m_settings.clipNorm || !m_unfolding->usesWeightsOnce() ||
        m_window.length() > m_stepsPerPiece)
    {
        return false;
    }
    const double bound = m_unfolding->gradientBound();
    const double rate = m_settings.learningRate;
    return std::isfinite(m_loss) && bound < safe && bound * rate * rate < safe &&
           m_weightBound + m_velocityBound < safe;
}

void Trainer::stepAtOnce()
{
    if (m_options.recordWeights) {
        m_gradient.setZero();
    }
    const kernels::MomentumStep step{m_settings.momentum, m_settings.learningRate};
    const double squares = m_unfolding->step(step, {m_weights.data(), m_optimizer.velocityToChange(),
                                                    m_options.recordWeights ? m_gradient.data() : nullptr});
    m_gradientNorm = std::sqrt(squares);
    m_scale = 1.0;
    m_velocityBound = m_settings.momentum * m_velocityBound + m_settings.learningRate * m_gradientNorm;
    m_weightBound += m_velocityBound;
}

/// First the gradient, then what it says, then the update. False: interrupted.
bool Trainer::stepInTurn()
{
    if (!computeGradient()) {
        return false;
    }
    m_gradientNorm = m_optimizer.norm(m_gradient);
    if (!std::isfinite(m_loss) || !std::isfinite(m_gradientNorm)) {
        diverge(describeNonFinite(*m_unfolding, m_batch, m_settings, m_window, m_injection, m_gradient,
                                  m_weights, m_position.update + 1));
        return true;
    }
    const bool clips = m_settings.clipNorm && m_gradientNorm > *m_settings.clipNorm;
    m_scale = clips ? *m_settings.clipNorm / m_gradientNorm : 1.0;
    keepBefore();
    applyUpdate(m_scale);
    return true;
}

void Trainer::keepBefore()
{
    if (m_options.recordWeights) {
        m_before = m_weights;
        m_velocityBefore = m_optimizer.velocity();
        if (keepsSquares(m_settings.optimizer)) {
            m_squaresBefore = m_optimizer.squares();
        }
        m_settingsOfUpdate = m_settings;
    }
}

/// It counts: it is told, and what waits for its end comes into force.
void Trainer::concludeUpdate()
{
    ++m_position.update;
    ++m_updatesInSequence;
    ++m_updatesInEpoch;
    m_epochLoss += m_loss;
    m_position.phase = Phase::Updated;
    m_position.at = m_position.t;
    m_position.layer = -1;
    m_position.sinceUpdate = 0;
    m_next = Next::Forward;
    startGroup(0);
    if (m_options.recordWeights) {
        m_updatesAt.push_back(m_position.t);
    }
    if (m_observer != nullptr) {
        m_observer->updated({m_position.update, m_position.epoch, m_position.sequence, m_position.t, m_loss,
                             m_gradientNorm, &m_settings});
    }
    applySchedule();
    if (m_options.recordWeights) {
        m_history.record(m_position.t + 1, m_weights, windowAt(m_position.t).from); // edits included
    }
    if (m_position.t == m_position.sequenceLength) {
        endSequence();
    }
    if (m_training.updates && m_position.update >= *m_training.updates && !isFinished()) {
        stop("all " + std::to_string(*m_training.updates) + " updates are done");
    }
}

void Trainer::applyUpdate(double scale)
{
    constexpr double safe = 1e100;       ///< Far below overflow; beyond it every weight is looked at.
    constexpr double mostQuotient = 1e9; ///< No |m̂|/√v̂ or |g|/√s comes near this.
    m_velocityBound = keepsSquares(m_settings.optimizer)
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

} // namespace chronograd
