#pragma once

#include "ui/library/run_store.h"

#include <QObject>
#include <QThread>

namespace chronograd {

class RunWriter;
struct SavedRun;

/// The thread on which a library is written to, and the way to it: nobody waits for what is written unless
/// settle() is called. What is asked for is done in this order.
class LibraryThread : public QObject
{
    Q_OBJECT

public:
    explicit LibraryThread(const QString& file, QObject* parent = nullptr);
    /// Waits until everything is written.
    ~LibraryThread() override;

    /// A number for a session that is to be kept.
    qint64 newSession() { return ++m_lastSession; }

    // As RunWriter has them; kept() or failed() answers each.

    void keep(qint64 session, const SavedRun& run, const QStringList& tags = {});
    void keepCurve(qint64 session, const RunRecord& record);
    void keepSweep(qint64 session, const RunRecord& record);
    void adopt(qint64 session, const RunStore::Row& row); ///< Is not answered.

    void settle(); ///< Waits until everything is written.

signals:
    void kept(qint64 session, qint64 id);
    void failed(qint64 session, const QString& sentence);

private:
    QThread m_thread;
    RunWriter* m_writer; ///< Lives on the thread and dies with it.
    qint64 m_lastSession = 0;
};

} // namespace chronograd
