#include "core/sweep/sweep_runner.h"

#include "core/experiment/input_error.h"

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

namespace chronograd {

using State = SweepProgress::State;

namespace {

constexpr const char* noThread =
    "the system grants no thread to train on; must be tried again with less at work";
constexpr const char* outOfMemory = "there is not enough memory for so many runs at a time; use fewer jobs";

} // namespace

int SweepRunner::cores()
{
    return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

SweepRunner::SweepRunner(const SweepPlan& plan, std::vector<std::int64_t> runs, int jobs, Keep keep,
                         const Launch& launch)
    : m_plan(plan)
    , m_runs(std::move(runs))
    , m_keep(std::move(keep))
    , m_jobs(std::min(static_cast<std::size_t>(jobs > 0 ? jobs : cores()), m_runs.size()))
    , m_activeFrom(Clock::now())
{
    m_shares = std::make_unique<std::atomic<double>[]>(m_jobs);
    m_progress.runs = static_cast<std::int64_t>(m_runs.size());
    m_atWork = m_jobs;
    if (m_runs.empty())
        m_progress.state = State::Finished;
    m_progress.problem.reserve(std::string_view(outOfMemory).size()); // when it is told there may be none
    m_threads.reserve(m_jobs);
    beginThreads(launch);
}

std::jthread SweepRunner::launchThread(std::function<void()> work)
{
    return std::jthread(std::move(work));
}

void SweepRunner::beginThreads(const Launch& launch)
{
    try {
        while (m_threads.size() < m_jobs)
            m_threads.push_back(launch([this, job = m_threads.size()] { work(job); }));
    } catch (const std::exception&) { // refused: those that have begun take its runs as well
        if (m_threads.empty()) {
            const std::lock_guard lock(m_mutex);
            m_progress.problem = noThread;
            stop(State::Failed);
        }
        noteEnd(m_jobs - m_threads.size());
    }
}

SweepRunner::~SweepRunner()
{
    cancel();
}

void SweepRunner::pause()
{
    const std::lock_guard lock(m_mutex);
    if (m_progress.state != State::Running)
        return;
    m_activeBefore += std::chrono::duration<double>(Clock::now() - m_activeFrom).count();
    m_progress.state = State::Paused;
    m_interrupt = true;
}

void SweepRunner::resume()
{
    const std::lock_guard lock(m_mutex);
    if (m_progress.state != State::Paused)
        return;
    m_activeFrom = Clock::now();
    m_progress.state = State::Running;
    m_interrupt = false;
    m_changed.notify_all();
}

void SweepRunner::cancel()
{
    const std::lock_guard lock(m_mutex);
    stop(State::Cancelled);
}

/// Precondition: the mutex is held.
void SweepRunner::stop(State state)
{
    if (m_progress.isOver())
        return;
    m_progress.state = state;
    m_interrupt = true;
    m_changed.notify_all();
}

/// Precondition: the mutex is held.
void SweepRunner::fail(const std::exception& error)
{
    const bool isOfMemory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr;
    if (!m_progress.isOver())
        m_progress.problem = isOfMemory ? outOfMemory : error.what();
    stop(State::Failed);
}

/// Waits while paused. False: it is over.
bool SweepRunner::goOn()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_progress.state != State::Paused; });
    return !m_progress.isOver();
}

void SweepRunner::work(std::size_t job)
{
    try {
        while (goOn()) {
            const std::size_t next = m_next.fetch_add(1);
            if (next >= m_runs.size())
                break;
            makeRun(m_runs[next], m_shares[job]);
        }
    } catch (const std::exception& error) {
        const std::lock_guard lock(m_mutex);
        fail(error);
    }
    noteEnd(1);
}

void SweepRunner::makeRun(std::int64_t run, std::atomic<double>& share)
{
    const auto begin = Clock::now();
    const std::optional<SweepResult> result =
        trainRun(m_plan, run, {&m_interrupt, [this] { return goOn(); }, &share});
    if (!result)
        return;
    const std::lock_guard lock(m_mutex);
    if (m_progress.isOver())
        return; // nobody wants it any more: what has been kept is what take() has told
    // First: memory may be lacking for it, and then nothing must have been kept.
    m_taken.push_back(*result);
    try {
        m_keep(*result);
    } catch (const std::exception& error) {
        m_taken.pop_back();
        fail(error); // before another job has its turn: nothing is kept after what could not be
        return;
    }
    share = 0.0;
    ++m_progress.done;
    m_progress.runSeconds += std::chrono::duration<double>(Clock::now() - begin).count();
}

void SweepRunner::noteEnd(std::size_t threads)
{
    const std::lock_guard lock(m_mutex);
    m_atWork -= threads;
    if (m_atWork == 0 && !m_progress.isOver())
        m_progress.state = State::Finished;
    m_changed.notify_all();
}

double SweepRunner::activeSeconds() const
{
    const bool isRunning = m_progress.state == State::Running;
    return m_activeBefore +
           (isRunning ? std::chrono::duration<double>(Clock::now() - m_activeFrom).count() : 0.0);
}

SweepProgress SweepRunner::progress() const
{
    const std::lock_guard lock(m_mutex);
    SweepProgress progress = m_progress;
    double done = static_cast<double>(progress.done);
    for (std::size_t job = 0; job < m_jobs; ++job)
        done += m_shares[job].load(std::memory_order_relaxed);
    progress.share = m_runs.empty() ? 1.0 : std::min(1.0, done / static_cast<double>(m_runs.size()));
    constexpr double leastShare = 1e-3; // less says nothing
    if (!progress.isOver() && progress.share > leastShare)
        progress.secondsLeft = activeSeconds() * (1.0 - progress.share) / progress.share;
    return progress;
}

std::vector<SweepResult> SweepRunner::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_taken, {});
}

bool SweepRunner::waitFor(std::chrono::milliseconds time) const
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, time, [this] { return m_atWork == 0; });
}

} // namespace chronograd
