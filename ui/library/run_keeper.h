#pragma once

#include "core/session/session.h"
#include "ui/library/run_store.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace chronograd {

class LibraryThread;
class SessionBridge;
class SessionKeeper;

/// Keeps the run of a window in the library while it trains or is changed: nearly every second, at most a
/// quarter of the time, and at once when the run is left. The window waits for none of it but the last.
/// A run that was only looked at, after the first update that the window itself makes, is not kept.
class RunKeeper : public QObject
{
    Q_OBJECT

public:
    RunKeeper(SessionBridge& bridge, LibraryThread& library, QObject* parent);
    ~RunKeeper() override;

    /// What was opened just now goes on with this run of the library.
    void adopt(const RunStore::Row& row);
    /// Keeps what has not been kept yet; it is on its way to the library then.
    void keepNow();

signals:
    /// Once for a trouble that lasts.
    void failed(const QString& sentence);

private:
    void begin();
    void noteNews(const SessionNews& news);
    void noteCommand(const Command& command);

    SessionBridge& m_bridge;
    LibraryThread& m_library;
    std::unique_ptr<SessionKeeper> m_keeper; ///< Of the session that is open; null: none was.
    QTimer m_timer;
};

/// How often somebody asks whether it is time to keep a session, in milliseconds: with the time it takes to
/// write, not more than a second is lost.
inline constexpr int keepEvery = 800;

} // namespace chronograd
