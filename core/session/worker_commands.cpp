#include "core/session/worker.h"

#include "core/session/saved_session.h"
#include "core/training/datum_place.h"

#include <algorithm>
#include <utility>

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

/// Replays are not news; most are short. False: somebody did not want to wait for the end of a long one.
bool TrainingSession::Worker::travel(const SavedMoment& there, const std::function<void()>& journey)
{
    constexpr auto shortWay = std::chrono::milliseconds(300);
    if (m_timeline.count() == 0) {
        return false;
    }
    m_furthest = std::max(m_furthest, m_trainer->moment());
    m_isTravelling = true;
    m_isTurnedBack = false;
    m_destination = there;
    m_nextJourney = Clock::now() + shortWay;
    m_trainer->setInterrupt(&m_isClosing);
    journey();
    m_trainer->setInterrupt(&m_interrupt);
    m_isTravelling = false;
    m_news.journey.reset();
    m_news.state = RunState::Paused;
    m_news.message.clear();
    if (m_isTurnedBack) {
        m_news.message = "stopped on the way to update " + std::to_string(there.update) +
                         ": training goes on from here as it did then";
    }
    noteEnd();
    report(true);
    return !m_isTurnedBack;
}

/// Tells how far a long journey has come, and looks whether somebody has had enough of it.
bool TrainingSession::Worker::mayTravelOn(const Trainer& trainer)
{
    constexpr auto interval = std::chrono::milliseconds(100);
    if (m_isClosing || m_isTurnedBack) {
        return false;
    }
    const Clock::time_point now = Clock::now();
    if (now < m_nextJourney) {
        return true;
    }
    m_nextJourney = now + interval;
    if (isCalledOff()) {
        m_isTurnedBack = true;
        return false;
    }
    const std::int64_t at = trainer.position().update;
    m_news.journey = Journey{m_news.journey ? m_news.journey->from : at, at, m_destination.update};
    m_mailbox.put(m_news);
    saveOnTheWay();
    return true;
}

void TrainingSession::Worker::obey(const StepBackCommand& command)
{
    m_stepped = command.granularity;
    // How far back is not known before.
    travel(savedMoment(m_trainer->position().update, m_trainer->moment()),
           [&] { m_timeline.stepBack(*m_trainer, command.granularity); });
}

void TrainingSession::Worker::obey(const GoToCommand& command)
{
    const std::int64_t update = std::clamp<std::int64_t>(command.update, 0, m_news.furthest);
    m_stepped = Granularity::Update;
    travel({.update = update, .ticks = std::nullopt}, [&] { m_timeline.goToUpdate(*m_trainer, update); });
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
    keepEdits(experiment);
    renameData(experiment.training.schedule, m_data->training, m_experiment.training.start.chunk,
               experiment.training.start.chunk);
    experiment.session.reset(); // from the beginning, not from where the file stood
    return experiment;
}

/// What was made by hand of the data, and of the weights before the first step, is there from the beginning.
/// A weight that was changed later was changed at a moment of the run that ends.
void TrainingSession::Worker::keepEdits(Experiment& experiment) const
{
    std::vector<ScheduleEntry>& schedule = experiment.training.schedule;
    const std::vector<ScheduleEntry> own = schedule;
    std::vector<Edit> kept;
    for (const ScheduleEntry& entry : m_trainer->schedule()) {
        for (const Edit& edit : entry.edits) {
            const bool isOwn = std::ranges::any_of(own, [&](const ScheduleEntry& each) {
                return each.update == entry.update && std::ranges::find(each.edits, edit) != each.edits.end();
            });
            if (!isOwn && (entry.update <= 1 || parseEditTarget(edit.of)->isDatum())) {
                std::erase_if(kept, [&edit](const Edit& earlier) { return earlier.of == edit.of; });
                kept.push_back(edit);
            }
        }
    }
    if (kept.empty()) {
        return;
    }
    if (schedule.empty() || schedule.front().update > 1) {
        schedule.insert(schedule.begin(), ScheduleEntry{});
    }
    std::vector<Edit>& first = schedule.front().edits;
    std::erase_if(first, [&kept](const Edit& edit) {
        return std::ranges::any_of(kept, [&edit](const Edit& each) { return each.of == edit.of; });
    });
    first.insert(first.end(), kept.begin(), kept.end());
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
    constexpr std::size_t most = 64;
    auto checkpoints = m_timeline.before(m_trainer->moment(), most);
    ForkPoint point = forkPointOf(*m_trainer, m_experiment, m_data,
                                  checkpoints.empty() ? nullptr : checkpoints.back().get());
    std::erase_if(checkpoints, [](const auto& checkpoint) { return checkpoint->edited != nullptr; });
    point.earlier = std::move(checkpoints);
    m_news.fork = std::make_shared<const ForkPoint>(std::move(point));
    report(false);
}

} // namespace chronograd
