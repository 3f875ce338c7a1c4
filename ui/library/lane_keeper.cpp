#include "ui/library/lane_keeper.h"

#include "ui/compare/compare_panel.h"
#include "ui/library/curve_keeper.h"
#include "ui/library/library_thread.h"
#include "ui/library/run_keeper.h"
#include "ui/library/session_keeper.h"

#include <algorithm>
#include <utility>

namespace chronograd {

namespace {

/// "Echo: k2 20 → 5"
void nameAfter(const Lane& lane, Experiment& experiment)
{
    std::string& name = experiment.name;
    name = name.empty() ? lane.name() : name + ": " + lane.name();
}

/// The keeper of this session among those of all lanes; null: it is none of theirs.
template<typename Keepers>
auto find(const Keepers& keepers, qint64 session)
{
    const auto found = std::ranges::find_if(
        keepers, [session](const auto& each) { return each.second->session() == session; });
    return found == keepers.end() ? nullptr : found->second.get();
}

} // namespace

LaneKeeper::LaneKeeper(ComparePanel& lanes, LibraryThread& library, QObject* parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_library(library)
{
    connect(&lanes, &ComparePanel::ticked, this, &LaneKeeper::noteNews);
    connect(&lanes, &ComparePanel::leaving, this, &LaneKeeper::keepNow);
    connect(&lanes, &ComparePanel::laneEnding, this, [this](const Lane& lane) {
        m_keepers.erase(&lane);
        m_curveKeepers.erase(&lane);
    });
    connect(&lanes, &ComparePanel::laneEdited, this, [this](Lane& lane) {
        if (!lane.evolves())
            keeperOf(lane).noteChange(); // no news tell it
    });
    connect(&library, &LibraryThread::kept, this, &LaneKeeper::noteKept);
    connect(&library, &LibraryThread::failed, this, &LaneKeeper::noteFailure);
    connect(&m_timer, &QTimer::timeout, this, &LaneKeeper::askNext);
    m_timer.start(keepEvery / static_cast<int>(Comparison::mostLanes));
}

LaneKeeper::~LaneKeeper() = default;

void LaneKeeper::noteKept(qint64 session)
{
    if (SessionKeeper* keeper = find(m_keepers, session))
        keeper->noteKept();
    else if (CurveKeeper* ofCurve = find(m_curveKeepers, session))
        ofCurve->noteKept();
}

void LaneKeeper::noteFailure(qint64 session, const QString& sentence)
{
    bool isNew = false;
    if (SessionKeeper* keeper = find(m_keepers, session))
        isNew = keeper->noteFailure(sentence);
    else if (CurveKeeper* ofCurve = find(m_curveKeepers, session))
        isNew = ofCurve->noteFailure(sentence);
    if (isNew)
        emit failed(sentence);
}

SessionKeeper& LaneKeeper::keeperOf(Lane& lane)
{
    std::unique_ptr<SessionKeeper>& keeper = m_keepers[&lane];
    if (!keeper)
        keeper = std::make_unique<SessionKeeper>(
            m_library, SessionKeeper::Source{
                           .ask = [&lane](std::size_t mostNumbers) { return lane.askSaved(mostNumbers); },
                           .prepare = [&lane](SavedRun& run) { nameAfter(lane, run.experiment); },
                           .leastUpdate = lane.firstUpdate() + 1,
                           .tags = {tr("lane")},
                       });
    return *keeper;
}

CurveKeeper& LaneKeeper::curveKeeperOf(const Lane& lane)
{
    std::unique_ptr<CurveKeeper>& keeper = m_curveKeepers[&lane];
    if (!keeper) {
        const ForkPoint& origin = m_lanes.comparison()->origin();
        Experiment experiment = origin.isBeginning() ? experimentOf(lane.spec(), origin) : origin.experiment;
        nameAfter(lane, experiment);
        experiment.network.init.seed = lane.spec().seed.value_or(experiment.network.init.seed);
        keeper = std::make_unique<CurveKeeper>(m_library, lane, std::move(experiment));
    }
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
        if (lane->evolves())
            curveKeeperOf(*lane); // there is something to keep when it is left
        else
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
    if (turn >= lanes.size())
        return;
    if (lanes[turn]->evolves())
        curveKeeperOf(*lanes[turn]).keep(true);
    else
        keeperOf(*lanes[turn]).askInTime();
}

void LaneKeeper::keepNow()
{
    for (const auto& [lane, keeper] : m_keepers)
        keeper->askNow();
    for (const auto& [lane, keeper] : m_curveKeepers)
        keeper->keep(false);
    for (const auto& [lane, keeper] : m_keepers)
        keeper->awaitAnswer();
}

} // namespace chronograd
