#include "core/training/trainer.h"

#include <algorithm>

/// Updates over one step each, one after the other. In small networks the way from one pass to the next would
/// take longer than the passes.

namespace chronograd {

/// Asked once for a length of sequences and for a change of settings, not for every update.
void Trainer::findSingleSteps()
{
    const std::int64_t length = m_position.sequenceLength;
    const bool isOneStep = length == 1 || (m_settings.k1.in(length) == 1 && m_settings.k2.in(length) == 1);
    m_single.isPossible = isOneStep && m_unfolding && m_unfolding->canTrainOneStep() &&
                          !m_options.recordWeights && m_settings.optimizer == Optimizer::Sgd &&
                          !m_settings.clipNorm && m_settings.loss == Loss::HalfSquaredError &&
                          m_settings.history == History::Stored;
    m_single.length = length;
    m_single.step = {m_settings.momentum, m_settings.learningRate};
    m_single.ticks = 2 * (lastLayer() + 1);
}

/// runForward(), runBackward() and update() in one.
void Trainer::singleStep()
{
    const std::int64_t t = m_position.t + 1;
    const Unfolding::OneStep done = m_unfolding->trainOneStep(
        t, m_batch.front().target(t), m_single.step,
        {m_weights.data(), m_optimizer.velocityToChange(), nullptr}, safeGradientBound());
    m_loss = done.loss;
    m_window = m_injection = {t, t};
    m_contributors = 1;
    m_sinceOfUpdate = 1;
    m_context = std::max(m_context, t - 1);
    m_position.t = t;
    ++m_stepsDone;
    m_ticks += m_single.ticks;
    if (done.isUpdated) {
        isSteppedAtOnce(done.squares);
        ++m_ticks;
        concludeUpdate();
        return;
    }
    m_position.phase = Phase::Backward;
    m_position.at = t;
    m_position.layer = 0;
    m_position.sinceUpdate = 1;
    m_next = Next::Update;
    update();
}

} // namespace chronograd
