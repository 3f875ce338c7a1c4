#include "core/experiment/experiment_io.h"
#include "tests/support/opened_window.h"
#include "tests/support/sweeps.h"
#include "tests/ui/plot_fixtures.h"
#include "ui/library/library_window.h"
#include "ui/library/run_store.h"
#include "ui/library/run_texts.h"
#include "ui/sweep/sweep_form.h"
#include "ui/sweep/sweep_picture.h"
#include "ui/sweep/sweep_view.h"
#include "ui/sweep/sweep_window.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QThread>

using namespace chronograd;

/// Sweeping from the window: what is typed is trained, shown, opened, saved, gone on with.
class TestSweepWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources");
        QStandardPaths::setTestModeEnabled(true);
    }
    void init();
    void theFormTellsHowManyRunsThatMakes();
    void aSweepIsTrainedAndShown();
    void picturesAreDrawn();
    void aClickOpensTheCombination();
    void theKeyboardChoosesToo();
    void cancelledSweepsGoOn();
    void aPauseIsShown();
    void foldersAreOpened();
    void wrongValuesAreTold_data();
    void wrongValuesAreTold();
    void everyExportIsWritten();
    void theWindowAnswersWhileItSweeps();
    void theMenuOpensIt();
    void settingsChangedByHandAreSwept();
    void aSweepIsOneEntryOfTheLibrary();

private:
    std::unique_ptr<SweepWindow> makeWindow(int updates = 20, const char* k1 = "1,2,3") const;
    static void finish(SweepWindow& window);
};

namespace {

Experiment echo()
{
    return parseExperiment(test::smallEcho, "echo.chronograd.json");
}

QPushButton* button(SweepWindow& window, const char* name)
{
    return window.findChild<QPushButton*>(QString::fromLatin1(name));
}

QString problemOf(SweepWindow& window)
{
    return window.findChild<QLabel*>(QStringLiteral("problem"))->text();
}

} // namespace

void TestSweepWindow::init()
{
    QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/sweeps"))
        .removeRecursively();
}

std::unique_ptr<SweepWindow> TestSweepWindow::makeWindow(int updates, const char* k1) const
{
    auto window = std::make_unique<SweepWindow>(echo());
    window->form().setAxis(0, QStringLiteral("training.k1"), QString::fromLatin1(k1));
    window->form().setAxis(1, QStringLiteral("training.momentum"), QStringLiteral("0,0.5"));
    window->findChild<QSpinBox*>(QStringLiteral("updates"))->setValue(updates);
    window->findChild<QSpinBox*>(QStringLiteral("repeats"))->setValue(2);
    window->show();
    return window;
}

void TestSweepWindow::finish(SweepWindow& window)
{
    button(window, "start")->click();
    QVERIFY2(QTest::qWaitFor([&window] { return !window.job().isRunning(); }, test::patience),
             qPrintable(problemOf(window)));
}

void TestSweepWindow::theFormTellsHowManyRunsThatMakes()
{
    const auto window = makeWindow(); // two repeats
    const auto* runs = window->form().findChild<QLabel*>(QStringLiteral("runs"));
    QCOMPARE(runs->text(), QStringLiteral("= 12 runs"));
    window->form().setAxis(2, QStringLiteral("training.k2"), QStringLiteral("1..1000:1000"));
    QCOMPARE(runs->text(), QStringLiteral("= 12,000 runs"));
    window->form().setAxis(2, QStringLiteral("training.k2"), QStringLiteral("1,"));
    QVERIFY(runs->text().isEmpty());
    window->form().setAxis(2, QString(), QString());
    window->form().setAxis(1, QString(), QString());
    window->form().setAxis(0, QStringLiteral("training.k1"), QStringLiteral("3"));
    window->findChild<QSpinBox*>(QStringLiteral("repeats"))->setValue(1);
    QCOMPARE(runs->text(), QStringLiteral("= 1 run"));
}

void TestSweepWindow::aSweepIsTrainedAndShown()
{
    const auto window = makeWindow();
    finish(*window);
    QCOMPARE(window->job().results().size(), std::size_t(12));
    QCOMPARE(window->view().shown()->measure, SweepMeasure::Loss);
    QVERIFY(window->view().shown()->best.has_value());
    QCOMPARE(window->findChild<QLabel*>(QStringLiteral("state"))->text(), QStringLiteral("12 of 12 runs"));
    QVERIFY(QFile::exists(window->job().folder() + QStringLiteral("/results.csv")));
    auto* measure = window->findChild<QComboBox*>(QStringLiteral("measure"));
    measure->setCurrentIndex(3);
    emit measure->activated(3);
    QCOMPARE(*window->view().shown()->cells[0].median, 20.0); // updates
}

/// For people to look at: CHRONOGRAD_PICTURES names a folder.
void TestSweepWindow::picturesAreDrawn()
{
    const QString folder = qEnvironmentVariable("CHRONOGRAD_PICTURES");
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
        applyTheme(*qApp, kind);
        SweepWindow window(echo());
        window.findChild<QSpinBox*>(QStringLiteral("updates"))->setValue(200);
        window.form().setAxis(1, QStringLiteral("training.learning_rate"), QStringLiteral("0.003..30:7:log"));
        window.show();
        finish(window);
        const QImage picture = window.grab().toImage();
        QVERIFY(picture.width() >= 900);
        if (!folder.isEmpty())
            picture.save(folder + (kind == ThemeKind::Dark ? QStringLiteral("/sweep-dark.png")
                                                           : QStringLiteral("/sweep.png")));
    }
    applyTheme(*qApp, ThemeKind::Light);
}

void TestSweepWindow::aClickOpensTheCombination()
{
    const auto window = makeWindow();
    finish(*window);
    Experiment opened;
    connect(window.get(), &SweepWindow::openAsked, this,
            [&opened](const Experiment& asked) { opened = asked; });
    const std::int64_t combination = window->job().plan()->combinationAt({2, 1});
    QTest::mouseClick(&window->view(), Qt::LeftButton, {},
                      window->view().chart()->placeOf(combination).toPoint());
    QCOMPARE(opened.training.start.k1, StepCount(3));
    QCOMPARE(opened.training.start.momentum, 0.5);
    QCOMPARE(QString::fromStdString(opened.name), QStringLiteral(" (k1=3, momentum=0.5)"));
    QCOMPARE(window->view().marked().value_or(-1), combination);
}

void TestSweepWindow::theKeyboardChoosesToo()
{
    const auto window = makeWindow();
    finish(*window);
    QSignalSpy opened(window.get(), &SweepWindow::openAsked);
    SweepView& view = window->view();
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&view, Qt::Key_Left);
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.marked().value_or(-1), window->job().plan()->combinationAt({1, 0}));
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("k1 steps per update = 2")));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
}

void TestSweepWindow::cancelledSweepsGoOn()
{
    const auto window = makeWindow(20'000, "1,2,3,4,5,6,7,8");
    button(*window, "start")->click();
    QVERIFY(!button(*window, "start")->isEnabled());
    // In short turns: however slow the window is, most runs are still to come.
    QVERIFY(QTest::qWaitFor(
        [&] {
            window->job().resume();
            QThread::msleep(5);
            window->job().pause();
            return window->job().results().size() > 1;
        },
        test::patience));
    button(*window, "cancel")->click();
    QVERIFY(QTest::qWaitFor([&] { return !window->job().isRunning(); }, test::patience));
    const std::size_t kept = window->job().results().size();
    QVERIFY(kept > 1 && kept < 32);
    const auto again = makeWindow(20'000, "1,2,3,4,5,6,7,8"); // after a restart
    button(*again, "start")->click();
    QVERIFY(again->job().results().size() >= kept);
    QCOMPARE(again->job().folder(), window->job().folder());
    QVERIFY(QTest::qWaitFor([&] { return !again->job().isRunning(); }, test::patience));
    QCOMPARE(again->job().results().size(), std::size_t(32));
}

void TestSweepWindow::aPauseIsShown()
{
    const auto window = makeWindow(1'000'000'000);
    button(*window, "start")->click();
    button(*window, "pause")->click();
    auto* state = window->findChild<QLabel*>(QStringLiteral("state"));
    QTRY_VERIFY2(state->text().endsWith(QStringLiteral("paused")), qPrintable(state->text()));
    QCOMPARE(button(*window, "pause")->text(), QStringLiteral("Go on"));
    button(*window, "pause")->click();
    QTRY_VERIFY(!state->text().endsWith(QStringLiteral("paused")));
    QElapsedTimer clock;
    clock.start();
    button(*window, "cancel")->click();
    QTRY_VERIFY(!window->job().isRunning());
    QVERIFY(clock.elapsed() < 1000);
}

void TestSweepWindow::foldersAreOpened()
{
    const auto window = makeWindow();
    finish(*window);
    SweepWindow other(echo());
    other.openFolder(window->job().folder());
    QCOMPARE(other.job().results().size(), std::size_t(12));
    QCOMPARE(other.form().plan().identity(), window->job().plan()->identity()); // Start goes on with it
    other.openFolder(QStringLiteral("/nowhere"));
    QVERIFY2(problemOf(other).contains(QStringLiteral("is no folder of a sweep")),
             qPrintable(problemOf(other)));
}

void TestSweepWindow::wrongValuesAreTold_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* path, const char* values, const char* says) {
        QTest::newRow(name) << QString::fromUtf8(path) << QString::fromUtf8(values)
                            << QString::fromUtf8(says);
    };
    row("no values", "training.k1", "", "k1 steps per update: a value is missing");
    row("a value out of range", "training.k1", "1,0", "training.k1=0: must be");
    row("an unknown path", "training.rate", "1,2", "training.rate=1: ");
    row("a path without its section", "k2", "1,2", "k2=1: unknown key, perhaps training.k2 is meant");
    row("a setting twice", "training.momentum", "0.1", "training.momentum: is there twice");
}

void TestSweepWindow::wrongValuesAreTold()
{
    QFETCH(QString, path);
    QFETCH(QString, values);
    QFETCH(QString, says);
    const auto window = makeWindow();
    auto* state = window->findChild<QLabel*>(QStringLiteral("state"));
    state->setText(QStringLiteral("12 of 12 runs"));
    window->form().setAxis(0, path, values);
    button(*window, "start")->click();
    QVERIFY2(problemOf(*window).startsWith(says), qPrintable(problemOf(*window)));
    QVERIFY(state->text().isEmpty()); // it was of the sweep before
    QVERIFY(!window->job().isRunning() && button(*window, "start")->isEnabled());
}

void TestSweepWindow::everyExportIsWritten()
{
    const auto window = makeWindow();
    finish(*window);
    const QTemporaryDir folder;
    for (const char* name : {"s.csv", "s.png", "s.svg"})
        QCOMPARE(window->exportTo(folder.filePath(QString::fromLatin1(name))), QString());
    QFile csv(folder.filePath(QStringLiteral("s.csv")));
    QFile results(window->job().folder() + QStringLiteral("/results.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly) && results.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll(), results.readAll());
    const SweepPlan& plan = *window->job().plan();
    const SweepShown shown(window->job().plan(), window->job().results(), SweepMeasure::Loss);
    const QSize size = sweepPictureSize(shown, Theme::current());
    QCOMPARE(plan.combinations(), 6);
    QVERIFY2(size.height() < 400, "two rows of cells leave no white below them");
    const QImage png = pictureOf(folder.filePath(QStringLiteral("s.png")), size);
    const QImage svg = pictureOf(folder.filePath(QStringLiteral("s.svg")), size);
    const double different = shareOfDifferentBlocks(png, svg); // texts of another size are
    QVERIFY2(different < 0.01, qPrintable(QString::number(different)));
    QVERIFY(!window->exportTo(QStringLiteral("/no/such/s.svg")).isEmpty());
}

void TestSweepWindow::theWindowAnswersWhileItSweeps()
{
    const auto window = makeWindow(300, "1..40:40");
    button(*window, "start")->click();
    QElapsedTimer clock;
    qint64 longest = 0;
    while (window->job().isRunning()) {
        clock.restart();
        QApplication::processEvents();
        longest = std::max(longest, clock.elapsed());
        QTest::qSleep(2);
    }
    QVERIFY2(longest < 500, qPrintable(QString::number(longest))); // under sanitizers too
}

void TestSweepWindow::theMenuOpensIt()
{
    test::Opened opened;
    opened.action("Sweep settings…")->trigger();
    auto* sweep = opened.window.findChild<SweepWindow*>();
    QVERIFY(sweep != nullptr && sweep->isVisible());
    Experiment experiment = echo();
    experiment.name = "echo (k1=3)";
    emit sweep->openAsked(experiment);
    QCOMPARE(opened.window.windowTitle(), QStringLiteral("echo (k1=3) – Chronograd"));
    QVERIFY(opened.waitForUpdate(1));
}

void TestSweepWindow::settingsChangedByHandAreSwept()
{
    test::Opened opened;
    opened.type("momentum", "0.25");
    opened.action("Sweep settings…")->trigger();
    auto* sweep = opened.window.findChild<SweepWindow*>();
    sweep->form().setAxis(0, QStringLiteral("training.k2"), QStringLiteral("3,4"));
    const SweepPlan plan = sweep->form().plan();
    QCOMPARE(plan.experimentOf(0).training.start.momentum, 0.25);
    QCOMPARE(plan.base().training.start.momentum, 0.25);
}

void TestSweepWindow::aSweepIsOneEntryOfTheLibrary()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
    qputenv("CHRONOGRAD_LIBRARY", file.toLocal8Bit());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    const auto kept = [&] { return RunStore(file, RunStore::Check::Quick).entries(); };
    QString place;
    {
        test::Opened opened(MainWindow::Memory::Kept);
        opened.action("Sweep settings…")->trigger();
        auto* sweep = opened.window.findChild<SweepWindow*>();
        sweep->form().setAxis(0, QStringLiteral("training.k1"), QStringLiteral("1,2,4"));
        sweep->form().setAxis(1, QStringLiteral("training.learning_rate"), QStringLiteral("0.01,1e9"));
        sweep->findChild<QSpinBox*>(QStringLiteral("updates"))->setValue(20);
        sweep->findChild<QSpinBox*>(QStringLiteral("repeats"))->setValue(1);
        finish(*sweep);
        place = sweep->job().folder();
    } // the window is left at once
    QCOMPARE(kept().size(), std::size_t{1});
    const RunEntry entry = kept().front();
    QCOMPARE(entry.name, QStringLiteral("Sunspots: sweep of k1 × learning rate"));
    QCOMPARE(entry.file, place);
    QCOMPARE(entry.update, 6);
    QCOMPARE(*entry.sweep, (SweptRuns{6,
                                      {QStringLiteral("training.k1=1,2,4"),
                                       QStringLiteral("training.learning_rate=0.01,1e9")}}));
    QVERIFY(entry.loss && *entry.loss > 0);
    QCOMPARE(entry.curve.front(), QPointF(3, 2));
    QCOMPARE(entry.curve.size(), 7);
    QVERIFY(entry.curve[1].x() >= 0 && entry.curve[4].x() == -1); // a rate of 1e9 diverges
    QVERIFY(searchTexts(entry).contains(QStringLiteral("k1=4")));
    QCOMPARE(columnText(entry, LibraryModel::K1), QStringLiteral("1–4"));
    // Back as it was, in a window that knows nothing of it.
    test::Opened opened(MainWindow::Memory::Kept);
    opened.action("Run library…")->trigger();
    auto* list = opened.window.findChild<LibraryWindow*>();
    list->findChild<QTableView*>()->selectRow(0);
    QVERIFY(!list->findChild<QPushButton*>(QStringLiteral("compare"))->isEnabled());
    list->findChild<QPushButton*>(QStringLiteral("reopen"))->click();
    auto* sweep = opened.window.findChild<SweepWindow*>();
    QVERIFY(sweep != nullptr && sweep->isVisible());
    QCOMPARE(sweep->job().results().size(), std::size_t{6});
    QCOMPARE(sweep->form().plan().identity(), sweep->job().plan()->identity());
    delete sweep;
    QDir(place).removeRecursively();
    list->findChild<QPushButton*>(QStringLiteral("reopen"))->click();
    QVERIFY(!list->findChild<QLabel*>(QStringLiteral("problem"))->text().isEmpty());
    QCOMPARE(kept().size(), std::size_t{1});
    qputenv("CHRONOGRAD_LIBRARY", "");
}

QTEST_MAIN(TestSweepWindow)
#include "test_sweep_window.moc"
