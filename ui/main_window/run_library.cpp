#include "ui/main_window/run_library.h"

#include "core/experiment/input_error.h"
#include "core/tasks/task.h"
#include "ui/compare/compare_panel.h"
#include "ui/library/lane_keeper.h"
#include "ui/library/library_thread.h"
#include "ui/library/library_window.h"
#include "ui/library/run_keeper.h"
#include "ui/library/run_record.h"
#include "ui/library/run_store.h"
#include "ui/library/sweep_keeper.h"
#include "ui/main_window/experiment_files.h"
#include "ui/main_window/session_bridge.h"
#include "ui/sweep/sweep_job.h"

#include <QStandardPaths>

#include <algorithm>
#include <memory>
#include <utility>

namespace chronograd {

namespace {

/// A run that is to become a lane.
struct KeptRun
{
    Experiment experiment;
    std::shared_ptr<const Dataset> data;
};

KeptRun readRun(const RunStore& store, const RunEntry& run)
{
    const auto session = store.session(run.id);
    if (!session)
        throw StoreError(LibraryWindow::tr("“%1” is not in the library any more.").arg(run.name));
    KeptRun read;
    read.experiment = experimentOf(run, *session);
    read.data = std::make_shared<const Dataset>(makeDataset(read.experiment));
    return read;
}

/// Why it can neither be gone on with nor be a lane.
QString curveOnlyWords(const RunEntry& run)
{
    return LibraryWindow::tr(
               "“%1” went by evolution, which has no session to go on with: its settings and its "
               "curve are kept. To evolve again fork a run, or take the ready comparison.")
        .arg(run.name);
}

ForkPoint beginningOf(KeptRun run)
{
    run.experiment.session.reset();
    return beginningOf(std::move(run.experiment), std::move(run.data));
}

} // namespace

RunLibrary::RunLibrary(const QString& file, SessionBridge& bridge, ExperimentFiles& files,
                       ComparePanel& lanes, QWidget& window)
    : QObject(&window)
    , m_file(file)
    , m_bridge(bridge)
    , m_files(files)
    , m_lanes(lanes)
    , m_window(window)
{
    if (m_file.isEmpty())
        return;
    m_thread = new LibraryThread(m_file, this);
    m_runs = new RunKeeper(m_bridge, *m_thread, this);
    m_ofLanes = new LaneKeeper(m_lanes, *m_thread, this);
    connect(m_runs, &RunKeeper::failed, &m_bridge, &SessionBridge::failed);
    connect(m_ofLanes, &LaneKeeper::failed, &m_bridge, &SessionBridge::failed);
}

QString RunLibrary::usualFile()
{
    static constexpr const char* variable = "CHRONOGRAD_LIBRARY";
    if (qEnvironmentVariableIsSet(variable))
        return qEnvironmentVariable(variable);
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/runs.sqlite");
}

void RunLibrary::show()
{
    if (m_thread == nullptr) {
        emit m_bridge.failed(tr("This window keeps no runs: it has no run library."));
        return;
    }
    settle();
    if (!m_list) {
        m_list = new LibraryWindow(m_file, &m_window);
        m_list->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_thread, &LibraryThread::kept, m_list, [this](qint64, qint64 id) { m_list->showKept(id); });
        connect(m_list, &LibraryWindow::reopenAsked, this, &RunLibrary::reopen);
        connect(m_list, &LibraryWindow::compareAsked, this, &RunLibrary::compare);
    }
    m_list->show();
    m_list->raise();
    m_list->activateWindow();
}

void RunLibrary::keepSweep(SweepJob& job)
{
    if (m_thread == nullptr)
        return;
    auto* keeper = new SweepKeeper(job, *m_thread, &job);
    connect(keeper, &SweepKeeper::failed, &m_bridge, &SessionBridge::failed);
}

void RunLibrary::tell(const QString& sentence)
{
    if (m_list)
        m_list->tell(sentence);
}

/// Keeps what has not been kept yet, and waits until it is written.
void RunLibrary::settle()
{
    m_runs->keepNow();
    m_ofLanes->keepNow();
    m_thread->settle();
}

/// What is kept of it may be of the session that ends now: that is kept first, then read.
void RunLibrary::reopen(const RunEntry& run)
{
    if (run.sweep) {
        emit sweepAsked(run.file);
        return;
    }
    if (run.isCurveOnly)
        return tell(curveOnlyWords(run));
    settle();
    try {
        const RunStore& store = *m_list->store();
        const RunEntry now = store.entry(run.id).value_or(run);
        const KeptRun read = readRun(store, now);
        if (!m_files.open(read.experiment))
            return; // the window has told why
        m_runs->adopt({now.id, now.revision});
        m_window.raise();
        m_window.activateWindow();
    } catch (const std::runtime_error& error) { // of the store or of the reader
        m_list->tell(QString::fromUtf8(error.what()));
    }
}

void RunLibrary::compare(const std::vector<RunEntry>& runs)
{
    const auto curve = std::ranges::find_if(runs, &RunEntry::isCurveOnly);
    const QString problem = curve == runs.end() ? m_lanes.whyNoRoomFor(runs.size()) : curveOnlyWords(*curve);
    m_list->tell(problem);
    if (!problem.isEmpty())
        return;
    try {
        std::vector<std::unique_ptr<Lane>> lanes;
        std::vector<std::pair<Lane*, RunStore::Row>> rows;
        ForkPoint origin;
        for (const RunEntry& listed : runs) {
            const RunEntry run = m_list->store()->entry(listed.id).value_or(listed);
            const KeptRun read = readRun(*m_list->store(), run);
            if (lanes.empty())
                origin = beginningOf(read);
            LaneSpec spec{.name = run.name.toStdString(), .about = settingsWords(run).toStdString()};
            lanes.push_back(std::make_unique<Lane>(std::move(spec), read.experiment, read.data));
            rows.push_back({lanes.back().get(), {run.id, run.revision}});
        }
        m_lanes.addRuns(std::move(lanes), origin);
        for (const auto& [lane, row] : rows)
            m_ofLanes->adopt(*lane, row);
        m_window.raise();
        m_window.activateWindow();
    } catch (const std::runtime_error& error) {
        m_list->tell(QString::fromUtf8(error.what()));
    }
}

} // namespace chronograd
