#include "ui/library/sweep_keeper.h"

#include "ui/library/library_thread.h"
#include "ui/library/run_keeper.h"
#include "ui/library/sweep_record.h"
#include "ui/sweep/sweep_job.h"

#include <utility>

namespace chronograd {

SweepKeeper::SweepKeeper(SweepJob& job, LibraryThread& library, QObject* parent)
    : QObject(parent)
    , m_job(job)
    , m_library(library)
    , m_session(library.newSession())
{
    connect(&job, &SweepJob::resultsChanged, this, [this] {
        m_isDue = !m_job.results().empty();
        if (!m_timer.isActive())
            keepIfDue();
    });
    connect(&job, &SweepJob::closing, this, [this] {
        m_timer.stop();
        if (m_isDue)
            keep();
    });
    connect(&library, &LibraryThread::kept, this, [this](qint64 session) {
        if (session == m_session)
            m_isWriting = false;
    });
    connect(&library, &LibraryThread::failed, this, [this](qint64 session, const QString& sentence) {
        if (session != m_session)
            return;
        m_isWriting = false;
        m_isDue = true;
        if (!std::exchange(m_hasFailed, true))
            emit failed(sentence);
    });
    m_timer.setInterval(keepEvery);
    connect(&m_timer, &QTimer::timeout, this, &SweepKeeper::keepIfDue);
}

void SweepKeeper::keepIfDue()
{
    if (!m_isDue)
        return m_timer.stop();
    m_timer.start();
    if (!m_isWriting)
        keep();
}

void SweepKeeper::keep()
{
    m_isDue = false;
    m_isWriting = true;
    m_library.keepSweep(m_session, recordOf(m_job.plan(), m_job.results(), m_job.folder()));
}

} // namespace chronograd
