#include "core/training/trainer.h"
#include "core/training/window_loss.h"

#include <algorithm>

/// Forward steps, until an update is due.

namespace chronograd {

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
        m_unfolding->forward(m_weights.data(), {m_position.t + 1, steps});
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
        startStep();
    }
}

Window Trainer::windowAt(std::int64_t t) const
{
    const std::int64_t from = std::max<std::int64_t>(1, t - m_settings.k2.in(m_position.sequenceLength) + 1);
    return {m_settings.history == History::Recomputed ? std::max(from, m_context + 1) : from, t};
}

} // namespace chronograd
