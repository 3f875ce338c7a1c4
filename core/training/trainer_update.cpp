#include "core/training/non_finite.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <cmath>

/// The change of the weights, and what follows from it.

namespace chronograd {

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
    return m_settings.optimizer == Optimizer::Sgd && !m_settings.clipNorm && m_unfolding->usesWeightsOnce() &&
           m_window.length() <= m_stepsPerPiece && std::isfinite(m_loss) &&
           m_unfolding->gradientBound() < safeGradientBound();
}

void Trainer::stepAtOnce()
{
    if (m_options.recordWeights) {
        m_gradient.setZero();
    }
    const kernels::MomentumStep step{m_settings.momentum, m_settings.learningRate};
    isSteppedAtOnce(m_unfolding->step(step, {m_weights.data(), m_optimizer.velocityToChange(),
                                             m_options.recordWeights ? m_gradient.data() : nullptr}));
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
    startStep();
    if (m_options.recordWeights) {
        m_updatesAt.push_back(m_position.t);
    }
    if (m_observer != nullptr) {
        tellUpdate();
    }
    if (isScheduled()) {
        applySchedule();
    }
    if (m_options.recordWeights) {
        m_history.record(m_position.t + 1, m_weights, windowAt(m_position.t).from); // edits included
    }
    if (m_position.t == m_position.sequenceLength) {
        endSequence();
    }
    if (m_training.updates && m_position.update >= *m_training.updates && !isFinished()) {
        stopAfterAllUpdates();
    }
}

void Trainer::tellUpdate()
{
    m_observer->updated({m_position.update, m_position.epoch, m_position.sequence, m_position.t, m_loss,
                         m_gradientNorm, &m_settings});
}

void Trainer::stopAfterAllUpdates()
{
    stop("all " + std::to_string(*m_training.updates) + " updates are done");
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
