#include "core/session/worker.h"

#include <algorithm>
#include <utility>

/// What the window is told.

namespace chronograd {

namespace {

/// Predictions, and analyses, each take at most one part in so many of the time while training runs.
constexpr int lookingShare = 10;

} // namespace

void TrainingSession::Worker::updated(const UpdateReport& report)
{
    if (m_isTravelling || report.update <= m_news.furthest) {
        return;
    }
    m_news.furthest = report.update;
    m_news.points.push_back(
        {report.update, report.loss, report.gradientNorm, std::nullopt, m_trainer->stepsDone()});
    m_curve.append(m_news.points.back());
}

void TrainingSession::Worker::epochEnded(const EpochReport& report)
{
    if (!report.testLoss || m_isTravelling) {
        return;
    }
    if (m_news.points.empty() || m_news.points.back().update != report.lastUpdate) {
        return; // an epoch without an update of its own
    }
    m_news.points.back().testLoss = report.testLoss;
    m_curve.appendTest(report.lastUpdate, *report.testLoss);
}

void TrainingSession::Worker::measureSpeed()
{
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - m_measuredAt).count();
    if (seconds >= 0.25) {
        m_news.stepsPerSecond = static_cast<double>(m_trainer->stepsDone() - m_measuredSteps) / seconds;
        m_measuredAt = now;
        m_measuredSteps = m_trainer->stepsDone();
    }
}

void TrainingSession::Worker::reportScheduledChanges()
{
    const std::size_t inForce = givenUntil(m_trainer->position().update);
    while (m_reportedEntries < inForce) {
        for (const SettingChange& change : m_given[m_reportedEntries].set) {
            m_news.changes.push_back({m_given[m_reportedEntries].update, change});
            m_curve.append(m_news.changes.back());
        }
        ++m_reportedEntries;
    }
}

void TrainingSession::Worker::predictIfAsked()
{
    const auto begin = Clock::now();
    if (m_view.request.prediction && (begin >= m_nextPrediction || m_news.state != RunState::Running)) {
        m_news.prediction = std::make_shared<const Prediction>(m_trainer->prediction());
        const auto end = Clock::now();
        m_nextPrediction = end + lookingShare * (end - begin);
    }
}

void TrainingSession::Worker::analyseIfAsked()
{
    const auto begin = Clock::now();
    if (!m_view.analysis.asksAnything() || m_analysedTicks == m_trainer->ticks() ||
        (begin < m_nextAnalysis && m_news.state == RunState::Running))
    {
        return;
    }
    if (auto analysis = analyse(*m_trainer, m_view.analysis, m_view.request.member)) {
        m_analysedTicks = m_trainer->ticks();
        m_news.analyses.push_back(std::move(analysis));
        const auto end = Clock::now();
        m_nextAnalysis = end + lookingShare * (end - begin);
    }
}

/// The updates that matter are trained again beside the training that stands; whoever asks for something else
/// meanwhile comes first.
void TrainingSession::Worker::tellPast()
{
    const std::int64_t update = m_trainer->position().update;
    const Hyperparameters& settings = m_trainer->settings();
    const bool isThere =
        m_pastAsked.weight && *m_pastAsked.weight < static_cast<std::size_t>(m_trainer->weights().size());
    m_pastIsDue = isThere && update > 0 && addsGradientsUp(settings.optimizer) && m_timeline.count() > 0;
    if (!m_pastIsDue) {
        return;
    }
    Experiment course = m_experiment;
    course.training.schedule = m_trainer->schedule();
    Trainer again(course, m_data, {.recordWeights = true, .evaluateTest = false});
    const std::int64_t most = gradientsThatMatter(settings, m_pastAsked.digits);
    again.restore(m_timeline.before(std::max<std::int64_t>(1, update - most + 1)));
    auto past = pastGradients(again, *m_pastAsked.weight, update, most, m_interrupt);
    m_pastIsDue = !past && m_interrupt;
    if (past) {
        m_news.past = std::make_shared<const PastGradients>(std::move(*past));
        m_mailbox.put(m_news);
    }
}

void TrainingSession::Worker::report(bool withFrame)
{
    m_pastIsDue = m_pastAsked.weight.has_value() && m_news.state != RunState::Running;
    reportScheduledChanges();
    m_news.update = m_trainer->position().update;
    m_news.steps = m_trainer->stepsDone();
    m_furthest = std::max(m_furthest, m_trainer->moment());
    if (withFrame) {
        Frame frame = m_trainer->frame(m_view.request);
        frame.stepped = m_stepped;
        m_news.frame = std::make_shared<const Frame>(std::move(frame));
        predictIfAsked();
        analyseIfAsked();
    }
    m_mailbox.put(m_news);
}

} // namespace chronograd
