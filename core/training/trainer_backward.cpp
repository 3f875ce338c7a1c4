#include "core/training/loss.h"
#include "core/training/trainer.h"
#include "core/training/window_loss.h"

#include <algorithm>

/// The sweep back over the window of an update.

namespace chronograd {

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

} // namespace chronograd
