#include "ui/main_window/main_window.h"

#include "core/experiment/input_error.h"
#include "ui/compare/compare_panel.h"
#include "ui/compare/comparison_chooser.h"
#include "ui/controls/change_history.h"
#include "ui/controls/experiment_panel.h"
#include "ui/graph/graph_view.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/main_window/card_desk.h"
#include "ui/main_window/experiment_files.h"
#include "ui/main_window/first_look.h"
#include "ui/main_window/journey_bar.h"
#include "ui/main_window/letter_keys.h"
#include "ui/main_window/main_menu.h"
#include "ui/main_window/message_banner.h"
#include "ui/main_window/plot_cards.h"
#include "ui/main_window/predict_card.h"
#include "ui/main_window/projector_mode.h"
#include "ui/main_window/run_library.h"
#include "ui/main_window/session_bridge.h"
#include "ui/main_window/shown_session.h"
#include "ui/main_window/sweep_desk.h"
#include "ui/main_window/transport_bar.h"
#include "ui/main_window/worked_card.h"
#include "ui/theme/card.h"
#include "ui/theme/reading.h"
#include "ui/worked/predict_mode.h"
#include "ui/worked/worked_panel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

namespace chronograd {

namespace {

const QString geometryKey = QStringLiteral("geometry");
const QString layoutKey = QStringLiteral("layout");
const QString themeKey = QStringLiteral("theme");
const QString animationsKey = QStringLiteral("animations");

} // namespace

MainWindow::MainWindow(Memory memory)
    : m_memory(memory)
    , m_bridge(new SessionBridge(this))
    , m_files(new ExperimentFiles(*m_bridge, *this))
    , m_transport(new TransportBar)
    , m_banner(new MessageBanner)
    , m_journey(new JourneyBar)
    , m_desk(new CardDesk)
    , m_graph(new GraphView)
    , m_experiment(new ExperimentPanel)
    , m_inspector(new InspectorPanel)
    , m_lanes(new ComparePanel)
    , m_shown(new ShownSession(*m_bridge, *m_lanes, this))
    , m_projector(new ProjectorMode(*this))
    , m_library(new RunLibrary(memory == Memory::Kept ? RunLibrary::usualFile() : QString(), *m_bridge,
                               *m_files, *m_lanes, *this))
    , m_sweeps(new SweepDesk(*m_bridge, *m_files, *m_library, *this))
    , m_menu(new MainMenu)
{
    setWindowTitle(tr("Chronograd"));
    buildTop();
    buildCards();
    wire();
    const QSize available = screen()->availableSize();
    resize(QSize(1600, 1000).boundedTo(available));
    restoreMemory();
    buildMenus();
    m_graph->setFocus();
}

/// The cards die after this destructor, and say so when they hide: nobody may listen any more.
MainWindow::~MainWindow()
{
    m_plots->disconnect(this);
    delete m_sweeps; // before the library
}

void MainWindow::buildTop()
{
    auto* middle = new QWidget;
    auto* lines = new QVBoxLayout(middle);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    m_transport->addAtEnd(*m_projector->action());
    lines->addWidget(m_transport);
    auto* message = new QVBoxLayout;
    message->setContentsMargins(10, 0, 10, 0);
    message->addWidget(m_banner);
    message->addWidget(m_journey);
    lines->addLayout(message);
    lines->addWidget(m_desk, 1);
    setCentralWidget(middle);
}

void MainWindow::buildCards()
{
    m_centre = m_desk->setCentre(tr("Unfolded network"), m_graph);
    m_graph->moveHeaderTo(*m_centre->title());
    addLetterKeys(*m_centre, *m_transport);
    Card* experiment =
        m_desk->addCard(Qt::LeftDockWidgetArea, QStringLiteral("experiment"), tr("Experiment"), m_experiment);
    auto* chooser = new QPushButton(tr("Choose…"));
    chooser->setProperty("look", QStringLiteral("compact"));
    chooser->setObjectName(QStringLiteral("experiments"));
    chooser->setToolTip(tr("Ready experiments to look at (Ctrl+E)"));
    connect(chooser, &QPushButton::clicked, m_files, &ExperimentFiles::chooseReady);
    experiment->title()->addAtEnd(chooser);
    m_worked = new WorkedCard(*m_desk, *experiment, *m_transport, this);
    m_predict = new PredictCard(*m_desk, *m_bridge, *m_transport, this);
    m_worked->addTitleButton(*m_predict->action());
    Card* inspector =
        m_desk->addCard(Qt::RightDockWidgetArea, QStringLiteral("inspector"), tr("Inspector"), m_inspector);
    m_predict->setNeighbour(*inspector);
    m_lanesCard = m_desk->addCard(Qt::RightDockWidgetArea, QStringLiteral("compare"), tr("Compare"), m_lanes);
    m_desk->tabifyDockWidget(inspector, m_lanesCard);
    inspector->raise();
    m_plots = new PlotCards(*m_desk, *m_transport, this);
    m_desk->arrange();
}

void MainWindow::buildMenus()
{
    m_menu->addFileMenu(*m_files);
    m_menu->addEditMenu(*m_experiment->controls()->history());
    m_menu->addTrainingMenu(*m_transport, *m_lanes, *m_predict->action());
    m_menu->addViewMenu(*m_desk, *m_projector->action(), m_graph->isAnimated());
    m_menu->addHelpMenu();
    setMenuBar(m_menu);
    connect(m_menu, &MainMenu::editAsked, m_inspector, &InspectorPanel::editValue);
    connect(m_menu, &MainMenu::libraryAsked, m_library, &RunLibrary::show);
    connect(m_menu, &MainMenu::sweepAsked, m_sweeps, &SweepDesk::showNew);
    connect(m_menu, &MainMenu::themeAsked, this, &MainWindow::setTheme);
    connect(m_projector, &ProjectorMode::changed, this, [this] { setTheme(Theme::current().kind); });
    connect(m_menu, &MainMenu::animationsAsked, this, &MainWindow::setAnimated);
}

void MainWindow::wire()
{
    LiveControls* controls = m_experiment->controls();
    connect(m_transport, &TransportBar::asked, m_shown, &ShownSession::post);
    connect(controls, &LiveControls::asked, m_shown, &ShownSession::post);
    connect(controls->history(), &ChangeHistory::changed, m_shown, &ShownSession::keepChoices);
    connect(controls, &LiveControls::asked, m_graph, &GraphView::showAsked);
    connect(controls, &LiveControls::dragged, m_graph, &GraphView::showDragged);
    connect(m_graph, &GraphView::settingDragged, controls, &LiveControls::showDragged);
    connect(m_graph, &GraphView::settingDropped, controls,
            [controls](const SettingChange& change) { controls->choose({change}); });
    connect(m_shown, &ShownSession::newsTaken, m_transport, &TransportBar::showNews);
    connect(m_shown, &ShownSession::newsTaken, m_experiment, &ExperimentPanel::showNews);
    connect(m_shown, &ShownSession::frameTaken, m_graph, &GraphView::showFrame);
    connect(m_experiment, &ExperimentPanel::warned, m_graph, &GraphView::setWarnings);
    connect(m_shown, &ShownSession::shownChanged, this, &MainWindow::lookAtShown);
    connect(m_lanes, &ComparePanel::shownRenamed, this, &MainWindow::nameShown);
    connect(m_lanes, &ComparePanel::markChanged, m_graph, &GraphView::setMark);
    connect(m_lanes, &ComparePanel::lanesAdded, this, &MainWindow::raiseLanes);
    connect(m_lanes, &ComparePanel::chooserAsked, this, &MainWindow::chooseComparison);
    connect(m_graph, &GraphView::quantitySelected, m_inspector, &InspectorPanel::select);
    connect(m_shown, &ShownSession::frameTaken, m_inspector, &InspectorPanel::showFrame);
    connect(m_bridge, &SessionBridge::frameTaken, this, &MainWindow::lookFirst);
    connect(m_inspector, &InspectorPanel::quantitySelected, m_graph, &GraphView::select);
    connect(m_inspector, &InspectorPanel::quantitySelected, m_plots, &PlotCards::select);
    connect(m_inspector, &InspectorPanel::asked, m_shown, &ShownSession::post);
    connect(m_inspector, &InspectorPanel::edited, controls, &LiveControls::edit);
    connect(m_shown, &ShownSession::newsTaken, m_inspector, &InspectorPanel::showNews);
    connect(m_shown, &ShownSession::newsTaken, m_plots, &PlotCards::showNews);
    connect(m_bridge, &SessionBridge::newsTaken, m_plots, &PlotCards::showRunNews);
    connect(m_lanes, &ComparePanel::laneEnding, m_plots, &PlotCards::forgetSession);
    connect(m_plots, &PlotCards::quantitySelected, this, &MainWindow::showQuantity);
    connect(m_graph, &GraphView::quantitySelected, m_plots, &PlotCards::select);
    connect(m_bridge, &SessionBridge::newsTaken, m_worked, &WorkedCard::showNews);
    connect(m_worked, &WorkedCard::quantitySelected, this, &MainWindow::showQuantity);
    connect(m_predict, &PredictCard::asked, this, &MainWindow::showQuantity);
    connect(m_predict, &PredictCard::turned, m_plots, &PlotCards::setPredicting);
    connect(m_predict, &PredictCard::forgetAsked, this, [this] {
        m_plots->forget(*m_bridge->experiment());
        m_shown->post(m_plots->view());
    });
    connect(m_predict->mode(), &PredictMode::known, m_worked, &WorkedCard::setKnown);
    connect(m_predict, &PredictCard::turned, m_graph, &GraphView::coverSums);
    connect(m_predict, &PredictCard::turned, m_worked->panel(), &WorkedPanel::setCoveringBook);
    connect(m_graph, &GraphView::quantitySelected, m_worked->panel(), &WorkedPanel::select);
    connect(m_inspector, &InspectorPanel::quantitySelected, m_worked->panel(), &WorkedPanel::select);
    connect(m_graph, &GraphView::quantitySelected, m_predict, &PredictCard::setSelected);
    connect(m_inspector, &InspectorPanel::quantitySelected, m_predict, &PredictCard::setSelected);
    connect(m_worked, &WorkedCard::failed, m_banner, &MessageBanner::showMessage);
    connect(m_graph, &GraphView::memberChosen, m_plots, &PlotCards::setMember);
    connect(m_plots, &PlotCards::courseChosen, controls, &LiveControls::chooseCourse);
    connect(m_plots, &PlotCards::requestChanged, this, [this] { m_shown->post(m_plots->view()); });
    connect(m_bridge, &SessionBridge::opened, this, &MainWindow::showOpened);
    connect(m_files, &ExperimentFiles::opened, m_banner, &MessageBanner::dismiss);
    connect(m_bridge, &SessionBridge::newsTaken, m_journey, &JourneyBar::showNews);
    connect(m_journey, &JourneyBar::stopAsked, this, [this] { m_bridge->post(PauseCommand{}); });
    connect(m_bridge, &SessionBridge::newsTaken, m_banner, &MessageBanner::showNews);
    connect(m_bridge, &SessionBridge::failed, m_banner, &MessageBanner::showMessage);
}

void MainWindow::showOpened()
{
    const Experiment& experiment = *m_bridge->experiment();
    setWindowTitle(tr("%1 – Chronograd").arg(QString::fromStdString(experiment.name)));
    m_experiment->showExperiment(experiment, *m_bridge->data());
    m_plots->startExperiment(experiment);
    m_worked->startExperiment(experiment);
    m_predict->startExperiment(m_worked->example());
    m_shown->post(m_plots->view());
    m_transport->greetSession(experiment.training.updates);
    m_inspector->clearSelection();
    m_hasLooked = false;
    // The first update at once: an empty graph explains nothing. Restart goes to the moment before it.
    // A saved session goes to where it stood by itself.
    if (!experiment.session)
        m_bridge->post(StepCommand{Granularity::Update});
}

void MainWindow::chooseComparison()
{
    auto* chooser = new ComparisonChooser(this);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &ComparisonChooser::chosen, m_shown, &ShownSession::compareReady);
    chooser->open();
}

/// The plots and the inspector follow the graph; the other sessions compute for no one.
void MainWindow::lookAtShown()
{
    m_plots->showSession(m_lanes->shownLane());
    m_experiment->controls()->begin(m_lanes->isShowingLane() ? UndoList() : m_bridge->undoList());
    m_inspector->forgetPast();
    m_shown->post(m_plots->view());
    nameShown();
    if (m_lanes->isShowingLane())
        raiseLanes();
}

void MainWindow::nameShown()
{
    const QString lane = m_lanes->shownName();
    m_transport->setLane(lane);
    m_centre->title()->setTitle(lane.isEmpty() ? tr("Unfolded network") : tr("Lane “%1”").arg(lane));
}

void MainWindow::raiseLanes()
{
    m_lanesCard->show();
    m_lanesCard->raise();
}

bool MainWindow::open(const std::filesystem::path& file)
{
    return m_files->open(file);
}

bool MainWindow::openFirst()
{
    return m_files->openFirst();
}

bool MainWindow::select(const std::string& quantity)
{
    if (!m_bridge->frame())
        return false;
    try {
        showQuantity(parseQuantity(quantity, *m_bridge->frame()->network));
    } catch (const InputError& error) {
        m_banner->showMessage(QString::fromUtf8(error.what()));
        return false;
    }
    return true;
}

void MainWindow::showQuantity(const Quantity& quantity)
{
    m_graph->select(quantity);
    m_inspector->selectWithSide(quantity);
    m_plots->select(quantity);
    m_worked->panel()->select(quantity);
}

void MainWindow::lookFirst(const std::shared_ptr<const Frame>& frame)
{
    if (m_hasLooked || frame->lastStep < frame->firstStep)
        return;
    m_hasLooked = true;
    showQuantity(firstLook(*frame));
}

void MainWindow::setTheme(ThemeKind kind)
{
    m_desk->keepSizesDuring([this, kind] { applyTheme(*qApp, kind, m_projector->magnification()); });
    if (m_memory == Memory::Kept)
        QSettings().setValue(themeKey, int(kind));
}

void MainWindow::setAnimated(bool on)
{
    m_graph->setAnimated(on);
    if (m_memory == Memory::Kept)
        QSettings().setValue(animationsKey, on);
}

void MainWindow::restoreMemory()
{
    if (m_memory == Memory::None)
        return;
    const QSettings settings;
    applyReading(readingFrom(settings));
    m_graph->setAnimated(settings.value(animationsKey, true).toBool());
    const int theme = settings.value(themeKey).toInt();
    setTheme(theme == int(ThemeKind::Dark) || theme == int(ThemeKind::Grey) ? ThemeKind(theme)
                                                                            : ThemeKind::Light);
    restoreGeometry(settings.value(geometryKey).toByteArray());
    m_desk->restoreLayout(settings.value(layoutKey).toByteArray());
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LocaleChange && m_memory == Memory::Kept) {
        QSettings settings;
        keepReading(Reading::current(), settings);
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_projector->action()->setChecked(false); // the window's own size is to be kept
    if (m_memory == Memory::Kept) {
        QSettings settings;
        settings.setValue(geometryKey, saveGeometry());
        settings.setValue(layoutKey, m_desk->layoutNow());
    }
    m_lanes->clear();
    m_bridge->stop();
    QMainWindow::closeEvent(event);
}

/// Cards behind others are passed over: nobody would see where the focus is.
bool MainWindow::focusNextPrevChild(bool next)
{
    const QWidget* const before = focusWidget();
    const QWidget* first = nullptr;
    while (QMainWindow::focusNextPrevChild(next)) {
        const QWidget* const now = focusWidget();
        if (now == nullptr || now == before || now == first || !CardDesk::isBehind(*now))
            return true;
        if (first == nullptr)
            first = now;
    }
    return false;
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    // Only what no focused widget wanted arrives here: a button, a box or a field keeps its Space.
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat())
        m_transport->toggleRun();
    else
        QMainWindow::keyPressEvent(event);
}

} // namespace chronograd
