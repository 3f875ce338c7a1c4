#include "ui/library/library_thread.h"

#include "ui/library/run_writer.h"

namespace chronograd {

LibraryThread::LibraryThread(const QString& file, QObject* parent)
    : QObject(parent)
    , m_writer(new RunWriter(file))
{
    m_writer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_writer, &RunWriter::open);
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    connect(m_writer, &RunWriter::kept, this, &LibraryThread::kept);
    connect(m_writer, &RunWriter::failed, this, &LibraryThread::failed);
    m_thread.setObjectName(QStringLiteral("run library"));
    m_thread.start(QThread::LowPriority);
}

LibraryThread::~LibraryThread()
{
    // Behind everything that is still to be written.
    QMetaObject::invokeMethod(
        m_writer, [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

void LibraryThread::keep(qint64 session, const SavedRun& run, const QStringList& tags)
{
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, session, run, tags] { writer->keep(session, run, tags); },
        Qt::QueuedConnection);
}

void LibraryThread::keepCurve(qint64 session, const RunRecord& record)
{
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, session, record] { writer->keepCurve(session, record); },
        Qt::QueuedConnection);
}

void LibraryThread::keepSweep(qint64 session, const RunRecord& record)
{
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, session, record] { writer->keepSweep(session, record); },
        Qt::QueuedConnection);
}

void LibraryThread::adopt(qint64 session, const RunStore::Row& row)
{
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, session, row] { writer->adopt(session, row); }, Qt::QueuedConnection);
}

void LibraryThread::settle()
{
    QMetaObject::invokeMethod(
        m_writer, [] {}, Qt::BlockingQueuedConnection);
}

} // namespace chronograd
