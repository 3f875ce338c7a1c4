#include "core/session/worker.h"

#include <algorithm>

/// What the window asks for, one command after the other.

namespace chronograd {

void TrainingSession::Worker::obey(const StepCommand& command)
{
    if (m_trainer->isFinished()) {
        return;
    }
    m_news.state = RunState::Paused;
    m_news.message.clear();
    while (!stepOnce(command.granularity) && !isCalledOff()) {
        report(m_mailbox.wantsFrame());
    }
    report(true);
}

/// Replays are not news; they are short, and not called off half-way.
void TrainingSession::Worker::travel(const std::function<void()>& journey)
{
    if (m_timeline.count() == 0) {
        return;
    }
    m_furthest = std::max(m_furthest, m_trainer->moment());
    m_isTravelling = true;
    m_trainer->setInterrupt(&m_isClosing);
    journey();
    m_trainer->setInterrupt(&m_interrupt);
    m_isTravelling = false;
    m_news.state = RunState::Paused;
    m_news.message.clear();
    noteEnd();
    report(true);
}

void TrainingSession::Worker::obey(const StepBackCommand& command)
{
    travel([&] { m_timeline.stepBack(*m_trainer, command.granularity); });
}

void TrainingSession::Worker::obey(const GoToCommand& command)
{
    travel([&] {
        m_timeline.goToUpdate(*m_trainer, std::clamp<std::int64_t>(command.update, 0, m_news.furthest));
    });
}

void TrainingSession::Worker::obey(const RunCommand& command)
{
    if (std::string past = passed(command.until); !past.empty()) {
        m_news.message = std::move(past);
        report(false);
    } else if (!m_trainer->isFinished()) {
        m_news.state = RunState::Running;
        m_news.message.clear();
        m_until = command.until;
        m_startedAt = m_trainer->position();
        if (m_until.kind == StopCondition::Kind::Warning) {
            m_knownWarnings = warnings();
        }
        m_nextStep = Clock::now();
        m_measuredAt = Clock::now();
        m_measuredSteps = m_trainer->stepsDone();
        report(false);
    }
}

void TrainingSession::Worker::obey(const PauseCommand& /*command*/)
{
    if (m_news.state == RunState::Running) {
        m_news.state = RunState::Paused;
        report(true);
    }
}

void TrainingSession::Worker::obey(const SpeedCommand& command)
{
    m_speed = command;
    m_nextStep = Clock::now();
}

void TrainingSession::Worker::obey(const ChangeCommand& command)
{
    if (m_trainer->isFinished()) {
        return;
    }
    m_changedByHand = true;
    branchIfInThePast(command.change);
    const ChangeMark mark{m_trainer->nextChangeableUpdate(), command.change};
    m_news.changes.push_back(mark);
    m_curve.append(mark);
    m_trainer->change(command.change);
    m_timeline.renew(*m_trainer);
    noteSchedule();
    report(m_news.state != RunState::Running);
}

void TrainingSession::Worker::obey(const EditCommand& command)
{
    if (m_trainer->isFinished() || !m_trainer->problemOf(command.edit).empty()) {
        return;
    }
    branchIfInThePast(std::nullopt);
    m_trainer->edit(command.edit);
    m_timeline.renew(*m_trainer);
    noteSchedule();
    report(m_news.state != RunState::Running);
}

void TrainingSession::Worker::obey(const PastCommand& command)
{
    m_pastAsked = command;
    m_pastIsDue = command.weight.has_value();
}

/// The file as it is; or, when settings were changed by hand, with those of now from the first update on.
Experiment TrainingSession::Worker::restarted() const
{
    Experiment experiment = m_experiment;
    if (m_changedByHand) {
        Hyperparameters settings = m_trainer->settings();
        for (const SettingChange& change : m_trainer->pending()) {
            apply(settings, change);
        }
        experiment.training.start = settings;
        experiment.training.schedule.clear();
    }
    experiment.session.reset(); // from the beginning, not from where the file stood
    return experiment;
}

void TrainingSession::Worker::obey(const RestartCommand& command)
{
    m_experiment = restarted();
    if (command.newSeed) {
        m_experiment.network.init.seed = *command.newSeed;
    }
    start();
    report(true);
}

void TrainingSession::Worker::obey(const ViewCommand& command)
{
    m_view = command;
    m_nextPrediction = Clock::now();
    m_nextAnalysis = m_nextPrediction;
    m_analysedTicks = -1;
    report(m_news.state != RunState::Running);
}

void TrainingSession::Worker::obey(const ForkCommand& /*command*/)
{
    const auto nearest = m_timeline.before(m_trainer->moment(), 1);
    m_news.fork = std::make_shared<const ForkPoint>(
        forkPointOf(*m_trainer, m_experiment, m_data, nearest.empty() ? nullptr : nearest.back().get()));
    report(false);
}

} // namespace chronograd
