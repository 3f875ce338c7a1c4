#include "core/compare/evolution_session.h"

#include "core/training/trainer.h"

#include <chrono>
#include <cmath>
#include <utility>

namespace chronograd {

namespace {

constexpr auto slice = std::chrono::milliseconds(4); ///< Between two looks at the inbox.

} // namespace

EvolutionSession::EvolutionSession(const ForkPoint& point, const Evolution::Options& options)
    : m_origin(point)
    , m_options(options)
{
    m_news.run = 1;
    m_news.restarted = true;
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

EvolutionSession::~EvolutionSession()
{
    m_isClosing = true;
    m_thread.request_stop();
    m_wake.notify_all();
}

void EvolutionSession::post(Command command)
{
    {
        const std::lock_guard lock(m_mutex);
        m_inbox.push_back(std::move(command));
    }
    m_wake.notify_all();
}

void EvolutionSession::work(const std::stop_token& stop)
{
    start();
    while (!stop.stop_requested()) {
        std::vector<Command> commands;
        {
            std::unique_lock lock(m_mutex);
            if (m_news.state != RunState::Running) {
                m_wake.wait(lock, stop, [this] { return !m_inbox.empty(); });
            }
            commands.swap(m_inbox);
        }
        for (const Command& command : commands) {
            obey(command);
        }
        if (m_news.state == RunState::Running) {
            runForAWhile(stop);
        }
    }
}

/// The weights of the moment are known to a trainer that goes there.
void EvolutionSession::start()
{
    Trainer trainer(m_origin.experiment, m_origin.data, {.recordWeights = false, .evaluateTest = false});
    restoreCheckpoint(trainer, m_origin);
    replayTo(trainer, m_origin, m_isClosing);
    m_evolution.emplace(trainer.sharedNetwork(), m_origin.data, trainer.weights(), trainer.settings(),
                        m_options);
    report();
}

void EvolutionSession::obey(const Command& command)
{
    if (const auto* run = std::get_if<RunCommand>(&command)) {
        m_until = run->until;
        m_news.state = isAtGoal() ? RunState::Paused : RunState::Running;
    } else if (std::holds_alternative<StepCommand>(command)) {
        while (!runChild()) {
        }
        m_news.state = RunState::Paused;
    } else if (std::holds_alternative<PauseCommand>(command)) {
        m_news.state = RunState::Paused;
    }
    report();
}

void EvolutionSession::runForAWhile(const std::stop_token& stop)
{
    const auto end = std::chrono::steady_clock::now() + slice;
    do {
        runChild();
        if (isAtGoal()) {
            m_news.state = RunState::Paused;
        }
    } while (m_news.state == RunState::Running && !stop.stop_requested() &&
             std::chrono::steady_clock::now() < end);
    report();
}

/// True: it was the last of its generation.
bool EvolutionSession::runChild()
{
    if (!m_evolution->runChild()) {
        return false;
    }
    LossPoint point;
    point.update = m_origin.position.update + m_evolution->generations();
    point.loss = m_evolution->loss();
    point.gradientNorm = std::nan("");
    point.steps = m_origin.steps + m_evolution->stepsDone();
    m_news.furthest = point.update;
    m_news.points.push_back(point);
    return true;
}

bool EvolutionSession::isAtGoal() const
{
    switch (m_until.kind) {
    case StopCondition::Kind::Update:
        return m_origin.position.update + m_evolution->generations() >= m_until.update;
    case StopCondition::Kind::TimeSteps:
        return m_origin.steps + m_evolution->stepsDone() >= m_until.steps;
    default: // of the others, none has a meaning here
        return false;
    }
}

void EvolutionSession::report()
{
    m_news.update = m_origin.position.update + m_evolution->generations();
    m_news.steps = m_origin.steps + m_evolution->stepsDone();
    m_mailbox.put(m_news);
}

} // namespace chronograd
