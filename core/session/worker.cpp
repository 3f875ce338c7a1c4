#include "core/session/worker.h"

#include "core/session/saved_session.h"

#include <algorithm>
#include <utility>

namespace chronograd {

namespace {

constexpr auto slice = std::chrono::milliseconds(4); ///< Between two looks at the inbox at full speed.
/// Predictions, and analyses, each take at most one part in so many of the time while training runs.
constexpr int lookingShare = 10;

} // namespace

TrainingSession::Worker::Worker(Experiment experiment, std::shared_ptr<const Dataset> data,
                                std::optional<ForkPoint> origin)
    : m_experiment(std::move(experiment))
    , m_data(std::move(data))
    , m_origin(std::move(origin))
    , m_recorded(m_experiment)
{
    start();
    if (!m_origin) {
        report(true);
    }
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

TrainingSession::Worker::~Worker()
{
    m_isClosing = true;
    m_interrupt = true;
    m_thread.request_stop();
    m_wake.notify_all();
}

void TrainingSession::Worker::post(Command command)
{
    {
        const std::lock_guard lock(m_mutex);
        m_inbox.push_back(std::move(command));
        m_interrupt = true;
    }
    m_wake.notify_all();
}

Experiment TrainingSession::Worker::recorded() const
{
    const std::lock_guard lock(m_mutex);
    return m_recorded;
}

void TrainingSession::Worker::work(const std::stop_token& stop)
{
    if (m_origin) {
        goToOrigin();
    } else {
        resume();
    }
    std::vector<Command> commands;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            const auto hasCommands = [this] { return !m_inbox.empty(); };
            if (m_news.state != RunState::Running && !m_pastIsDue) {
                m_wake.wait(lock, stop, hasCommands);
            } else if (m_news.state == RunState::Running && m_speed.stepsPerSecond > 0) {
                m_wake.wait_until(lock, stop, m_nextStep, hasCommands);
            }
            commands.swap(m_inbox);
            m_interrupt = m_isClosing.load();
        }
        for (const Command& command : commands) {
            std::visit([this](const auto& each) { obey(each); }, command);
        }
        commands.clear();
        if (m_news.state == RunState::Running && !stop.stop_requested()) {
            if (m_speed.stepsPerSecond > 0) {
                trainAtPace();
            } else {
                trainUnlimited();
            }
        } else if (m_pastIsDue && !stop.stop_requested()) {
            tellPast();
        }
    }
}

void TrainingSession::Worker::start()
{
    m_trainer.reset(); // never two histories in memory
    m_trainer = std::make_unique<Trainer>(m_experiment, m_data, Trainer::Options{.recordWeights = true});
    m_trainer->setObserver(this);
    m_trainer->setInterrupt(&m_interrupt);
    m_changedByHand = false;
    m_reportedEntries = 0;
    m_measuredAt = Clock::now();
    m_measuredSteps = 0;
    m_nextPrediction = Clock::now();
    m_nextAnalysis = m_nextPrediction;
    m_analysedTicks = -1;
    const std::uint64_t run = m_news.run + 1;
    m_news = SessionNews{};
    m_news.run = run;
    m_news.restarted = true;
    m_timeline.clear();
    m_timeline.setCancel(&m_isClosing);
    m_furthest = {};
    m_course = {};
    m_curve = LossCurve();
    m_otherCourses.clear();
    m_lastCourse = 1;
    if (m_trainer->isFinished()) {
        m_news.state = RunState::Finished;
        m_news.message = m_trainer->message();
    } else {
        m_timeline.note(*m_trainer);
        if (m_experiment.session) {
            adoptCheckpoints(m_timeline, *m_trainer, m_experiment);
        }
    }
    noteSchedule();
}

/// On this thread, because it may be a long way. What is computed on it is not news.
void TrainingSession::Worker::goToOrigin()
{
    m_news.furthest = m_origin->position.update;
    m_timeline.clear();
    restoreCheckpoint(*m_trainer, *m_origin);
    if (m_trainer->isAtSequenceStart()) {
        m_timeline.note(*m_trainer);
    }
    replayTo(*m_trainer, *m_origin, m_isClosing);
    m_trainer->setInterrupt(&m_interrupt);
    m_origin.reset();
    noteEnd();
    m_measuredSteps = m_trainer->stepsDone();
    report(true);
}

void TrainingSession::Worker::noteSchedule()
{
    const std::lock_guard lock(m_mutex);
    m_recorded = m_experiment;
    m_recorded.session.reset(); // of the file as it was opened
    m_recorded.training.schedule = m_trainer->schedule();
}

// Commands

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

// Training

bool TrainingSession::Worker::stepOnce(Granularity granularity)
{
    const bool completed = m_trainer->advance(granularity);
    noteEnd();
    return completed;
}

void TrainingSession::Worker::noteEnd()
{
    if (m_trainer->isFinished()) {
        m_news.state = m_trainer->hasDiverged() ? RunState::Diverged : RunState::Finished;
        m_news.message = m_trainer->message();
    }
}

/// A step goes on when settings are changed on the way, but not when the user wants something else.
bool TrainingSession::Worker::isCalledOff()
{
    const std::lock_guard lock(m_mutex);
    m_interrupt = m_isClosing.load();
    return m_interrupt || std::any_of(m_inbox.begin(), m_inbox.end(), [](const Command& command) {
               return std::holds_alternative<PauseCommand>(command) ||
                      std::holds_alternative<RestartCommand>(command);
           });
}

void TrainingSession::Worker::trainUnlimited()
{
    const Clock::time_point end = Clock::now() + slice;
    do {
        for (int i = 0; i < 16 && m_news.state == RunState::Running && !m_interrupt; ++i) {
            stepOnce(atMost(Granularity::Update));
            stopWhereAsked();
        }
    } while (m_news.state == RunState::Running && !m_interrupt && Clock::now() < end);
    measureSpeed();
    report(m_mailbox.wantsFrame() || m_news.state != RunState::Running);
}

void TrainingSession::Worker::trainAtPace()
{
    const Clock::time_point now = Clock::now();
    if (now < m_nextStep) {
        return; // woken by a command
    }
    const auto interval = std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(1.0 / m_speed.stepsPerSecond));
    const Clock::time_point end = now + slice;
    do { // several steps where the pace is faster than a slice
        stepOnce(atMost(m_speed.granularity));
        stopWhereAsked();
        m_nextStep += interval;
    } while (m_news.state == RunState::Running && !m_interrupt && m_nextStep <= now && Clock::now() < end);
    m_nextStep = std::max(m_nextStep, now); // what cannot be reached is not caught up later
    measureSpeed();
    report(true);
}

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

void TrainingSession::Worker::sequenceBegan(const Trainer& trainer)
{
    if (!m_isTravelling) {
        m_timeline.note(trainer);
    }
}

// Reporting

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
    const auto& schedule = m_experiment.training.schedule;
    while (m_reportedEntries < schedule.size() &&
           schedule[m_reportedEntries].update <= m_trainer->position().update + 1)
    {
        for (const SettingChange& change : schedule[m_reportedEntries].set) {
            m_news.changes.push_back({schedule[m_reportedEntries].update, change});
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
    m_news.steps = m_trainer->stepsDone();
    m_furthest = std::max(m_furthest, m_trainer->moment());
    if (withFrame) {
        m_news.frame = std::make_shared<const Frame>(m_trainer->frame(m_view.request));
        predictIfAsked();
        analyseIfAsked();
    }
    m_mailbox.put(m_news);
}

} // namespace chronograd
