#include "core/network/unit_terms.h"
#include "core/training/trainer.h"
#include "core/training/window_loss.h"

#include <algorithm>

/// Stops inside a layer and inside the update. Their numbers are computed at once, by the same kernels as
/// ever; then what is there of them grows, term by term.

namespace chronograd {

/// False: interrupted.
bool Trainer::innerStep(Granularity granularity)
{
    if (!m_position.isInside() && !beginInside()) {
        return false;
    }
    if (isFinished()) {
        return true;
    }
    do {
        nextTerm();
    } while (granularity == Granularity::Unit && m_position.term < m_position.terms);
    return !isLastTerm() || microStep(); // which only goes on from here
}

/// Computes what the machine does next, but does not go on from there.
bool Trainer::beginInside()
{
    if (m_next == Next::NewSequence) {
        beginSequence();
    }
    switch (m_next) {
    case Next::Forward:
        computeForward();
        break;
    case Next::Backward:
        computeBackward();
        break;
    case Next::Update:
        if (!computeUpdate()) {
            return false;
        }
        if (m_diverged) {
            ++m_ticks;
        } else {
            m_position.phase = Phase::Updating;
            m_position.at = m_position.t;
        }
        break;
    case Next::NewSequence:
    case Next::Over:
        break;
    }
    return true;
}

void Trainer::nextTerm()
{
    if (m_position.isInside() && m_position.term < m_position.terms) {
        ++m_position.term;
    } else if (m_position.phase == Phase::Updating) {
        nextRow();
    } else {
        nextUnit();
    }
}

void Trainer::nextUnit()
{
    ++m_position.unit;
    m_position.term = 1;
    m_position.terms = termsOf(m_position.unit);
}

void Trainer::nextRow()
{
    const ParameterLayout& parameters = m_network->parameters();
    const bool isMore = m_position.isInside() && m_position.unit + 1 < parameters[m_position.parameter].rows;
    if (!isMore) {
        const int next = nextTrainable(m_position.parameter);
        m_position.parameter = std::min(next, static_cast<int>(parameters.views().size()) - 1);
    }
    const ParameterView& view = parameters[m_position.parameter];
    m_position.unit = isMore ? m_position.unit + 1 : 0;
    m_position.term = 1;
    m_position.terms = view.columns;
    m_position.layer = view.layer;
}

/// The parameter after this one that updates change; beyond the last if there is none.
int Trainer::nextTrainable(int parameter) const
{
    const auto& views = m_network->parameters().views();
    const auto found = std::find_if(views.begin() + parameter + 1, views.end(),
                                    [](const ParameterView& view) { return view.trainable; });
    return static_cast<int>(found - views.begin());
}

int Trainer::termsOf(int unit) const
{
    if (m_position.phase == Phase::Forward) {
        return termsForward(*m_network, m_layer, unit);
    }
    const bool hasLoss =
        m_layer == lastLayer() && m_injection.contains(m_at) && m_batch.front().hasTarget(m_at);
    const int back =
        termsBackward(*m_network, m_layer, [this](int lag) { return m_window.contains(m_at + lag); });
    return std::max(1, back + (hasLoss ? 1 : 0));
}

bool Trainer::isLastTerm() const
{
    if (m_position.term < m_position.terms) {
        return false;
    }
    if (m_position.phase != Phase::Updating) {
        return m_position.unit + 1 == m_network->layers()[static_cast<std::size_t>(m_layer)].units;
    }
    const ParameterLayout& parameters = m_network->parameters();
    return m_position.unit + 1 >= parameters[m_position.parameter].rows &&
           nextTrainable(m_position.parameter) == static_cast<int>(parameters.views().size());
}

void Trainer::leaveInside()
{
    m_position.parameter = -1;
    m_position.unit = -1;
    m_position.term = 0;
    m_position.terms = 0;
}

} // namespace chronograd
