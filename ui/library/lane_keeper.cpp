#include "ui/library/lane_keeper.h"

#include "ui/compare/compare_panel.h"
#include "ui/library/library_thread.h"
#include "ui/library/run_keeper.h"
#include "ui/library/session_keeper.h"

#include <algorithm>

namespace chronograd {

namespace {

/// "Echo: k2 20 → 5"
void nameAfter(const Lane& lane, SavedRun& run)
{
    std::string& name = run.experiment.name;
    name = name.empty() ? lane.name() : name + ": " + lane.name();
}

} // namespace

LaneKeeper::LaneKeeper(ComparePanel& lanes, LibraryThread& library, QObject* parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_library(library)
{
    connect(&lanes, &ComparePanel::ticked, this, &LaneKeeper::noteNews);
    connect(&lanes, &ComparePanel::leaving, this, &LaneKeeper::keepNow);
    connect(&lanes, &ComparePanel::laneEnding, this, [this](const Lane& lane) { m_keepers.erase(&lane); });
    connect(&library, &LibraryThread::kept, this, [this](qint64 session) {
        if (const auto found = find(session); found != m_keepers.end())
            found->second->noteKept();
    });
    connect(&library, &LibraryThread::failed, this, [this](qint64 session, const QString& sentence) {
        const auto found = find(session);
        if (found != m_keepers.end() && found->second->noteFailure(sentence))
            emit failed(sentence);
    });
    connect(&m_timer, &QTimer::timeout, this, &LaneKeeper::askNext);
    m_timer.start(keepEvery / static_cast<int>(Comparison::mostLanes));
}

LaneKeeper::~LaneKeeper() = default;

LaneKeeper::Keepers::iterator LaneKeeper::find(qint64 session)
{
    return std::ranges::find_if(m_keepers,
                                [session](const auto& each) { return each.second->session() == session; });
}

SessionKeeper& LaneKeeper::keeperOf(Lane& lane)
{
    std::unique_ptr<SessionKeeper>& keeper = m_keepers[&lane];
    if (!keeper)
        keeper = std::make_unique<SessionKeeper>(
            m_library, SessionKeeper::Source{
                           .ask = [&lane](std::size_t mostNumbers) { return lane.askSaved(mostNumbers); },
                           .prepare = [&lane](SavedRun& run) { nameAfter(lane, run); },
                           .leastUpdate = lane.firstUpdate() + 1,
                           .tags = {tr("lane")},
                       });
    return *keeper;
}

void LaneKeeper::adopt(Lane& lane, const RunStore::Row& row)
{
    m_library.adopt(keeperOf(lane).session(), row);
}

void LaneKeeper::noteNews()
{
    const Comparison& comparison = *m_lanes.comparison();
    for (const auto& lane : comparison.lanes()) {
        // Between two rounds of a lockstep they rest for a moment only.
        const bool isRunning = comparison.isRunning() || lane->state() == RunState::Running;
        if (!lane->evolves())
            keeperOf(*lane).noteNews(lane->lastNews(), isRunning);
    }
}

/// In turn, so that they do not all write at once.
void LaneKeeper::askNext()
{
    if (m_lanes.comparison() == nullptr)
        return;
    const auto& lanes = m_lanes.comparison()->lanes();
    const std::size_t turn = m_next++ % Comparison::mostLanes;
    if (turn < lanes.size() && !lanes[turn]->evolves())
        keeperOf(*lanes[turn]).askInTime();
}

void LaneKeeper::keepNow()
{
    for (const auto& [lane, keeper] : m_keepers)
        keeper->askNow();
    for (const auto& [lane, keeper] : m_keepers)
        keeper->awaitAnswer();
}

} // namespace chronograd
