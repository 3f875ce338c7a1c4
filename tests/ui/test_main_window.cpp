#include "ui/main_window/session_bridge.h"

#include "core/experiment/experiment_io.h"
#include "tests/support/opened_window.h"
#include "tests/support/settings_folder.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/message_banner.h"
#include "ui/main_window/resources.h"
#include "ui/main_window/transport_bar.h"
#include "ui/theme/card.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QTest>
#include <QToolButton>

using namespace chronograd;
using test::Opened;
using test::patience;

/// What the window does: trains, obeys buttons, menus and keys, remembers.
class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyTheme(*qApp, ThemeKind::Light); }

    void everyReadyExperimentOpensAndTrains_data()
    {
        QTest::addColumn<QString>("file");
        for (const auto& file : readyExperiments())
            QTest::newRow(file.filename().c_str()) << QString::fromStdString(file.string());
    }
    void everyReadyExperimentOpensAndTrains()
    {
        QFETCH(QString, file);
        SessionBridge bridge;
        bool failed = false;
        connect(&bridge, &SessionBridge::failed, [&failed](const QString& text) {
            failed = true;
            qWarning() << text;
        });
        QVERIFY(bridge.open(file.toStdString()));
        QVERIFY(!failed);
        QVERIFY(!bridge.experiment()->name.empty());
        QVERIFY(!bridge.experiment()->description.empty());
        bridge.post(StepCommand{Granularity::Update});
        QTRY_VERIFY_WITH_TIMEOUT(bridge.frame() && bridge.frame()->updateDone, patience);
    }

    void theSunspotsComeFirstOfAtLeastFive()
    {
        const auto ready = readyExperiments();
        QVERIFY(ready.size() >= 5);
        QCOMPARE(ready.front().filename().string(), std::string("sunspots.chronograd.json"));
    }

    void startsAliveOnTheSunspots()
    {
        Opened opened;
        QCOMPARE(opened.frame().position.update, std::int64_t{1});
        QVERIFY(opened.window.windowTitle().contains(QStringLiteral("Sunspots")));
        QCOMPARE(opened.find<QLabel>("experimentName")->text(), QStringLiteral("Sunspots"));
        QCOMPARE(opened.find<QLabel>("networkWords")->text(),
                 QStringLiteral("1 input → elman 6 tanh → dense 1 identity"));
        QCOMPARE(opened.find<QLabel>("position")->text(),
                 QStringLiteral("epoch 1 · sequence 1 · t = 5 · update 1"));
        QCOMPARE(opened.window.banner().text(), QString());
    }

    void runsAndPausesByButton()
    {
        Opened opened;
        opened.click("run");
        QVERIFY(opened.waitForUpdate(5));
        QCOMPARE(opened.find<QToolButton>("run")->accessibleName(), QStringLiteral("Pause"));
        QVERIFY(!opened.find<QToolButton>("step")->isEnabled());
        opened.click("run");
        QVERIFY(opened.waitForState(RunState::Paused));
        QTest::qWait(100);
        const auto update = opened.frame().position.update;
        QTest::qWait(200);
        QCOMPARE(opened.frame().position.update, update);
        QCOMPARE(opened.find<QToolButton>("run")->accessibleName(), QStringLiteral("Run"));
        QVERIFY(opened.find<QLabel>("position")->text().endsWith(QStringLiteral("update %1").arg(update)));
    }

    void stepsAsFarAsChosen()
    {
        Opened opened;
        opened.click("restart");
        QTRY_COMPARE_WITH_TIMEOUT(opened.frame().position.update, std::int64_t{0}, patience);
        opened.chooseGranularity(Granularity::Layer);
        opened.click("step");
        QTRY_COMPARE_WITH_TIMEOUT(opened.find<QLabel>("phase")->text(),
                                  QStringLiteral("forward pass: hidden layer at t = 1"), patience);
        opened.chooseGranularity(Granularity::Pass);
        opened.click("step");
        QTRY_COMPARE_WITH_TIMEOUT(opened.find<QLabel>("phase")->text(),
                                  QStringLiteral("forward pass: t = 1 … 5"), patience);
        opened.chooseGranularity(Granularity::Layer);
        opened.click("step");
        QTRY_COMPARE_WITH_TIMEOUT(opened.find<QLabel>("phase")->text(),
                                  QStringLiteral("backward pass: output layer at t = 5"), patience);
        opened.chooseGranularity(Granularity::Epoch);
        opened.click("step");
        QTRY_COMPARE_WITH_TIMEOUT(opened.frame().position.t, std::int64_t{246}, patience);
    }

    void settingsTypedWhileRunningAreInForceSoon()
    {
        Opened opened;
        opened.click("run");
        QVERIFY(opened.waitForUpdate(3));
        opened.type("k1", "2");
        opened.type("k2", "9");
        opened.type("learning_rate", "0.002");
        opened.type("momentum", "0.4");
        const auto inForce = [&opened] {
            const Hyperparameters& settings = opened.frame().settings;
            return settings.k1 == StepCount(2) && settings.k2 == StepCount(9) &&
                   settings.learningRate == 0.002 && settings.momentum == 0.4;
        };
        QVERIFY(QTest::qWaitFor(inForce, patience));
        QTRY_COMPARE_WITH_TIMEOUT(opened.find<QLabel>("pendingNote")->text(),
                                  QStringLiteral("from the next update on"), patience);
        opened.waitForUpdate(opened.frame().position.update + 2);
        QVERIFY(opened.frame().window.length() <= 9);
    }

    void aRunThatDivergesSaysWhyInFull()
    {
        Opened opened;
        opened.type("learning_rate", "1e6");
        opened.click("run");
        QVERIFY(opened.waitForState(RunState::Diverged));
        QTRY_VERIFY(opened.window.banner().text().startsWith(QStringLiteral("training stopped at update")));
        opened.click("back"); // where the numbers are finite again there is nothing to tell
        QVERIFY(opened.waitForState(RunState::Paused));
        QTRY_VERIFY(opened.window.banner().text().isEmpty());
    }

    void aChangeWaitsForTheUpdateBeingGathered()
    {
        Opened opened;
        opened.chooseGranularity(Granularity::TimeStep);
        opened.click("step");
        QTRY_COMPARE_WITH_TIMEOUT(opened.frame().position.t, std::int64_t{6}, patience);
        opened.type("k1", "3");
        QTRY_COMPARE_WITH_TIMEOUT(opened.frame().pending.size(), std::size_t{1}, patience);
        QCOMPARE(opened.frame().settings.k1, StepCount(5));
        QCOMPARE(opened.find<QLabel>("pendingNote")->text(), QStringLiteral("k1 is 5 until the next update"));
        opened.chooseGranularity(Granularity::Update);
        opened.click("step");
        QVERIFY(opened.waitForUpdate(2));
        QCOMPARE(opened.frame().position.t, std::int64_t{10}); // the old k1 was in force to its end
        opened.click("step");
        QVERIFY(opened.waitForUpdate(3));
        QCOMPARE(opened.frame().position.t, std::int64_t{13});
        QCOMPARE(opened.find<QLabel>("pendingNote")->text(), QStringLiteral("from the next update on"));
    }

    void undoTakesASettingBackAndNotTheTraining()
    {
        Opened opened;
        opened.type("k1", "2");
        opened.click("step");
        QVERIFY(opened.waitForUpdate(2));
        opened.find<QToolButton>("run")->setFocus();
        QTest::keyClick(&opened.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(opened.field("k1")->text(), QStringLiteral("5"));
        const auto update = opened.frame().position.update;
        opened.click("step");
        opened.click("step");
        QVERIFY(opened.waitForUpdate(update + 2));
        QCOMPARE(opened.frame().settings.k1, StepCount(5));
    }

    void animationsAreSwitchedByMenuAndRemembered()
    {
        for (const bool on : {false, true}) {
            {
                Opened opened(MainWindow::Memory::Kept);
                QCOMPARE(opened.action("Animations")->isChecked(), !on);
                opened.action("Animations")->trigger();
            }
            Opened again(MainWindow::Memory::Kept);
            QCOMPARE(again.action("Animations")->isChecked(), on);
            QCOMPARE(again.window.findChild<GraphView*>()->isAnimated(), on);
        }
    }

    void hiddenCardsStayHiddenUntilAskedBack()
    {
        {
            Opened opened(MainWindow::Memory::Kept);
            auto* card = opened.find<Card>("experiment");
            QVERIFY(card->isVisible());
            opened.action("Experiment")->trigger();
            QVERIFY(!card->isVisible());
            opened.window.close();
        }
        Opened again(MainWindow::Memory::Kept);
        auto* card = again.find<Card>("experiment");
        QVERIFY(!card->isVisible());
        again.action("All cards at their places")->trigger();
        QVERIFY(card->isVisible());
        again.window.close();
    }

    void whatTheProgramIsIsToldUnderHelp()
    {
        Opened opened;
        opened.action("About Chronograd")->trigger();
        auto* about = opened.window.findChild<QMessageBox*>();
        QVERIFY(about && about->isVisible());
        QVERIFY(about->text().contains(QStringLiteral(CHRONOGRAD_VERSION)));
        QVERIFY(about->informativeText().contains(QStringLiteral("General Public License")));
        QTest::keyClick(about, Qt::Key_Escape);
        QTRY_VERIFY(!opened.window.findChild<QMessageBox*>());
    }

    void lettersActInTheGraphAndNotInFields()
    {
        Opened opened;
        QWidget* graph = &opened.window.findChild<GraphView*>()->canvas();
        graph->setFocus();
        QTest::keyClick(graph, Qt::Key_Period);
        QVERIFY(opened.waitForUpdate(2));
        QTest::keyClick(graph, Qt::Key_4);
        QCOMPARE(opened.window.transport().granularity(), Granularity::TimeStep);
        QTest::keyClick(graph, Qt::Key_Period);
        QTRY_COMPARE_WITH_TIMEOUT(opened.frame().position.t, std::int64_t{11}, patience);
        QLineEdit* field = opened.field("k2");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("n")); // the whole sequence, not a new seed
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(field->text(), QStringLiteral("n"));
        QTest::qWait(100);
        QCOMPARE(opened.frame().position.t, std::int64_t{11});
        graph->setFocus();
        QTest::keyClick(graph, Qt::Key_R);
        QTRY_COMPARE_WITH_TIMEOUT(opened.frame().position.t, std::int64_t{0}, patience);
        QCOMPARE(field->text(), QStringLiteral("n")); // settings changed by hand stay
    }

    void aClickInTheGraphIsExplained()
    {
        Opened opened;
        auto* inspector = opened.window.findChild<InspectorPanel*>();
        QVERIFY(inspector->shown().has_value()); // something is, before anybody has clicked
        QVERIFY(opened.window.select("hidden.W_h[3,2]"));
        QCOMPARE(inspector->shown()->kind, QuantityKind::Weight);
        QCOMPARE(inspector->shown()->row, 2);
        QVERIFY(!opened.window.select("hidden.W_h[99,2]"));
        QVERIFY(opened.window.banner().text().contains(QStringLiteral("99")));
    }

    void spaceRunsOnlyWhereNothingElseWantsIt()
    {
        Opened opened;
        opened.field("k1")->setFocus();
        QTest::keyClick(opened.field("k1"), Qt::Key_Space);
        QTest::qWait(50);
        QCOMPARE(opened.window.bridge().state(), RunState::Paused);
        QTest::keyClick(&opened.window, Qt::Key_Space);
        QVERIFY(opened.waitForState(RunState::Running));
        QTest::keyClick(&opened.window, Qt::Key_Space);
        QVERIFY(opened.waitForState(RunState::Paused));
    }

    void tenThousandUpdatesAtFullSpeedLeaveTheWindowAlive()
    {
        Opened opened;
        opened.window.transport().setStepsPerSecond(0);
        qint64 longest = 0;
        QElapsedTimer since;
        QTimer beat;
        connect(&beat, &QTimer::timeout, [&] { longest = std::max(longest, since.restart()); });
        opened.click("run");
        since.start();
        beat.start(1);
        QVERIFY(opened.waitForUpdate(10'000));
        beat.stop();
        qInfo() << "longest pause of the event loop:" << longest << "ms";
        // Far above the 16 ms of a frame: machines that run tests do other things as well.
        QVERIFY(longest < 500);
    }

    void closingStopsAtOnceInMidRun()
    {
        auto opened = std::make_unique<Opened>();
        opened->window.transport().setStepsPerSecond(0);
        opened->chooseGranularity(Granularity::Epoch);
        opened->click("run");
        QVERIFY(opened->waitForUpdate(100));
        SessionBridge& bridge = opened->window.bridge();
        QElapsedTimer clock;
        clock.start();
        bridge.stop();
        const qint64 stopping = clock.elapsed();
        qInfo() << "stopped within" << stopping << "ms";
        QVERIFY(stopping < 100);
        opened.reset();
    }

private:
    test::SettingsFolder m_folder;
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
