#include "ui/library/session_keeper.h"

#include "ui/library/library_thread.h"

#include <chrono>
#include <utility>

namespace chronograd {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 500ms;           ///< For the session to look up from its work, when it is left.
constexpr int share = 4;                   ///< Keeping takes at most one part in so many of the time.
constexpr qint64 pauseAfterFailure = 5000; ///< Milliseconds.

/// In the checkpoints of a run that goes on: some hundred kilobytes to write, not megabytes a second.
constexpr std::size_t fewNumbers = 40'000;

} // namespace

SessionKeeper::SessionKeeper(LibraryThread& library, Source source)
    : m_library(library)
    , m_source(std::move(source))
    , m_session(library.newSession())
{
    m_clock.start();
}

void SessionKeeper::noteNews(const SessionNews& news, bool isRunning)
{
    // Once more when it has come to rest: with all checkpoints.
    const bool wasRunning = std::exchange(m_isRunning, isRunning);
    m_hasChanged =
        m_hasChanged || !news.points.empty() || !news.changes.empty() || (wasRunning && !m_isRunning);
    takeAnswer();
}

void SessionKeeper::ask()
{
    if (!m_hasChanged || m_asked.valid())
        return;
    m_hasChanged = false;
    m_askedAt = m_clock.elapsed();
    m_asked = m_source.ask(m_isRunning ? fewNumbers : SaveCommand::usualNumbers);
}

void SessionKeeper::askInTime()
{
    if (m_writing == 0 && m_clock.elapsed() >= m_askNext)
        ask();
}

void SessionKeeper::askNow()
{
    m_isRunning = false;
    awaitAnswer(); // to what was asked before
    ask();
}

void SessionKeeper::awaitAnswer()
{
    if (m_asked.valid())
        m_asked.wait_for(patience);
    takeAnswer();
}

void SessionKeeper::takeAnswer()
{
    if (m_asked.valid() && m_asked.wait_for(0s) == std::future_status::ready)
        write(std::exchange(m_asked, {}).get());
}

/// Where training was taken back, the end that it came to has been kept before.
void SessionKeeper::write(SavedRun run)
{
    if (!run.isAtEnd || run.experiment.session->moment.update < m_source.leastUpdate)
        return;
    if (m_source.prepare)
        m_source.prepare(run);
    ++m_writing;
    m_library.keep(m_session, run, m_source.tags);
}

void SessionKeeper::noteKept()
{
    --m_writing;
    m_lastFailure.clear();
    m_askNext = m_askedAt + share * (m_clock.elapsed() - m_askedAt);
}

bool SessionKeeper::noteFailure(const QString& sentence)
{
    --m_writing;
    m_hasChanged = true;
    m_askNext = m_clock.elapsed() + pauseAfterFailure;
    return std::exchange(m_lastFailure, sentence) != sentence;
}

} // namespace chronograd
