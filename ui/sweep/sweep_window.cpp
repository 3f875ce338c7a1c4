#include "ui/sweep/sweep_window.h"

#include "core/experiment/experiment_io.h"
#include "ui/sweep/sweep_form.h"
#include "ui/sweep/sweep_picture.h"
#include "ui/sweep/sweep_view.h"
#include "ui/sweep/sweep_words.h"
#include "ui/theme/dialog_button.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace chronograd {

namespace {

QString timeWords(double seconds)
{
    const auto whole = static_cast<int>(seconds + 0.5);
    if (whole >= 3600)
        return SweepWindow::tr("%1 h %2 min left").arg(whole / 3600).arg(whole % 3600 / 60);
    if (whole >= 60)
        return SweepWindow::tr("%1 min %2 s left").arg(whole / 60).arg(whole % 60);
    return SweepWindow::tr("%1 s left").arg(whole);
}

/// The command line's name of the place says nothing here.
QString withoutOption(const QString& sentence)
{
    return sentence.startsWith(QStringLiteral("--vary: "))  ? sentence.mid(8)
           : sentence.startsWith(QStringLiteral("--vary ")) ? sentence.mid(7)
                                                            : sentence;
}

} // namespace

SweepWindow::SweepWindow(const Experiment& experiment, QWidget* parent)
    : QDialog(parent)
    , m_form(new SweepForm(experiment))
    , m_job(new SweepJob(this))
    , m_view(new SweepView)
    , m_measure(new QComboBox)
    , m_bar(new QProgressBar)
    , m_state(new QLabel)
    , m_problem(new QLabel)
{
    setWindowTitle(tr("Sweep – %1").arg(QString::fromStdString(experiment.name)));
    resize(900, 700);
    auto* help =
        new QLabel(tr("Trains this experiment, its settings as they are now, with every combination of these "
                      "values. A run is kept as it ends; the same sweep goes on where it was left."));
    help->setProperty("look", QStringLiteral("secondary"));
    help->setWordWrap(true);
    m_problem->setProperty("look", QStringLiteral("error"));
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setToolTip(tr("Share of the work that is done"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(8);
    m_state->setObjectName(QStringLiteral("state"));
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(16, 14, 16, 14);
    lines->setSpacing(9);
    lines->addWidget(help);
    lines->addWidget(m_form);
    lines->addWidget(buildButtons());
    lines->addWidget(m_problem);
    lines->addWidget(m_bar);
    lines->addWidget(buildChartRow());
    lines->addWidget(m_view, 1);
    wire();
    showButtons();
}

SweepWindow::~SweepWindow() = default;

QWidget* SweepWindow::buildButtons()
{
    m_start = makeDialogButton("start", tr("Start"), tr("Train what is missing"));
    m_start->setProperty("look", QStringLiteral("strong"));
    m_pause = makeDialogButton("pause", tr("Pause"), tr("Runs under way stand still"));
    m_cancel = makeDialogButton("cancel", tr("Cancel"),
                                tr("Runs that have ended stay; Start goes on with the others"));
    auto* folder =
        makeDialogButton("folder", tr("Open a sweep…"), tr("A folder that a sweep was written to"));
    connect(folder, &QPushButton::clicked, this, &SweepWindow::askFolder);
    auto* row = new QWidget;
    auto* buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 0, 0, 0);
    for (QPushButton* button : {m_start, m_pause, m_cancel})
        buttons->addWidget(button);
    buttons->addWidget(m_state, 1);
    buttons->addWidget(folder);
    return row;
}

QWidget* SweepWindow::buildChartRow()
{
    m_measure->setObjectName(QStringLiteral("measure"));
    m_measure->setAccessibleName(tr("Measure"));
    m_measure->setToolTip(tr("What the chart shows of the runs"));
    for (int i = 0; i < static_cast<int>(std::size(sweepMeasureKeys)); ++i)
        m_measure->addItem(measureWords(static_cast<SweepMeasure>(i)));
    m_export = makeDialogButton("export", tr("Export"), tr("Saves the chart or the numbers"));
    m_export->setProperty("look", QStringLiteral("menu"));
    auto* menu = new QMenu(m_export);
    for (const char* suffix : {"csv", "png", "svg"}) {
        const QString text = QString::fromLatin1(suffix);
        menu->addAction(tr("As %1…").arg(text.toUpper()), this, [this, text] { askAndExport(text); });
    }
    m_export->setMenu(menu);
    auto* label = new QLabel(tr("shown"));
    label->setBuddy(m_measure);
    auto* row = new QWidget;
    auto* fields = new QHBoxLayout(row);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->addWidget(label);
    fields->addWidget(m_measure);
    fields->addStretch(1);
    fields->addWidget(m_export);
    return row;
}

void SweepWindow::wire()
{
    connect(m_start, &QPushButton::clicked, this, &SweepWindow::start);
    connect(m_pause, &QPushButton::clicked, this, &SweepWindow::togglePause);
    connect(m_cancel, &QPushButton::clicked, m_job, &SweepJob::cancel);
    connect(m_measure, &QComboBox::activated, this, &SweepWindow::showResults);
    connect(m_view, &SweepView::chosen, this, &SweepWindow::openCombination);
    connect(m_job, &SweepJob::progressed, this, &SweepWindow::showProgress);
    connect(m_job, &SweepJob::resultsChanged, this, &SweepWindow::showResults);
    connect(m_job, &SweepJob::failed, this, &SweepWindow::tell);
}

void SweepWindow::start()
{
    tell({});
    try {
        SweepPlan plan = m_form->plan();
        const bool isTheSame = m_job->plan() && m_job->plan()->identity() == plan.identity();
        const std::filesystem::path folder =
            isTheSame ? std::filesystem::path(m_job->folder().toStdU16String()) : usualSweepFolder(plan);
        m_measure->setCurrentIndex(-1); // the usual one of what comes
        m_job->start(std::move(plan), folder, m_form->jobs());
    } catch (const InputError& error) {
        m_state->clear(); // it was of the sweep before
        tell(QString::fromUtf8(error.what()));
    }
    m_isPaused = false;
    showButtons();
}

void SweepWindow::togglePause()
{
    m_isPaused = !m_isPaused;
    if (m_isPaused)
        m_job->pause();
    else
        m_job->resume();
    showButtons();
}

void SweepWindow::askFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a sweep"));
    if (!folder.isEmpty())
        openFolder(folder);
}

void SweepWindow::openFolder(const QString& folder)
{
    tell({});
    m_measure->setCurrentIndex(-1);
    if (m_job->open(std::filesystem::path(folder.toStdU16String())))
        m_form->showPlan(*m_job->plan());
    showButtons();
}

void SweepWindow::showProgress(const SweepProgress& progress)
{
    m_bar->setValue(static_cast<int>(1000 * progress.share));
    QString words =
        counted("chronograd::SweepWindow", "%1 of %n run", "%1 of %n runs", progress.runs).arg(progress.done);
    if (progress.state == SweepProgress::State::Paused)
        words = tr("%1, paused").arg(words);
    else if (progress.state == SweepProgress::State::Cancelled)
        words = tr("%1, cancelled").arg(words);
    else if (progress.state == SweepProgress::State::Finished && progress.runs == 0)
        words = tr("all runs were there already");
    else if (progress.secondsLeft)
        words = tr("%1, %2").arg(words, timeWords(*progress.secondsLeft));
    m_state->setText(words);
    m_state->setToolTip(m_job->folder());
    showButtons();
}

void SweepWindow::showResults()
{
    if (!m_job->plan())
        return;
    const std::vector<SweepResult>& results = m_job->results();
    if (m_measure->currentIndex() < 0 && !results.empty())
        m_measure->setCurrentIndex(static_cast<int>(usualMeasure(results)));
    const auto measure = static_cast<SweepMeasure>(std::max(0, m_measure->currentIndex()));
    m_view->show(std::make_unique<SweepShown>(m_job->plan(), results, measure));
}

void SweepWindow::showButtons()
{
    const bool runs = m_job->isRunning();
    m_start->setEnabled(!runs);
    m_form->setEnabled(!runs);
    m_pause->setEnabled(runs);
    m_cancel->setEnabled(runs);
    m_pause->setText(runs && m_isPaused ? tr("Go on") : tr("Pause"));
    m_export->setEnabled(m_job->plan() != nullptr);
}

void SweepWindow::tell(const QString& sentence)
{
    m_problem->setText(withoutOption(sentence));
    m_problem->setVisible(!sentence.isEmpty());
}

void SweepWindow::openCombination(std::int64_t combination)
{
    const SweepPlan& plan = *m_job->plan();
    try {
        Experiment experiment = plan.experimentOf(plan.runOf(combination, 1));
        std::string values;
        for (const std::string& assignment : plan.assignmentsOf(combination))
            values += (values.empty() ? "" : ", ") +
                      assignment.substr(assignment.rfind('.', assignment.find('=')) + 1);
        experiment.name += " (" + values + ")";
        emit openAsked(experiment);
    } catch (const InputError& error) {
        tell(QString::fromUtf8(error.what()));
    }
}

QString SweepWindow::exportTo(const QString& file) const
{
    if (!file.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive))
        return writeSweepPicture(*m_view->shown(), file, sweepPictureSize(*m_view->shown(), Theme::current()),
                                 Theme::current());
    std::string text = resultHeader(*m_job->plan()) + '\n';
    for (const SweepResult& result : mergedResults(m_job->results()))
        text += resultRow(*m_job->plan(), result) + '\n';
    try {
        writeFile(std::filesystem::path(file.toStdU16String()), text);
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

void SweepWindow::askAndExport(const QString& suffix)
{
    QString file = QFileDialog::getSaveFileName(this, tr("Export"), QStringLiteral("sweep.") + suffix,
                                                tr("%1 file (*.%2)").arg(suffix.toUpper(), suffix));
    if (file.isEmpty())
        return;
    if (!file.endsWith(u'.' + suffix, Qt::CaseInsensitive))
        file += u'.' + suffix;
    tell(exportTo(file));
}

} // namespace chronograd
