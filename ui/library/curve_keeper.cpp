#include "ui/library/curve_keeper.h"

#include "core/compare/lane.h"
#include "ui/library/library_thread.h"
#include "ui/library/run_record.h"

#include <QCoreApplication>

#include <utility>

namespace chronograd {

CurveKeeper::CurveKeeper(LibraryThread& library, const Lane& lane, Experiment experiment)
    : m_library(library)
    , m_lane(lane)
    , m_experiment(std::move(experiment))
    , m_session(library.newSession())
    , m_kept(lane.firstUpdate())
{}

void CurveKeeper::keep(bool inTime)
{
    if (m_lane.lossByUpdate().isEmpty() || m_lane.updates() == m_kept || (inTime && m_isWriting))
        return;
    m_kept = m_lane.updates();
    m_isWriting = true;
    RunRecord record = recordOf(m_experiment, m_lane.lossByUpdate().buckets());
    record.entry.tags = {QCoreApplication::translate("LaneKeeper", "lane"),
                         QCoreApplication::translate("LaneKeeper", "evolution")};
    m_library.keepCurve(m_session, record);
}

bool CurveKeeper::noteFailure(const QString& sentence)
{
    m_isWriting = false;
    m_kept = m_lane.firstUpdate(); // what was to be kept is not
    return std::exchange(m_lastFailure, sentence) != sentence;
}

} // namespace chronograd
