#pragma once

#include "core/session/session.h"
#include "ui/library/run_store.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <future>

namespace chronograd {

class RunWriter;
class SessionBridge;

/// Keeps the run of a session in the library while it trains or is changed: nearly every second, at most a
/// quarter of the time, and at once when the run is left. The window waits for none of it but the last.
/// A run that was only looked at, after the first update that the window itself makes, is not kept.
class RunKeeper : public QObject
{
    Q_OBJECT

public:
    RunKeeper(SessionBridge& bridge, const QString& file, QObject* parent);
    /// Waits until everything is written.
    ~RunKeeper() override;

    /// What was opened just now goes on with this run of the library.
    void adopt(const RunStore::Row& row);
    /// Keeps what has not been kept yet, and waits until it is written.
    void settle();

signals:
    void kept(qint64 id);
    /// Once for a trouble that lasts.
    void failed(const QString& sentence);

private:
    void noteNews(const SessionNews& news);
    void noteCommand(const Command& command);
    void ask();
    void askInTime();
    void takeAnswer();
    void keepNow();
    void awaitAnswer();
    void write(const SavedRun& run);
    void noteKept(qint64 id);
    void noteFailure(const QString& sentence);

    SessionBridge& m_bridge;
    QThread m_thread;
    RunWriter* m_writer; ///< Lives on the thread and dies with it.
    qint64 m_session = 0;
    bool m_hasChanged = false; ///< Since the session was asked last.
    bool m_isRunning = false;
    std::future<SavedRun> m_asked;
    int m_writing = 0; ///< Runs that the writer has not told the end of.
    QElapsedTimer m_clock;
    qint64 m_askedAt = 0;  ///< Milliseconds of the clock.
    qint64 m_askNext = 0;  ///< Not before.
    QString m_lastFailure; ///< Empty: all is well.
    QTimer m_timer;
};

} // namespace chronograd
