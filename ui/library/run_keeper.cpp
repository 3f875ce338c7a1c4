#include "ui/library/run_keeper.h"

#include "ui/library/library_thread.h"
#include "ui/library/session_keeper.h"
#include "ui/main_window/session_bridge.h"

namespace chronograd {

namespace {

/// The window makes the first update by itself, so that there is something to see.
constexpr std::int64_t leastUpdates = 2;

/// Is training taken to somewhere else, so that the end it came to is left?
bool leavesTheEnd(const Command& command)
{
    return std::holds_alternative<RestartCommand>(command) ||
           std::holds_alternative<StepBackCommand>(command) || std::holds_alternative<GoToCommand>(command) ||
           std::holds_alternative<CourseCommand>(command);
}

} // namespace

RunKeeper::RunKeeper(SessionBridge& bridge, LibraryThread& library, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_library(library)
{
    connect(&bridge, &SessionBridge::opened, this, &RunKeeper::begin);
    connect(&bridge, &SessionBridge::closing, this, [this] {
        keepNow();
        m_keeper.reset(); // what has not been answered by now never will be
    });
    connect(&bridge, &SessionBridge::posting, this, &RunKeeper::noteCommand);
    connect(&bridge, &SessionBridge::trained, this, [this] {
        if (m_keeper)
            m_keeper->noteChange(); // the news that the views get may have lost it
    });
    connect(&bridge, &SessionBridge::newsTaken, this, &RunKeeper::noteNews);
    connect(&library, &LibraryThread::kept, this, [this](qint64 session) {
        if (m_keeper && session == m_keeper->session())
            m_keeper->noteKept();
    });
    connect(&library, &LibraryThread::failed, this, [this](qint64 session, const QString& sentence) {
        if (m_keeper && session == m_keeper->session() && m_keeper->noteFailure(sentence))
            emit failed(sentence);
    });
    m_timer.setInterval(keepEvery);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_keeper)
            m_keeper->askInTime();
    });
    m_timer.start();
}

RunKeeper::~RunKeeper() = default;

void RunKeeper::begin()
{
    const auto ask = [this](std::size_t mostNumbers) { return m_bridge.askSaved(mostNumbers); };
    m_keeper = std::make_unique<SessionKeeper>(
        m_library, SessionKeeper::Source{.ask = ask, .leastUpdate = leastUpdates});
}

void RunKeeper::adopt(const RunStore::Row& row)
{
    m_library.adopt(m_keeper->session(), row);
}

void RunKeeper::keepNow()
{
    if (!m_keeper)
        return;
    m_keeper->askNow();
    m_keeper->awaitAnswer();
}

void RunKeeper::noteNews(const SessionNews& news)
{
    if (m_keeper)
        m_keeper->noteNews(news, m_bridge.state() == RunState::Running);
}

void RunKeeper::noteCommand(const Command& command)
{
    if (leavesTheEnd(command))
        keepNow();
    else if (m_keeper && std::holds_alternative<EditCommand>(command))
        m_keeper->noteChange(); // no news tell it
}

} // namespace chronograd
