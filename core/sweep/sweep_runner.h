#pragma once

#include "core/sweep/sweep_result.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace chronograd {

struct SweepProgress
{
    enum class State : std::uint8_t
    {
        Running,
        Paused,
        Finished,  ///< Every run of the list has ended.
        Cancelled, ///< Runs that were under way are dropped.
        Failed,    ///< `problem` says why; what was kept stays.
    };
    State state = State::Running;
    std::int64_t done = 0; ///< Of the runs asked for.
    std::int64_t runs = 0;
    double share = 0.0;                ///< Of the work, runs under way included.
    std::optional<double> secondsLeft; ///< Absent: nothing to go by yet, or it is over.
    double runSeconds = 0.0;           ///< Time the ended runs took, added up.
    std::string problem;

    bool isOver() const { return state != State::Running && state != State::Paused; }
};

/// Makes runs of a sweep on threads of its own, each run by one thread; what a run comes to does not depend
/// on the others. Destruction cancels, within milliseconds.
class SweepRunner
{
public:
    /// Called as each run ends, one call at a time, from the threads. When it throws, everything stops.
    using Keep = std::function<void(const SweepResult&)>;

    /// Begins a thread, or throws.
    using Launch = std::function<std::jthread(std::function<void()>)>;

    /// \param jobs threads; 0: as many as the machine has cores. When the system grants fewer, those make all
    /// runs; when it grants none, that is a failure. `plan` must live as long as this.
    SweepRunner(const SweepPlan& plan, std::vector<std::int64_t> runs, int jobs, Keep keep,
                const Launch& launch = launchThread);
    ~SweepRunner();
    SweepRunner(const SweepRunner&) = delete;
    SweepRunner& operator=(const SweepRunner&) = delete;

    void pause(); ///< Runs under way stand still and go on from there.
    void resume();
    void cancel();

    SweepProgress progress() const;
    /// Results since the last call, in the order in which they came.
    std::vector<SweepResult> take();
    /// False: not over yet.
    bool waitFor(std::chrono::milliseconds time) const;

    static int cores();

private:
    using Clock = std::chrono::steady_clock;

    static std::jthread launchThread(std::function<void()> work);

    void beginThreads(const Launch& launch);
    void work(std::size_t job);
    void makeRun(std::int64_t run, std::atomic<double>& share);
    bool goOn();
    void fail(const std::exception& error);
    void stop(SweepProgress::State state);
    void noteEnd(std::size_t threads);
    double activeSeconds() const;

    const SweepPlan& m_plan;
    const std::vector<std::int64_t> m_runs;
    const Keep m_keep;

    std::atomic<std::size_t> m_next = 0;   ///< Of m_runs.
    std::atomic<bool> m_interrupt = false; ///< Paused or stopped: runs under way look what is wanted.
    std::unique_ptr<std::atomic<double>[]> m_shares; ///< One per thread: how far its run is.
    std::size_t m_jobs;

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    SweepProgress m_progress;
    std::vector<SweepResult> m_taken;
    std::size_t m_atWork = 0;       ///< Threads.
    Clock::time_point m_activeFrom; ///< Since then it has not been paused.
    double m_activeBefore = 0.0;    ///< Seconds.

    std::vector<std::jthread> m_threads; ///< Last: they use all of the above.
};

} // namespace chronograd
