#include "core/session/worker.h"

#include <algorithm>
#include <utility>

namespace chronograd {

namespace {

constexpr auto slice = std::chrono::milliseconds(4); ///< Between two looks at the inbox at full speed.

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
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            const auto hasCommands = [this] { return !m_inbox.empty(); };
            if (m_news.state != RunState::Running && !m_pastIsDue) {
                m_wake.wait(lock, stop, hasCommands);
            } else if (m_news.state == RunState::Running && m_speed.stepsPerSecond > 0) {
                m_wake.wait_until(lock, stop, m_nextStep, hasCommands);
            }
        }
        while (const auto command = takeCommand()) {
            std::visit([this](const auto& each) { obey(each); }, *command);
        }
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

/// The next; the others stay where they can be looked at while it is obeyed. None when it is closing.
std::optional<Command> TrainingSession::Worker::takeCommand()
{
    const std::lock_guard lock(m_mutex);
    m_interrupt = m_isClosing.load();
    if (m_inbox.empty() || m_isClosing) {
        return std::nullopt;
    }
    Command command = std::move(m_inbox.front());
    m_inbox.pop_front();
    return command;
}

/// A save that nothing waits before but what only looks on.
std::optional<SaveCommand> TrainingSession::Worker::takeSave()
{
    const auto looksOn = [](const Command& command) {
        return std::holds_alternative<ViewCommand>(command) || std::holds_alternative<PastCommand>(command) ||
               std::holds_alternative<SpeedCommand>(command);
    };
    const std::lock_guard lock(m_mutex);
    const auto next = std::ranges::find_if_not(m_inbox, looksOn);
    const auto* save = next == m_inbox.end() ? nullptr : std::get_if<SaveCommand>(&*next);
    if (save == nullptr || save->what == SaveCommand::What::Restart) {
        return std::nullopt;
    }
    SaveCommand command = *save;
    m_inbox.erase(next);
    return command;
}

void TrainingSession::Worker::start()
{
    m_trainer.reset(); // never two histories in memory
    m_trainer = std::make_unique<Trainer>(m_experiment, m_data, Trainer::Options{.recordWeights = true});
    m_trainer->setObserver(this);
    m_trainer->setInterrupt(&m_interrupt);
    m_changedByHand = false;
    m_stepped = Granularity::Update;
    m_given = m_experiment.training.schedule;
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
    m_timeline.setWatch([this](const Trainer& trainer) { return mayTravelOn(trainer); });
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
        if (m_experiment.session && !m_origin) {
            adoptSession();
        }
    }
    noteSchedule();
}

/// On this thread, because it may be a long way. What is computed on it is not news.
void TrainingSession::Worker::goToOrigin()
{
    m_news.furthest = m_origin->position.update;
    if (m_timeline.count() > 0) { // it has the beginning, which all forks of a run share
        for (const auto& checkpoint : m_origin->earlier) {
            m_timeline.add(checkpoint);
        }
    }
    restoreCheckpoint(*m_trainer, *m_origin);
    if (m_trainer->isAtSequenceStart()) {
        m_timeline.note(*m_trainer);
    }
    replayTo(*m_trainer, *m_origin, m_isClosing);
    m_trainer->setInterrupt(&m_interrupt);
    m_origin.reset();
    m_news.furthest = m_trainer->position().update; // from other weights it may have ended on the way
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

// Training

bool TrainingSession::Worker::stepOnce(Granularity granularity)
{
    m_stepped = granularity;
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

void TrainingSession::Worker::sequenceBegan(const Trainer& trainer)
{
    if (!m_isTravelling) {
        m_timeline.note(trainer);
    }
}

// Reporting

} // namespace chronograd
