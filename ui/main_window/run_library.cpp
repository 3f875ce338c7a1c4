#include "ui/main_window/run_library.h"

#include "core/experiment/input_error.h"
#include "core/tasks/task.h"
#include "ui/compare/compare_panel.h"
#include "ui/library/library_window.h"
#include "ui/library/run_keeper.h"
#include "ui/library/run_record.h"
#include "ui/library/run_store.h"
#include "ui/main_window/experiment_files.h"
#include "ui/main_window/session_bridge.h"

#include <QStandardPaths>

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
    m_keeper = new RunKeeper(m_bridge, m_file, this);
    connect(m_keeper, &RunKeeper::failed, &m_bridge, &SessionBridge::failed);
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
    if (m_keeper == nullptr) {
        emit m_bridge.failed(tr("This window keeps no runs: it has no run library."));
        return;
    }
    m_keeper->settle();
    if (!m_list) {
        m_list = new LibraryWindow(m_file, &m_window);
        m_list->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_keeper, &RunKeeper::kept, m_list, &LibraryWindow::showKept);
        connect(m_list, &LibraryWindow::reopenAsked, this, &RunLibrary::reopen);
        connect(m_list, &LibraryWindow::compareAsked, this, &RunLibrary::compare);
    }
    m_list->show();
    m_list->raise();
    m_list->activateWindow();
}

/// What is kept of it may be of the session that ends now: that is kept first, then read.
void RunLibrary::reopen(const RunEntry& run)
{
    m_keeper->settle();
    try {
        const RunStore& store = *m_list->store();
        const RunEntry now = store.entry(run.id).value_or(run);
        const KeptRun read = readRun(store, now);
        if (!m_files.open(read.experiment))
            return; // the window has told why
        m_keeper->adopt({now.id, now.revision});
        m_window.raise();
        m_window.activateWindow();
    } catch (const std::runtime_error& error) { // of the store or of the reader
        m_list->tell(QString::fromUtf8(error.what()));
    }
}

void RunLibrary::compare(const std::vector<RunEntry>& runs)
{
    m_list->tell(m_lanes.whyNoRoomFor(runs.size()));
    if (!m_lanes.whyNoRoomFor(runs.size()).isEmpty())
        return;
    try {
        std::vector<std::unique_ptr<Lane>> lanes;
        ForkPoint origin;
        for (const RunEntry& run : runs) {
            const KeptRun read = readRun(*m_list->store(), run);
            if (lanes.empty())
                origin = beginningOf(read);
            LaneSpec spec{.name = run.name.toStdString(), .about = settingsWords(run).toStdString()};
            lanes.push_back(std::make_unique<Lane>(std::move(spec), read.experiment, read.data));
        }
        m_lanes.addRuns(std::move(lanes), origin);
        m_window.raise();
        m_window.activateWindow();
    } catch (const std::runtime_error& error) {
        m_list->tell(QString::fromUtf8(error.what()));
    }
}

} // namespace chronograd
