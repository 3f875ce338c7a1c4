#pragma once

#include "ui/library/run_store.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace chronograd {

class ComparePanel;
class CurveKeeper;
class Lane;
class LibraryThread;
class SessionKeeper;

/// Keeps the lanes of a comparison in the library, each as a run of its own, as soon as they have trained
/// beyond where they were forked: one lane after the other while they run, and all at once when they are
/// left. Of a lane that evolves, which has no session, the curve is kept.
class LaneKeeper : public QObject
{
    Q_OBJECT

public:
    LaneKeeper(ComparePanel& lanes, LibraryThread& library, QObject* parent);
    ~LaneKeeper() override;

    /// A lane that was made of a run of the library goes on in its row.
    void adopt(Lane& lane, const RunStore::Row& row);
    /// Keeps what has not been kept yet; it is on its way to the library then.
    void keepNow();

signals:
    void failed(const QString& sentence); ///< Once for a trouble that lasts.

private:
    SessionKeeper& keeperOf(Lane& lane);
    CurveKeeper& curveKeeperOf(const Lane& lane);
    void noteNews();
    void noteKept(qint64 session);
    void noteFailure(qint64 session, const QString& sentence);
    void askNext();

    ComparePanel& m_lanes;
    LibraryThread& m_library;
    std::map<const Lane*, std::unique_ptr<SessionKeeper>> m_keepers;
    std::map<const Lane*, std::unique_ptr<CurveKeeper>> m_curveKeepers; ///< Of those that evolve.
    std::size_t m_next = 0;                                             ///< The lane whose turn it is.
    QTimer m_timer;
};

} // namespace chronograd
