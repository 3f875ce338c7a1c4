#include "ui/main_window/experiment_files.h"

#include "ui/main_window/experiment_chooser.h"
#include "ui/main_window/resources.h"
#include "ui/main_window/session_bridge.h"
#include "ui/theme/file_name.h"

#include <QFileDialog>
#include <QMenu>
#include <QSettings>

namespace chronograd {

namespace {

constexpr int mostRecent = 8;
const QString recentKey = QStringLiteral("recentFiles");
const QString suffix = QStringLiteral(".chronograd.json");

std::filesystem::path toPath(const QString& file)
{
    return std::filesystem::path(file.toStdU16String());
}

QString toText(const std::filesystem::path& file)
{
    return QString::fromStdU16String(file.u16string());
}

QString filters()
{
    return ExperimentFiles::tr("Experiments (*.chronograd.json *.json);;All files (*)");
}

} // namespace

ExperimentFiles::ExperimentFiles(SessionBridge& bridge, QWidget& window)
    : QObject(&window)
    , m_bridge(bridge)
    , m_window(window)
{}

bool ExperimentFiles::open(const std::filesystem::path& file)
{
    if (!m_bridge.open(file))
        return false;
    m_savedAs.clear();
    remember(file);
    emit opened();
    return true;
}

bool ExperimentFiles::open(const Experiment& experiment)
{
    if (!m_bridge.open(experiment))
        return false;
    m_savedAs.clear();
    emit opened();
    return true;
}

bool ExperimentFiles::openFirst()
{
    const auto ready = readyExperiments();
    return !ready.empty() && m_bridge.open(ready.front());
}

void ExperimentFiles::askAndOpen()
{
    auto* dialog = new QFileDialog(&m_window, tr("Open an experiment"), QString(), filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { open(toPath(file)); });
    dialog->open();
}

void ExperimentFiles::chooseReady()
{
    auto* chooser = new ExperimentChooser(&m_window);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &ExperimentChooser::chosen, this,
            qOverload<const std::filesystem::path&>(&ExperimentFiles::open));
    connect(chooser, &ExperimentChooser::fileAsked, this, &ExperimentFiles::askAndOpen);
    chooser->open();
}

void ExperimentFiles::save()
{
    if (m_savedAs.isEmpty())
        askAndSave();
    else
        saveTo(m_savedAs);
}

void ExperimentFiles::askAndSave()
{
    auto* dialog = new QFileDialog(&m_window, tr("Save the experiment"), QString(), filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix.mid(1));
    if (const Experiment* experiment = m_bridge.experiment())
        dialog->selectFile(fileNameOf(QString::fromStdString(experiment->name)) + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, &ExperimentFiles::saveTo);
    dialog->open();
}

bool ExperimentFiles::saveTo(const QString& file)
{
    if (!m_bridge.save(toPath(file)))
        return false;
    m_savedAs = file;
    remember(toPath(file));
    emit saved(file);
    return true;
}

void ExperimentFiles::remember(const std::filesystem::path& file)
{
    QSettings settings;
    QStringList recent = settings.value(recentKey).toStringList();
    const QString text = toText(std::filesystem::absolute(file).lexically_normal());
    recent.removeAll(text);
    recent.prepend(text);
    settings.setValue(recentKey, recent.mid(0, mostRecent));
}

void ExperimentFiles::fillRecentMenu(QMenu& menu)
{
    menu.clear();
    for (const QString& file : QSettings().value(recentKey).toStringList()) {
        QAction* action = menu.addAction(file.section(u'/', -1));
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { open(toPath(file)); });
    }
    menu.setToolTipsVisible(true);
    menu.setEnabled(!menu.isEmpty());
}

} // namespace chronograd
