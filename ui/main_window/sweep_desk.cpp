#include "ui/main_window/sweep_desk.h"

#include "core/experiment/input_error.h"
#include "core/sweep/sweep_folder.h"
#include "ui/main_window/experiment_files.h"
#include "ui/main_window/run_library.h"
#include "ui/main_window/session_bridge.h"
#include "ui/sweep/sweep_window.h"

namespace chronograd {

SweepDesk::SweepDesk(SessionBridge& bridge, ExperimentFiles& files, RunLibrary& library, QWidget& window)
    : QObject(&window)
    , m_bridge(bridge)
    , m_files(files)
    , m_library(library)
    , m_window(window)
{
    connect(&library, &RunLibrary::sweepAsked, this, &SweepDesk::reopen);
}

SweepDesk::~SweepDesk()
{
    for (const QPointer<SweepWindow>& sweep : m_sweeps)
        delete sweep.data();
}

SweepWindow& SweepDesk::make(const Experiment& experiment)
{
    auto* sweep = new SweepWindow(experiment, &m_window);
    sweep->setAttribute(Qt::WA_DeleteOnClose);
    connect(sweep, &SweepWindow::openAsked, &m_files, qOverload<const Experiment&>(&ExperimentFiles::open));
    m_library.keepSweep(sweep->job());
    std::erase_if(m_sweeps, [](const auto& each) { return each.isNull(); });
    m_sweeps.emplace_back(sweep);
    return *sweep;
}

void SweepDesk::showNew()
{
    if (m_bridge.experiment() != nullptr)
        make(m_bridge.restarted()).show();
}

void SweepDesk::reopen(const QString& folder)
{
    try {
        const std::filesystem::path path(folder.toStdU16String());
        SweepWindow& sweep = make(SweepFolder::readPlan(path).base());
        sweep.openFolder(folder);
        sweep.show();
    } catch (const InputError& error) {
        m_library.tell(QString::fromUtf8(error.what()));
    }
}

} // namespace chronograd
