#include "ui/compare/compare_panel.h"

#include "ui/compare/lane_row.h"
#include "ui/compare/lane_style.h"
#include "ui/compare/lane_words.h"
#include "ui/plots/lane_plot.h"
#include "ui/theme/segmented_control.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace chronograd {

namespace {

using namespace std::chrono_literals;

QPushButton* button(const char* name, const QString& text, const QString& tip)
{
    auto* made = new QPushButton(text);
    made->setObjectName(QString::fromLatin1(name));
    made->setToolTip(tip);
    made->setProperty("look", QStringLiteral("compact"));
    return made;
}

} // namespace

ComparePanel::ComparePanel(QWidget* parent)
    : QWidget(parent)
    , m_hint(new QLabel)
    , m_list(new QWidget)
    , m_plot(new LanePlot)
    , m_difference(new QLabel)
{
    // One that scrolls as a whole: on a low window all lanes and their curves keep their size.
    auto* scroll = new QScrollArea;
    auto* inside = new QWidget;
    auto* lines = new QVBoxLayout(inside);
    lines->setContentsMargins(0, 0, 6, 0);
    lines->setSpacing(6);
    buildBar(*lines);
    m_hint->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("compareHint"));
    m_hint->setProperty("look", QStringLiteral("small"));
    lines->addWidget(m_hint);
    // The curves before the list: on a low window they are what a class looks at.
    m_plot->setMinimumHeight(210);
    m_plot->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    lines->addWidget(m_plot, 1);
    m_difference->setWordWrap(true);
    m_difference->setObjectName(QStringLiteral("firstDifference"));
    m_difference->setTextInteractionFlags(Qt::TextSelectableByMouse);
    lines->addWidget(m_difference);
    auto* rows = new QVBoxLayout(m_list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    lines->addWidget(m_list);
    lines->addWidget(m_clear, 0, Qt::AlignRight);
    lines->addStretch();
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("Lanes"));
    scroll->setWidget(inside);
    inside->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    m_timer.setInterval(16ms);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ComparePanel::tick);
    connect(m_plot, &LanePlot::placeAsked, this, [this](qint64 x) {
        if (m_comparison->measure() == Measure::Updates)
            goBack([this, x] { m_comparison->goTo(x); });
    });
    setAccessibleName(tr("Compare"));
    showButtons();
}

ComparePanel::~ComparePanel() = default;

void ComparePanel::buildBar(QVBoxLayout& lines)
{
    m_fork = button("fork", tr("Fork…"), QString());
    m_ready = button("readyComparisons", tr("Ready comparisons…"),
                     tr("Comparisons that come with the program, with what to look for"));
    m_run = button("runLanes", tr("Run"), tr("Run or pause all lanes"));
    m_step = button("stepLanes", tr("Step"), tr("Every lane one update on; those that are ahead wait"));
    m_clear = button("clearLanes", tr("Remove all"), tr("Remove all lanes; the run stays as it is"));
    auto* first = new QHBoxLayout;
    for (QPushButton* each : {m_run, m_step, m_fork, m_ready})
        first->addWidget(each);
    first->addStretch(1);
    lines.addLayout(first);
    m_pace = new SegmentedControl(tr("How the lanes run"), {tr("lockstep"), tr("free")});
    m_pace->setObjectName(QStringLiteral("pace"));
    m_pace->setToolTipAt(0, tr("No lane goes on before all have come equally far"));
    m_pace->setToolTipAt(1, tr("Each lane as fast as it can"));
    m_measure =
        new SegmentedControl(tr("What lanes have equally many of"), {tr("updates"), tr("time steps")});
    m_measure->setObjectName(QStringLiteral("measure"));
    m_measure->setToolTipAt(0, tr("Lanes are compared after the same number of updates"));
    m_measure->setToolTipAt(
        1,
        tr("Lanes are compared after the same number of time steps run forward: the same data and budget"));
    m_pace->setTight();
    m_measure->setTight();
    m_controls = new QWidget;
    auto* second = new QHBoxLayout(m_controls);
    second->setContentsMargins(0, 0, 0, 0);
    second->addWidget(m_pace);
    second->addWidget(m_measure);
    second->addStretch(1);
    lines.addWidget(m_controls);
    connect(m_fork, &QPushButton::clicked, this, &ComparePanel::startFork);
    connect(m_ready, &QPushButton::clicked, this, &ComparePanel::chooserAsked);
    connect(m_run, &QPushButton::clicked, this, &ComparePanel::toggleRun);
    connect(m_step, &QPushButton::clicked, this, &ComparePanel::step);
    connect(m_clear, &QPushButton::clicked, this, &ComparePanel::clear);
    connect(m_pace, &SegmentedControl::chosen, this,
            [this](int index) { m_comparison->setLockstep(index == 0); });
    connect(m_measure, &SegmentedControl::chosen, this,
            [this](int index) { setMeasure(static_cast<Measure>(index)); });
}

// Running

void ComparePanel::toggleRun()
{
    if (!m_comparison)
        return;
    if (m_comparison->isRunning())
        m_comparison->pause();
    else
        m_comparison->run();
    showButtons();
}

void ComparePanel::step()
{
    if (m_comparison)
        m_comparison->step(Granularity::Update);
    showButtons();
}

void ComparePanel::setMeasure(Measure measure)
{
    m_comparison->setMeasure(measure);
    m_measure->setCurrent(static_cast<int>(measure));
    fillPlot();
}

void ComparePanel::obey(const Command& command)
{
    if (const auto* step = std::get_if<StepCommand>(&command))
        m_comparison->step(step->granularity);
    else if (std::holds_alternative<RunCommand>(command))
        m_comparison->run();
    else if (std::holds_alternative<PauseCommand>(command))
        m_comparison->pause();
    else if (const auto* view = std::get_if<ViewCommand>(&command))
        m_comparison->lanes()[*m_shown]->look(*view);
    else if (std::holds_alternative<ChangeCommand>(command) || std::holds_alternative<PastCommand>(command))
        m_comparison->lanes()[*m_shown]->post(command);
    else if (std::holds_alternative<EditCommand>(command)) {
        m_comparison->lanes()[*m_shown]->post(command);
        emit laneEdited(*m_comparison->lanes()[*m_shown]);
    } else if (const auto* back = std::get_if<StepBackCommand>(&command))
        goBack([&] { m_comparison->stepBack(back->granularity); });
    else if (const auto* there = std::get_if<GoToCommand>(&command))
        goBack([&] { m_comparison->goTo(there->update); });
    else if (const auto* restart = std::get_if<RestartCommand>(&command))
        this->restart(restart->newSeed);
    else if (std::holds_alternative<CourseCommand>(command))
        emit failed(tr("This course is one of the run: show the run in the graph again to return to it."));
    showButtons(); // a speed is for the run: lanes go as fast as they can
}

/// All lanes as they were forked; or from another seed the one that is shown, beside the others.
void ComparePanel::restart(std::optional<std::uint64_t> newSeed)
{
    goBack([&] {
        for (std::size_t i = 0; i < m_comparison->lanes().size(); ++i)
            if (!newSeed || i == *m_shown)
                emit laneEnding(*m_comparison->lanes()[i]);
        if (newSeed)
            m_comparison->restart(*m_shown, *newSeed);
        else
            m_comparison->restart();
    });
    fillRows();
    m_plot->dataChanged();
}

void ComparePanel::goBack(const std::function<void()>& journey)
{
    emit leaving();
    journey();
    m_comparedA = m_comparedB = nullptr;
    setMark(std::nullopt);
}

void ComparePanel::tick()
{
    m_comparison->tick();
    emit ticked();
    const auto hasNews = [](const auto& lane) {
        return lane->lastNews().frame || !lane->lastNews().points.empty();
    };
    if (std::ranges::any_of(m_comparison->lanes(), hasNews)) {
        fillRows();
        m_plot->dataChanged();
    }
    if (m_shown)
        tellNews(false);
    lookForDifference();
    showButtons();
}

Hyperparameters ComparePanel::original() const
{
    return m_comparison->origin().settings;
}

void ComparePanel::fillRows()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Lane& lane = *m_comparison->lanes()[i];
        m_rows[i]->setPen(lanePen(i));
        m_rows[i]->showLane(lane, differenceWords(lane.spec(), original()), i == 0);
    }
}

void ComparePanel::fillPlot()
{
    std::vector<LanePlot::Curve> curves;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (!m_rows[i]->isCurveVisible())
            continue;
        const Lane& lane = *m_comparison->lanes()[i];
        curves.push_back(
            {QString::fromStdString(lane.name()), lanePen(i),
             m_comparison->measure() == Measure::Updates ? &lane.lossByUpdate() : &lane.lossBySteps()});
    }
    m_plot->setCurves(std::move(curves));
    const QString name = m_comparison->measure() == Measure::Updates ? tr("update") : tr("time steps");
    if (m_plot->xLabel() != name)
        m_plot->setXName(name);
}

void ComparePanel::showButtons()
{
    const bool has = m_comparison != nullptr;
    for (QWidget* ofLanes : {m_controls, static_cast<QWidget*>(m_run), static_cast<QWidget*>(m_step),
                             static_cast<QWidget*>(m_clear)})
        ofLanes->setVisible(has);
    m_plot->setVisible(has);
    m_list->setVisible(has);
    m_difference->setVisible(has && !m_difference->text().isEmpty());
    m_fork->setText(has ? tr("Add lane…") : tr("Fork…"));
    m_ready->setText(has ? tr("Ready…") : tr("Ready comparisons…"));
    m_fork->setEnabled(!has || !m_comparison->isFull());
    m_fork->setToolTip(
        has ? (m_comparison->isFull() ? tr("There are six lanes: remove one first")
                                      : tr("Another lane from the same moment (Ctrl+B)"))
            : tr("Copy this moment of the run and train the copy with other settings (Ctrl+B)"));
    if (!has)
        m_hint->setText(
            tr("Fork copies the run as it stands now. The copy goes on with other settings beside "
               "an unchanged one, in lockstep: one sees when, where and by how much they part."));
    m_hint->setVisible(!m_hint->text().isEmpty());
    if (!has)
        return;
    m_run->setText(m_comparison->isRunning() ? tr("Pause") : tr("Run"));
    m_run->setEnabled(!m_comparison->haveAllEnded());
    m_step->setEnabled(!m_comparison->haveAllEnded());
}

void ComparePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    const bool isTheme = event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange;
    if (isTheme && m_comparison) {
        fillRows();
        fillPlot();
    }
}

} // namespace chronograd
