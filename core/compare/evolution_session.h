#pragma once

#include "core/compare/evolution.h"
#include "core/session/mailbox.h"
#include "core/session/session.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace chronograd {

/// An evolution strategy that goes on from a moment of a run, on a thread of its own. It takes the commands
/// to run, pause and step of a TrainingSession (a step is a generation) and tells its news the same way: its
/// updates are generations, the time steps those run forward by all children. There is no frame: without a
/// gradient there is nothing to unfold backward.
class EvolutionSession
{
public:
    EvolutionSession(const ForkPoint& point, const Evolution::Options& options);
    ~EvolutionSession();
    EvolutionSession(const EvolutionSession&) = delete;
    EvolutionSession& operator=(const EvolutionSession&) = delete;

    void post(Command command);
    SessionNews take() { return m_mailbox.take(); }

private:
    void work(const std::stop_token& stop);
    void start();
    void obey(const Command& command);
    void runForAWhile(const std::stop_token& stop);
    bool runChild();
    bool isAtGoal() const;
    void report();

    // Of the thread alone
    ForkPoint m_origin;
    Evolution::Options m_options;
    std::optional<Evolution> m_evolution;
    StopCondition m_until;
    SessionNews m_news;

    // Shared
    Mailbox m_mailbox;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<Command> m_inbox;
    std::atomic<bool> m_isClosing = false;

    std::jthread m_thread; ///< Last: it uses all of the above.
};

} // namespace chronograd
