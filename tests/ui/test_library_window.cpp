#include "core/experiment/experiment_io.h"
#include "tests/support/opened_window.h"
#include "tests/support/run_records.h"
#include "ui/compare/compare_panel.h"
#include "ui/compare/lane_row.h"
#include "ui/library/library_model.h"
#include "ui/library/library_window.h"
#include "ui/library/small_curve.h"
#include "ui/main_window/message_banner.h"
#include "ui/main_window/transport_bar.h"

#include <QDockWidget>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QPointer>
#include <QProcess>
#include <QSettings>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>

#include <cmath>
#include <cstdio>

using namespace chronograd;
using test::Opened;
using test::patience;

namespace {

/// A window that keeps its runs, and its list.
struct Kept : Opened
{
    Kept()
        : Opened(MainWindow::Memory::Kept)
    {}

    void stepTo(std::int64_t update)
    {
        while (frame().position.update < update) {
            const std::int64_t before = frame().position.update;
            window.bridge().post(StepCommand{Granularity::Update});
            QVERIFY(waitForUpdate(before + 1));
        }
    }

    LibraryWindow& openList()
    {
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qWarning("the window did not become active");
        QTest::keyClick(&window, Qt::Key_L, Qt::ControlModifier);
        // Not qWaitForWindowActive(): a window whose parent is active passes for active.
        if (!QTest::qWaitFor([this] { return QApplication::activeWindow() == &list(); }))
            qWarning("the list did not become active");
        return list();
    }

    LibraryWindow& list() { return *window.findChild<LibraryWindow*>(); }
    QTableView& table() { return *list().findChild<QTableView*>(); }
    QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }
    QLabel* label(const char* name) { return list().findChild<QLabel*>(QString::fromLatin1(name)); }
    QPushButton* button(const char* name)
    {
        return list().findChild<QPushButton*>(QString::fromLatin1(name));
    }
    void press(const char* name) { QTest::mouseClick(button(name), Qt::LeftButton); }

    QPoint centreOf(int row, int column)
    {
        return table().visualRect(table().model()->index(row, column)).center();
    }
    void clickRow(int row, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, keys, centreOf(row, LibraryModel::Name));
    }
    void sortBy(LibraryModel::Column column)
    {
        QHeaderView* header = table().horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(column) + 8, header->height() / 2));
    }
    void typeIntoCell(const char* text)
    {
        const QPointer<QLineEdit> editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QString::fromUtf8(text));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(!editor); // it closes a turn later
    }
    void openExperiment(const char* name)
    {
        QVERIFY(window.open(std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources/experiments" /
                            (std::string(name) + ".chronograd.json")));
        QVERIFY(QTest::qWaitFor([this] { return window.bridge().frame() != nullptr; }, patience));
        QVERIFY(waitForUpdate(1));
    }
};

} // namespace

/// The run library as a user meets it: runs keep themselves, are found, named, deleted, reopened, compared.
class TestLibraryWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void aRunKeepsItselfWhileItTrains();
    void lookingIsNotTraining();
    void leavingKeepsTheLastSecond_data();
    void leavingKeepsTheLastSecond();
    void everyStartAndEveryCourseIsARowOfItsOwn();
    void runsAreSearchedSortedTaggedDeletedAndBack();
    void theKeyboardDoesItToo();
    void aReopenedRunStandsExactlyWhereItWas();
    void aReopenedRunGoesOnInItsRow();
    void runsBecomeLanes();
    void sevenLanesDoNotFit();
    void lanesOfOtherNetworksAreShownButNotCompared();
    void aDivergedRunSaysSo();
    void typingGoesOnWhileTheRunTrains();
    void aLockedLibraryStopsNothing();
    void aDamagedLibraryIsToldAndLeft();
    void withoutALibraryItSaysSo();
    void aKillLosesTheLastSecondAtMost();
    void keepingDoesNotHoldTheWindowUp();
    void curvesStayInside();
    void picturesAreDrawn();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("runs.sqlite")); }
    std::vector<RunEntry> kept() const { return RunStore(file(), RunStore::Check::Quick).entries(); }
    bool waitForKept(std::int64_t update) const
    {
        return QTest::qWaitFor(
            [&] {
                const auto runs = kept();
                return !runs.empty() && runs.front().update == update;
            },
            patience);
    }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLibraryWindow::initTestCase()
{
    qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources");
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("chronograd-test"));
    QCoreApplication::setApplicationName(QStringLiteral("chronograd-test"));
}

void TestLibraryWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("CHRONOGRAD_LIBRARY", file().toLocal8Bit());
    applyTheme(*qApp, ThemeKind::Light);
}

void TestLibraryWindow::aRunKeepsItselfWhileItTrains()
{
    Kept opened;
    opened.click("run");
    QVERIFY(QTest::qWaitFor([&] { return !kept().empty(); }, patience));
    const RunEntry first = kept().front();
    QVERIFY(QTest::qWaitFor([&] { return kept().front().update > first.update; }, patience));
    opened.click("run");
    QVERIFY(opened.waitForState(RunState::Paused));
    const std::int64_t end = opened.window.bridge().furthest();
    QVERIFY(waitForKept(end)); // by itself
    QCOMPARE(kept().size(), std::size_t{1});
    const RunEntry run = kept().front();
    QCOMPARE(run.id, first.id);
    QCOMPARE(run.name, QStringLiteral("Sunspots"));
    QCOMPARE(run.cell, QStringLiteral("elman"));
    QCOMPARE(run.units, 6);
    QCOMPARE(*run.loss, opened.frame().loss);
    QVERIFY(run.curve.size() > 10 && run.curve.size() <= 160);
    QCOMPARE(run.curve.back().x(), double(end));
    QVERIFY(run.file.endsWith(QStringLiteral("sunspots.chronograd.json")));
}

void TestLibraryWindow::lookingIsNotTraining()
{
    {
        Kept opened;
        opened.click("back");
        opened.openExperiment("echo-three-back");
        QTest::qWait(1000);
        opened.window.close();
    }
    QVERIFY(kept().empty());
}

void TestLibraryWindow::leavingKeepsTheLastSecond_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("the window is closed") << 0;
    QTest::newRow("another experiment is opened") << 1;
    QTest::newRow("the run is restarted") << 2;
    QTest::newRow("training is taken back") << 3;
}

void TestLibraryWindow::leavingKeepsTheLastSecond()
{
    QFETCH(int, how);
    {
        Kept opened;
        opened.stepTo(7); // faster than runs are kept
        if (how == 0)
            opened.window.close();
        else if (how == 1)
            opened.openExperiment("echo-three-back");
        else if (how == 2)
            opened.window.transport().restart();
        else
            opened.window.transport().stepBack(Granularity::Update);
    }
    QCOMPARE(kept().size(), std::size_t{1});
    QCOMPARE(kept().front().update, 7);
}

void TestLibraryWindow::everyStartAndEveryCourseIsARowOfItsOwn()
{
    Kept opened;
    opened.stepTo(8);
    QVERIFY(waitForKept(8));
    opened.window.bridge().post(GoToCommand{4}); // only looked at
    QVERIFY(QTest::qWaitFor([&] { return opened.frame().position.update == 4; }, patience));
    QTest::qWait(1000);
    QCOMPARE(kept().front().update, 8);
    opened.type("k2", "3"); // and on another course from there
    opened.stepTo(6);
    QVERIFY(waitForKept(6));
    QCOMPARE(kept().size(), std::size_t{2});
    QCOMPARE(kept().front().k2, 3);
    QCOMPARE(kept().back().update, 8);
    opened.window.transport().restart();
    QVERIFY(QTest::qWaitFor([&] { return opened.frame().position.update == 0; }, patience));
    opened.stepTo(3);
    QVERIFY(waitForKept(3));
    QCOMPARE(kept().size(), std::size_t{3});
}

void TestLibraryWindow::runsAreSearchedSortedTaggedDeletedAndBack()
{
    {
        RunStore store(file());
        test::addThreeRuns(store);
    }
    Kept opened;
    opened.stepTo(5);
    opened.openList(); // keeps what is not kept yet
    QCOMPARE(opened.label("count")->text(), QStringLiteral("4 runs"));
    QCOMPARE(opened.cell(0, LibraryModel::Updates), QStringLiteral("5")); // the newest is on top
    // Search
    auto* search = opened.list().findChild<QLineEdit*>(QStringLiteral("search"));
    QTest::keyClicks(search, QStringLiteral("elman k2=2"));
    QCOMPARE(opened.label("count")->text(), QStringLiteral("1 of 4 runs"));
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("Echo"));
    QTest::keyClicks(search, QStringLiteral(" nowhere"));
    QVERIFY(opened.label("empty")->isVisible() && !opened.table().isVisible());
    search->clear();
    // Sort
    opened.sortBy(LibraryModel::Loss);
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("Verse"));
    QCOMPARE(opened.cell(3, LibraryModel::Loss), QStringLiteral("diverged"));
    opened.sortBy(LibraryModel::Loss);
    QCOMPARE(opened.cell(0, LibraryModel::Loss), QStringLiteral("diverged"));
    // Tag and name
    opened.clickRow(0);
    opened.press("tag");
    opened.typeIntoCell("too fast, 2nd try");
    opened.press("rename");
    opened.typeIntoCell("The one that diverged");
    QTest::keyClicks(search, QStringLiteral("2nd"));
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("The one that diverged"));
    search->clear();
    // Delete and undo
    opened.clickRow(0);
    opened.clickRow(1, Qt::ControlModifier);
    QVERIFY(!opened.button("reopen")->isEnabled() && !opened.button("undo")->isEnabled());
    opened.press("delete");
    QCOMPARE(opened.table().model()->rowCount(), 2);
    QCOMPARE(kept().size(), std::size_t{2});
    opened.press("undo");
    QCOMPARE(opened.table().model()->rowCount(), 4);
    QVERIFY(!opened.button("undo")->isEnabled());
    QCOMPARE(kept().size(), std::size_t{4});
}

void TestLibraryWindow::theKeyboardDoesItToo()
{
    {
        RunStore store(file());
        test::addThreeRuns(store);
    }
    Kept opened;
    opened.openList();
    auto* search = opened.list().findChild<QLineEdit*>(QStringLiteral("search"));
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("echo"));
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(opened.table().hasFocus());
    QTest::keyClick(&opened.table(), Qt::Key_F2);
    opened.typeIntoCell("My echo");
    QTest::keyClick(&opened.table(), Qt::Key_T, Qt::ControlModifier);
    opened.typeIntoCell("a tag");
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("My echo"));
    QCOMPARE(opened.cell(0, LibraryModel::Tags), QStringLiteral("a tag"));
    QTest::keyClick(&opened.table(), Qt::Key_Delete);
    QCOMPARE(kept().size(), std::size_t{2});
    QTest::keyClick(&opened.list(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(kept().size(), std::size_t{3});
    QTest::keyClick(&opened.list(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(search->hasFocus());
    for (const QWidget* each : opened.list().findChildren<QPushButton*>())
        QVERIFY(!each->toolTip().isEmpty());
}

void TestLibraryWindow::aReopenedRunStandsExactlyWhereItWas()
{
    Kept opened;
    opened.stepTo(12);
    opened.type("k2", "4");
    opened.stepTo(20);
    opened.window.bridge().post(StepCommand{Granularity::Layer}); // in the middle of an update
    QVERIFY(QTest::qWaitFor([&] { return !opened.frame().updateDone; }, patience));
    const auto before = opened.window.bridge().frame();
    opened.openExperiment("echo-three-back");
    opened.stepTo(3);
    opened.openList();
    QCOMPARE(opened.table().model()->rowCount(), 2);
    opened.clickRow(1);
    opened.press("reopen");
    QCOMPARE(opened.window.windowTitle(), QStringLiteral("Sunspots – Chronograd"));
    QVERIFY(opened.waitForUpdate(20));
    QTRY_COMPARE_WITH_TIMEOUT(opened.frame().position, before->position, patience);
    const Frame& after = opened.frame();
    QVERIFY(after.before == before->before && after.velocity == before->velocity);
    QCOMPARE(after.settings.k2, StepCount(4));
    QCOMPARE(opened.window.banner().text(), QString());
    // And back to the echo by a double click.
    opened.openList();
    opened.clickRow(0);
    QTest::mouseDClick(opened.table().viewport(), Qt::LeftButton, {}, opened.centreOf(0, LibraryModel::Name));
    QVERIFY(opened.window.windowTitle() != QStringLiteral("Sunspots – Chronograd"));
    QCOMPARE(kept().size(), std::size_t{2}); // nobody trained: nothing new
}

void TestLibraryWindow::aReopenedRunGoesOnInItsRow()
{
    Kept opened;
    opened.stepTo(5);
    opened.openList();
    opened.clickRow(0);
    opened.press("rename");
    opened.typeIntoCell("first");
    opened.press("reopen"); // while it is the run that is open
    QCOMPARE(opened.window.windowTitle(), QStringLiteral("first – Chronograd"));
    QVERIFY(opened.waitForUpdate(5));
    opened.stepTo(9);
    QVERIFY(waitForKept(9));
    QCOMPARE(kept().size(), std::size_t{1});
    QCOMPARE(kept().front().name, QStringLiteral("first"));
    QTRY_COMPARE(opened.cell(0, LibraryModel::Updates), QStringLiteral("9")); // the list follows
    QCOMPARE(kept().front().curve.size(), 9);
}

void TestLibraryWindow::runsBecomeLanes()
{
    Kept opened;
    opened.stepTo(10);
    opened.window.transport().newSeed();
    QVERIFY(QTest::qWaitFor([&] { return opened.frame().position.update == 0; }, patience));
    opened.stepTo(6);
    opened.openList();
    opened.clickRow(0);
    opened.clickRow(1, Qt::ControlModifier);
    opened.press("compare");
    const Comparison* comparison = opened.window.lanes().comparison();
    QVERIFY(comparison != nullptr);
    const auto& lanes = comparison->lanes();
    QCOMPARE(lanes.size(), std::size_t{2});
    QVERIFY(lanes[0]->name() != lanes[1]->name());
    QVERIFY(QTest::qWaitFor([&] { return lanes[0]->frame() && lanes[1]->frame(); }, patience));
    QCOMPARE(std::max(lanes[0]->updates(), lanes[1]->updates()), 10);
    QCOMPARE(std::min(lanes[0]->updates(), lanes[1]->updates()), 6);
    for (const auto& lane : lanes)
        QCOMPARE(std::int64_t(lane->lossByUpdate().buckets().size()), lane->updates()); // their past is drawn
    QVERIFY(opened.find<QDockWidget>("compare")->isVisible());
    const QList<LaneRow*> rows = opened.window.lanes().findChildren<LaneRow*>();
    QVERIFY(rows[0]
                ->findChild<QLabel*>(QStringLiteral("laneDiffers"))
                ->text()
                .contains(QStringLiteral("elman 6, k1 = 5")));
    // They go on, those that are behind first, each as its run would.
    opened.window.lanes().toggleRun();
    QVERIFY(QTest::qWaitFor([&] { return lanes[0]->updates() > 20 && lanes[1]->updates() > 20; }, patience));
    opened.window.lanes().toggleRun();
    QCOMPARE(opened.window.banner().text(), QString());
}

void TestLibraryWindow::sevenLanesDoNotFit()
{
    Kept opened;
    opened.stepTo(2);
    opened.openList();
    for (int i = 0; i < 6; ++i) {
        opened.clickRow(0);
        opened.press("compare");
    }
    QCOMPARE(opened.window.lanes().comparison()->lanes().size(), std::size_t{6});
    QVERIFY(!opened.label("problem")->isVisible());
    opened.press("compare");
    QCOMPARE(opened.window.lanes().comparison()->lanes().size(), std::size_t{6});
    QVERIFY2(opened.label("problem")->text().contains(QStringLiteral("there are 6 already")),
             qPrintable(opened.label("problem")->text()));
}

void TestLibraryWindow::lanesOfOtherNetworksAreShownButNotCompared()
{
    Kept opened;
    opened.stepTo(3);
    opened.openExperiment("two-layers");
    opened.stepTo(3);
    opened.openList();
    opened.table().selectAll();
    opened.press("compare");
    const auto& lanes = opened.window.lanes().comparison()->lanes();
    QVERIFY(QTest::qWaitFor([&] { return lanes[0]->frame() && lanes[1]->frame(); }, patience));
    QList<LaneRow*> rows = opened.window.lanes().findChildren<LaneRow*>();
    for (int i = 0; i < 2; ++i) {
        QTest::mouseClick(rows[i]->findChild<QAbstractButton*>(QStringLiteral("laneShow")), Qt::LeftButton);
        QTest::qWait(300);
    }
    const auto* difference = opened.find<QLabel>("firstDifference");
    QTRY_VERIFY2(difference->text().startsWith(QStringLiteral("Its network is not that of")),
                 qPrintable(difference->text()));
    opened.window.lanes().step();
    QTRY_VERIFY(lanes[0]->updates() == 4 && lanes[1]->updates() == 4);
}

void TestLibraryWindow::aDivergedRunSaysSo()
{
    Kept opened;
    opened.type("learning_rate", "1e6");
    opened.click("run");
    QVERIFY(opened.waitForState(RunState::Diverged));
    QVERIFY(QTest::qWaitFor([&] { return !kept().empty() && !kept().front().loss; }, patience));
    const std::int64_t end = opened.frame().position.update;
    opened.openExperiment("echo-three-back");
    opened.openList();
    opened.clickRow(0);
    QCOMPARE(opened.cell(0, LibraryModel::Loss), QStringLiteral("diverged"));
    opened.press("reopen");
    QVERIFY2(opened.label("problem")->text().isEmpty(), qPrintable(opened.label("problem")->text()));
    QVERIFY(QTest::qWaitFor([&] { return opened.window.bridge().furthest() >= end; }, patience));
}

void TestLibraryWindow::typingGoesOnWhileTheRunTrains()
{
    Kept opened;
    opened.stepTo(3);
    opened.click("run");
    opened.openList();
    opened.clickRow(0);
    opened.press("tag");
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("slow"));
    const QString then = opened.cell(0, LibraryModel::Updates);
    QTRY_VERIFY(opened.cell(0, LibraryModel::Updates) != then); // kept again meanwhile
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("ly"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(opened.cell(0, LibraryModel::Tags), QStringLiteral("slowly"));
    QTest::qWait(1000);
    QCOMPARE(kept().front().tags, QStringList{QStringLiteral("slowly")});
    // Deleted while it trains, it does not come back by itself.
    opened.press("delete");
    QTest::qWait(1500);
    QVERIFY(kept().empty());
    QCOMPARE(opened.table().model()->rowCount(), 0);
    opened.press("undo");
    QCOMPARE(kept().size(), std::size_t{1});
}

void TestLibraryWindow::aLockedLibraryStopsNothing()
{
    Kept opened;
    opened.stepTo(2);
    QVERIFY(waitForKept(2));
    const QString other = QStringLiteral("other");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), other);
        database.setDatabaseName(file());
        QVERIFY(database.open());
        QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE"));
        opened.click("run");
        QVERIFY(QTest::qWaitFor(
            [&] { return opened.window.banner().text().contains(QStringLiteral("is in use")); }, patience));
        const std::int64_t then = opened.window.bridge().furthest();
        QTRY_VERIFY(opened.window.bridge().furthest() > then); // training goes on
        QSqlQuery(database).exec(QStringLiteral("ROLLBACK"));
    }
    QSqlDatabase::removeDatabase(other);
    opened.click("run");
    QVERIFY(opened.waitForState(RunState::Paused));
    QVERIFY(waitForKept(opened.window.bridge().furthest())); // and nothing is missing in the end
    QCOMPARE(kept().size(), std::size_t{1});
}

void TestLibraryWindow::aDamagedLibraryIsToldAndLeft()
{
    const QByteArray text = QByteArray("not a library at all\n").repeated(200);
    QFile out(file());
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text);
    out.close();
    Kept opened;
    QCOMPARE(opened.window.banner().text(), QString()); // nothing is to be kept yet
    opened.stepTo(4);
    QTRY_VERIFY_WITH_TIMEOUT(opened.window.banner().text().contains(QStringLiteral("is damaged")), patience);
    opened.openList();
    QVERIFY(opened.label("problem")->text().contains(QStringLiteral("is damaged")));
    QVERIFY(!opened.button("undo")->isEnabled() && !opened.button("reopen")->isEnabled());
    opened.stepTo(6);
    QFile in(file());
    QVERIFY(in.open(QIODevice::ReadOnly));
    QCOMPARE(in.readAll(), text);
}

void TestLibraryWindow::withoutALibraryItSaysSo()
{
    Opened opened; // as pictures are taken: nothing is remembered
    opened.action("Run library…")->trigger();
    QVERIFY(opened.window.findChild<LibraryWindow*>() == nullptr);
    QVERIFY(opened.window.banner().text().contains(QStringLiteral("keeps no runs")));
    opened.window.bridge().post(StepCommand{Granularity::Update});
    QVERIFY(opened.waitForUpdate(2));
    QTest::qWait(1000);
    QVERIFY(!QFile::exists(file()));
}

/// The child trains as fast as it can and tells where it is; it is killed without a warning.
void TestLibraryWindow::aKillLosesTheLastSecondAtMost()
{
    constexpr qint64 promised = 1000;    // milliseconds
    constexpr qint64 slowMachine = 2000; // what a machine that is busy with other tests may add
    qint64 worst = 0;
    for (const int lifetime : {1700, 2050, 2500, 2900}) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--train")});
        QVERIFY(child.waitForStarted());
        QVERIFY(child.waitForReadyRead());
        QTest::qSleep(lifetime);
        const qint64 killed = QDateTime::currentMSecsSinceEpoch();
        child.kill();
        QVERIFY(child.waitForFinished());
        const std::int64_t there = kept().empty() ? 0 : kept().front().update;
        QVERIFY(there > 1);
        qint64 lost = 0; // since the run was at what is left of it
        for (const QByteArray& line : child.readAllStandardOutput().split('\n'))
            if (line.count(' ') == 1 && line.split(' ')[1].toLongLong() > there && lost == 0)
                lost = killed - line.split(' ')[0].toLongLong();
        worst = std::max(worst, lost);
    }
    QCOMPARE(kept().size(), std::size_t{4});
    QVERIFY2(worst < promised + slowMachine, qPrintable(QString::number(worst)));
    qInfo("a kill lost %lld ms at most", worst);
}

/// The largest of the ready experiments, kept again and again; the limit is one for busy machines too.
void TestLibraryWindow::keepingDoesNotHoldTheWindowUp()
{
    Kept opened;
    opened.openExperiment("jabberwocky");
    opened.window.bridge().post(SpeedCommand{});
    opened.click("run");
    QElapsedTimer all;
    all.start();
    qint64 longest = 0;
    while (all.elapsed() < 4000) {
        QElapsedTimer one;
        one.start();
        QApplication::processEvents();
        longest = std::max(longest, one.elapsed());
        QTest::qSleep(1);
    }
    opened.click("run");
    QVERIFY2(longest < 500, qPrintable(QString::number(longest)));
    qInfo("longest turn of the window: %lld ms; session %lld bytes", longest,
          kept().empty() ? 0 : RunStore(file()).session(kept().front().id)->size());
}

void TestLibraryWindow::curvesStayInside()
{
    const QRectF area(10, 20, 100, 30);
    const SmallCurve falling({QPointF(1, 100), QPointF(2, 10), QPointF(3, 1)}, area);
    QCOMPARE(falling.points(), QPolygonF({QPointF(10, 20), QPointF(60, 35), QPointF(110, 50)})); // log
    QVERIFY(falling.smooth()[2].y() < 50 && falling.smooth()[2].y() > 20);
    const SmallCurve withZero({QPointF(1, 1), QPointF(2, 0.5), QPointF(3, 0)}, area);
    QCOMPARE(withZero.points()[1], QPointF(60, 35)); // linear
    QCOMPARE(SmallCurve({QPointF(7, 5)}, area).points(), QPolygonF({QPointF(10, 35), QPointF(110, 35)}));
    QVERIFY(SmallCurve({}, area).points().isEmpty());
}

/// For people to look at: CHRONOGRAD_PICTURES names a folder.
void TestLibraryWindow::picturesAreDrawn()
{
    const QString folder = qEnvironmentVariable("CHRONOGRAD_PICTURES");
    Kept opened;
    for (const char* name : {"sunspots", "echo-three-back", "temporal-xor", "two-layers", "anbn"}) {
        opened.openExperiment(name);
        opened.window.bridge().post(SpeedCommand{});
        opened.window.bridge().post(RunCommand{{.kind = StopCondition::Kind::Update, .update = 400}});
        QVERIFY(QTest::qWaitFor([&] { return opened.window.bridge().furthest() >= 400; }, patience));
    }
    opened.openList();
    opened.list().resize(1280, 720);
    opened.clickRow(1);
    opened.press("tag");
    opened.typeIntoCell("class 3b, stable");
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
        applyTheme(*qApp, kind);
        QTest::qWait(50);
        const QImage picture = opened.list().grab().toImage();
        QCOMPARE(picture.width(), 1280);
        const QString name =
            kind == ThemeKind::Dark ? QStringLiteral("/library-dark.png") : QStringLiteral("/library.png");
        if (!folder.isEmpty())
            picture.save(folder + name);
    }
    opened.clickRow(0, Qt::ControlModifier);
    opened.press("compare");
    const auto& lanes = opened.window.lanes().comparison()->lanes();
    QVERIFY(QTest::qWaitFor([&] { return lanes[0]->frame() && lanes[1]->frame(); }, patience));
    QTest::qWait(200);
    if (!folder.isEmpty())
        opened.window.grab().save(folder + QStringLiteral("/library-compared.png"));
    applyTheme(*qApp, ThemeKind::Light);
}

/// Trains for ever; tells the time and the updates done, a line each.
static int train()
{
    Kept opened;
    opened.window.bridge().open(readExperiment(
        CHRONOGRAD_SOURCE_DIR "/resources/experiments/sunspots.chronograd.json", {"training.updates=null"}));
    opened.window.bridge().post(SpeedCommand{});
    opened.window.bridge().post(RunCommand{});
    QTimer telling;
    QObject::connect(&telling, &QTimer::timeout, [&opened] {
        std::printf("%lld %lld\n", QDateTime::currentMSecsSinceEpoch(),
                    static_cast<long long>(opened.window.bridge().furthest()));
        std::fflush(stdout);
    });
    telling.start(20);
    return QApplication::exec();
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc == 2 && qstrcmp(argv[1], "--train") == 0)
        return train();
    TestLibraryWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_library_window.moc"
