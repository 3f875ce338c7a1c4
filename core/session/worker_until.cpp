#include "core/session/worker.h"

#include "core/experiment/experiment_io.h"

#include <algorithm>

/// Runs that stop by themselves.

namespace chronograd {

/// Not beyond what a run is to stop at.
Granularity TrainingSession::Worker::atMost(Granularity granularity) const
{
    switch (m_until.kind) {
    case StopCondition::Kind::Never:
        return granularity;
    case StopCondition::Kind::Update:
    case StopCondition::Kind::TimeSteps:
    case StopCondition::Kind::LossBelow:
    case StopCondition::Kind::NextUpdate:
    case StopCondition::Kind::Warning:
        return std::min(granularity, Granularity::Update);
    case StopCondition::Kind::Sequence:
    case StopCondition::Kind::Epoch:
        return std::min(granularity, Granularity::Pass);
    }
    return granularity;
}

/// What the run was to stop at, in a sentence, if it is there; else empty.
std::string TrainingSession::Worker::reached() const
{
    if (m_until.kind == StopCondition::Kind::Never) {
        return {};
    }
    const Position& now = m_trainer->position();
    const std::string after = " after update " + std::to_string(now.update);
    const bool isUpdated = now.phase == Phase::Updated && now.update != m_startedAt.update;
    switch (m_until.kind) {
    case StopCondition::Kind::Never:
        return {};
    case StopCondition::Kind::Update:
        return now.update >= m_until.update ? "stopped" + after : "";
    case StopCondition::Kind::TimeSteps:
        return now.phase == Phase::Updated && m_trainer->stepsDone() >= m_until.steps
                   ? "stopped" + after + ": " + std::to_string(m_trainer->stepsDone()) + " time steps"
                   : "";
    case StopCondition::Kind::NextUpdate:
        return isUpdated ? "stopped" + after : "";
    case StopCondition::Kind::LossBelow:
        return isUpdated && m_trainer->loss() < m_until.loss
                   ? "stopped" + after + ": its loss " + numberText(m_trainer->loss()) + " is below " +
                         numberText(m_until.loss)
                   : "";
    case StopCondition::Kind::Warning:
        return isUpdated ? newWarning() : "";
    case StopCondition::Kind::Sequence:
        return m_trainer->isAtSequenceEnd()
                   ? "stopped at the end of sequence " + std::to_string(now.sequence) + " of epoch " +
                         std::to_string(now.epoch)
                   : "";
    case StopCondition::Kind::Epoch:
        return m_trainer->isAtEpochEnd() ? "stopped at the end of epoch " + std::to_string(now.epoch) : "";
    }
    return {};
}

std::vector<Warning> TrainingSession::Worker::warnings() const
{
    std::vector<double> losses;
    const auto buckets = m_curve.losses().buckets();
    for (const Bucket& bucket : buckets.last(std::min(buckets.size(), lossesForWarnings))) {
        losses.push_back(bucket.mean); // the newest are single updates
    }
    return warningsOf(m_trainer->frame({.stepsBeyondCut = 0}), losses);
}

std::string TrainingSession::Worker::newWarning() const
{
    for (const Warning& warning : warnings()) {
        const bool isKnown = std::ranges::any_of(m_knownWarnings, [&warning](const Warning& known) {
            return known.kind == warning.kind && known.layer == warning.layer;
        });
        if (!isKnown) {
            return "stopped after update " + std::to_string(m_trainer->position().update) + ": " +
                   warning.title;
        }
    }
    return {};
}

/// Why such a run has nothing to do; empty: it has.
std::string TrainingSession::Worker::passed(const StopCondition& until) const
{
    if (until.kind == StopCondition::Kind::Update && until.update <= m_trainer->position().update) {
        return "update " + std::to_string(until.update) + " is done already";
    }
    if (until.kind == StopCondition::Kind::TimeSteps && until.steps <= m_trainer->stepsDone()) {
        return std::to_string(until.steps) + " time steps are done already";
    }
    return {};
}

void TrainingSession::Worker::stopWhereAsked()
{
    if (m_news.state != RunState::Running) {
        return;
    }
    if (std::string sentence = reached(); !sentence.empty()) {
        m_news.state = RunState::Paused;
        m_news.message = std::move(sentence);
    }
}

} // namespace chronograd
