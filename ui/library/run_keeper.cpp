#include "ui/library/run_keeper.h"

#include "ui/library/run_writer.h"
#include "ui/main_window/session_bridge.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace chronograd {

namespace {

using namespace std::chrono_literals;

constexpr auto keepEvery = 800ms; ///< With the time it takes to write, not more than a second is lost.
constexpr auto patience = 500ms;  ///< For the session to look up from its work, when the run is left.
constexpr int share = 4;          ///< Keeping takes at most one part in so many of the time.
constexpr qint64 pauseAfterFailure = 5000; ///< Milliseconds.
/// The window makes the first update by itself, so that there is something to see.
constexpr std::int64_t leastUpdates = 2;

/// In the checkpoints of a run that goes on: some hundred kilobytes to write, not megabytes a second.
constexpr std::size_t fewNumbers = 40'000;

/// Is training taken to somewhere else, so that the end it came to is left?
bool leavesTheEnd(const Command& command)
{
    return std::holds_alternative<RestartCommand>(command) ||
           std::holds_alternative<StepBackCommand>(command) || std::holds_alternative<GoToCommand>(command) ||
           std::holds_alternative<CourseCommand>(command);
}

} // namespace

RunKeeper::RunKeeper(SessionBridge& bridge, const QString& file, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_writer(new RunWriter(file))
{
    m_clock.start();
    m_writer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_writer, &RunWriter::open);
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    connect(m_writer, &RunWriter::kept, this, &RunKeeper::noteKept);
    connect(m_writer, &RunWriter::failed, this, &RunKeeper::noteFailure);
    connect(&bridge, &SessionBridge::opened, this, [this] {
        ++m_session;
        m_hasChanged = m_isRunning = false;
    });
    connect(&bridge, &SessionBridge::closing, this, [this] {
        keepNow();
        m_asked = {}; // what has not been answered by now never will be
    });
    connect(&bridge, &SessionBridge::posting, this, &RunKeeper::noteCommand);
    connect(&bridge, &SessionBridge::newsTaken, this, &RunKeeper::noteNews);
    m_timer.setInterval(keepEvery);
    connect(&m_timer, &QTimer::timeout, this, &RunKeeper::askInTime);
    m_timer.start();
    m_thread.setObjectName(QStringLiteral("run library"));
    m_thread.start(QThread::LowPriority);
}

RunKeeper::~RunKeeper()
{
    // Behind everything that is still to be written.
    QMetaObject::invokeMethod(
        m_writer, [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

void RunKeeper::adopt(const RunStore::Row& row)
{
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, session = m_session, row] { writer->adopt(session, row); },
        Qt::QueuedConnection);
}

void RunKeeper::settle()
{
    keepNow();
    QMetaObject::invokeMethod(
        m_writer, [] {}, Qt::BlockingQueuedConnection);
}

void RunKeeper::noteNews(const SessionNews& news)
{
    // Once more when it has come to rest: with all checkpoints.
    const bool wasRunning = std::exchange(m_isRunning, m_bridge.state() == RunState::Running);
    m_hasChanged =
        m_hasChanged || !news.points.empty() || !news.changes.empty() || (wasRunning && !m_isRunning);
    takeAnswer();
}

void RunKeeper::noteCommand(const Command& command)
{
    if (leavesTheEnd(command))
        keepNow();
    else if (std::holds_alternative<EditCommand>(command))
        m_hasChanged = true; // no news tell it
}

void RunKeeper::ask()
{
    if (!m_hasChanged || m_asked.valid())
        return;
    m_hasChanged = false;
    m_askedAt = m_clock.elapsed();
    m_asked = m_bridge.askSaved(m_isRunning ? fewNumbers : SaveCommand::usualNumbers);
}

void RunKeeper::askInTime()
{
    if (m_writing == 0 && m_clock.elapsed() >= m_askNext)
        ask();
}

void RunKeeper::takeAnswer()
{
    if (m_asked.valid() && m_asked.wait_for(0s) == std::future_status::ready)
        write(std::exchange(m_asked, {}).get());
}

void RunKeeper::keepNow()
{
    m_isRunning = false;
    awaitAnswer();
    ask();
    awaitAnswer();
}

void RunKeeper::awaitAnswer()
{
    if (m_asked.valid())
        m_asked.wait_for(patience);
    takeAnswer();
}

/// Where training was taken back, the end that it came to has been kept before.
void RunKeeper::write(const SavedRun& run)
{
    if (!run.isAtEnd || run.experiment.session->update < leastUpdates)
        return;
    ++m_writing;
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, session = m_session, run] { writer->keep(session, run); },
        Qt::QueuedConnection);
}

void RunKeeper::noteKept(qint64 id)
{
    --m_writing;
    m_lastFailure.clear();
    m_askNext = m_askedAt + share * (m_clock.elapsed() - m_askedAt);
    emit kept(id);
}

void RunKeeper::noteFailure(const QString& sentence)
{
    --m_writing;
    m_hasChanged = true;
    m_askNext = m_clock.elapsed() + pauseAfterFailure;
    if (sentence != m_lastFailure)
        emit failed(sentence);
    m_lastFailure = sentence;
}

} // namespace chronograd
