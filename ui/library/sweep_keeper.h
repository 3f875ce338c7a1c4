#pragma once

#include <QObject>
#include <QTimer>

namespace chronograd {

class LibraryThread;
class SweepJob;

/// Keeps a sweep in the library as one entry, nearly every second while runs end. What the runs came to is in
/// the sweep's folder already; the entry is the way back to it.
class SweepKeeper : public QObject
{
    Q_OBJECT

public:
    SweepKeeper(SweepJob& job, LibraryThread& library, QObject* parent);

signals:
    void failed(const QString& sentence); ///< Once.

private:
    void keep();
    void keepIfDue();

    SweepJob& m_job;
    LibraryThread& m_library;
    qint64 m_session;
    bool m_isDue = false;
    bool m_isWriting = false;
    bool m_hasFailed = false;
    QTimer m_timer;
};

} // namespace chronograd
