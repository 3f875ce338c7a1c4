#include "core/experiment/experiment_io.h"
#include "tests/support/compared_window.h"
#include "tests/support/settings_folder.h"
#include "ui/compare/lane_style.h"
#include "ui/controls/change_history.h"
#include "ui/main_window/transport_bar.h"
#include "ui/plots/lane_plot.h"
#include "ui/plots/loss_plot.h"
#include "ui/plots/sizes_plot.h"
#include "ui/theme/card.h"

#include <QAction>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <set>

using namespace chronograd;
using test::Compared;
using test::patience;

/// Forking a run and comparing lanes, as a user does it.
class TestCompare : public QObject
{
    Q_OBJECT

private slots:
    void theKeyForksTheRunAsItStands();
    void steppingShowsTheFirstNumberThatDiffers();
    void theBarOnTopDrivesTheLaneThatIsShown();
    void plotsFollowTheLaneThatIsShown();
    void theBarTakesShownLanesBackAndToTheirBeginning();
    void aLaneLeavesTheRunWhatCanBeUndone();
    void theShownLaneBeginsAgainFromAnotherSeed();
    void lockstepKeepsLanesLevelAndFreeDoesNot();
    void lanesAreRenamedHiddenAndRemoved();
    void theShownLaneHasItsNewNameEverywhere();
    void aLaneIsSavedAsAnExperiment();
    void sixLanesAtMostAndTheWindowStaysFree();
    void aReadyComparisonOpensItsExperiment();
    void anotherExperimentEndsTheComparison();
    void linesDifferWithoutColour();

private:
    test::SettingsFolder m_settings;
};

void TestCompare::theKeyForksTheRunAsItStands()
{
    Compared opened;
    opened.click("step");
    QVERIFY(opened.waitForUpdate(2));
    opened.forkWith("k2", "1");
    QCOMPARE(opened.lanes().origin().position.update, 2);
    const auto& lanes = opened.lanes().lanes();
    QCOMPARE(lanes.size(), std::size_t{2});
    QVERIFY(lanes[0]->spec().changes.empty());
    QCOMPARE(lanes[1]->spec().changes.front(), (SettingChange{Setting::K2, StepCount(1)}));
    QVERIFY(QString::fromStdString(lanes[1]->name()).endsWith(QStringLiteral("→ 1")));
    // The new lane is shown: same weights as the run.
    QVERIFY(opened.panel().isShowingLane());
    QVERIFY(opened.waitFor([&] { return opened.canvas().state().frame == lanes[1]->frame(); }));
    QVERIFY(lanes[1]->frame()->after == opened.frame().after);
    QVERIFY(opened.buttonOf(1, "laneShow")->isChecked());
}

void TestCompare::steppingShowsTheFirstNumberThatDiffers()
{
    Compared opened;
    opened.forkWith("learning_rate", "0.5");
    opened.click("stepLanes");
    QVERIFY(opened.areAll(2)); // the change waits for no end of an update: it stands between two
    auto* words = opened.find<QLabel>("firstDifference");
    QVERIFY(
        opened.waitFor([&] { return words->text().contains(QStringLiteral("first number that differs")); }));
    const auto& lanes = opened.lanes().lanes();
    const auto difference = opened.lanes().differenceFromFirst(1);
    QVERIFY(difference.has_value());
    QVERIFY(words->text().contains(QString::fromStdString(lanes[0]->name())));
    QVERIFY(words->text().contains(QString::fromStdString(lanes[1]->name())));
    const auto& mark = opened.canvas().state().mark;
    QVERIFY(mark.has_value());
    QCOMPARE(mark->quantity, difference->quantity);
    // The ring is painted.
    const QImage with = opened.canvas().viewport()->grab().toImage();
    opened.canvas().setMark(std::nullopt);
    QVERIFY(opened.canvas().viewport()->grab().toImage() != with);
    // Of the reference itself there is nothing to tell.
    QTest::mouseClick(opened.buttonOf(0, "laneShow"), Qt::LeftButton);
    QVERIFY(!words->isVisible());
}

void TestCompare::theBarOnTopDrivesTheLaneThatIsShown()
{
    Compared opened;
    opened.forkWith("k2", "2");
    const std::int64_t ofRun = opened.frame().position.update;
    opened.chooseGranularity(Granularity::Update);
    opened.click("step");
    QVERIFY(opened.areAll(ofRun + 1));
    QCOMPARE(opened.frame().position.update, ofRun); // the run stands where it stood
    // A setting that is changed now is the lane's.
    opened.type("momentum", "0.25");
    opened.click("step");
    QVERIFY(opened.areAll(ofRun + 2));
    opened.click("step");
    QVERIFY(opened.areAll(ofRun + 3));
    QCOMPARE(opened.lanes().lanes()[1]->frame()->settings.momentum, 0.25);
    QVERIFY(opened.lanes().lanes()[0]->frame()->settings.momentum != 0.25);
    // Back to the run.
    QTest::mouseClick(opened.buttonOf(1, "laneShow"), Qt::LeftButton);
    QVERIFY(!opened.panel().isShowingLane());
    QVERIFY(opened.canvas().state().frame == opened.window.bridge().frame());
    opened.click("step");
    QVERIFY(opened.waitForUpdate(ofRun + 1));
    QCOMPARE(opened.lanes().lanes()[0]->updates(), ofRun + 3);
}

void TestCompare::plotsFollowTheLaneThatIsShown()
{
    Compared opened;
    opened.find<Card>("sizes")->raise(); // a curve; "flow" beside it is of one update
    const auto* sizes = opened.window.findChild<SizesPlot*>();
    const auto* loss = opened.window.findChild<LossPlot*>();
    const auto beginsAt = [sizes](std::int64_t update) {
        const QString words = sizes->legendTexts().join(u' ');
        return !sizes->names().isEmpty() &&
               (update == 1 ? !words.contains(QStringLiteral("since update"))
                            : words.contains(QStringLiteral("since update %1").arg(update)));
    };
    opened.click("step");
    QVERIFY(opened.waitForUpdate(2));
    opened.click("step");
    QVERIFY(opened.waitForUpdate(3));
    QTRY_VERIFY_WITH_TIMEOUT(beginsAt(1), patience);
    std::vector<std::shared_ptr<const UpdateAnalysis>> ofRun;
    connect(&opened.window.bridge(), &SessionBridge::newsTaken, this, [&](const SessionNews& news) {
        ofRun.insert(ofRun.end(), news.analyses.begin(), news.analyses.end());
    });
    opened.forkWith("k2", "1");
    const auto& lanes = opened.lanes().lanes();
    QTRY_VERIFY(sizes->names().isEmpty() || beginsAt(3)); // nothing of what the run did
    QTRY_VERIFY(loss->legendTexts().contains(QStringLiteral("of the run; lanes: see Compare")));
    QTRY_VERIFY(opened.find<QLabel>("phase")->text().contains(QStringLiteral("lane “")));
    // The lane shown is analysed, and nobody else.
    std::vector<std::shared_ptr<const UpdateAnalysis>> ofLane;
    std::size_t ofOther = 0;
    connect(&opened.panel(), &ComparePanel::ticked, this, [&] {
        const auto& now = lanes[1]->lastNews().analyses;
        ofLane.insert(ofLane.end(), now.begin(), now.end());
        ofOther += lanes[0]->lastNews().analyses.size();
    });
    ofRun.clear();
    for (std::int64_t update = 4; update <= 6; ++update) {
        opened.click("stepLanes");
        QVERIFY(opened.areAll(update));
    }
    QVERIFY(opened.waitFor([&] { return !ofLane.empty() && ofLane.back()->update == 6; }));
    QVERIFY(ofLane.back()->request.flow && ofLane.back()->request.sizes);
    QCOMPARE(ofLane.back()->network, lanes[1]->frame()->network);
    QCOMPARE(ofOther, std::size_t{0});
    QVERIFY(ofRun.empty());
    QTRY_VERIFY(!sizes->names().isEmpty() && !beginsAt(1));
    // Back to the run: what was recorded of it is there again, and is gone on with.
    QTest::mouseClick(opened.buttonOf(1, "laneShow"), Qt::LeftButton);
    QTRY_VERIFY(beginsAt(1));
    QTRY_VERIFY(!loss->legendTexts().contains(QStringLiteral("of the run; lanes: see Compare")));
    opened.click("step");
    QVERIFY(opened.waitForUpdate(4));
    QVERIFY(opened.waitFor([&] { return !ofRun.empty() && ofRun.back()->update == 4; }));
    QTRY_VERIFY(beginsAt(1));
    // And to the lane.
    QTest::mouseClick(opened.buttonOf(1, "laneShow"), Qt::LeftButton);
    QTRY_VERIFY(!sizes->names().isEmpty() && !beginsAt(1));
}

void TestCompare::theBarTakesShownLanesBackAndToTheirBeginning()
{
    Compared opened;
    opened.forkWith("k2", "2");
    const std::int64_t ofRun = opened.frame().position.update;
    const auto& lanes = opened.lanes().lanes();
    opened.chooseGranularity(Granularity::Update);
    for (int step = 1; step <= 3; ++step) {
        opened.click("step");
        QVERIFY(opened.areAll(ofRun + step));
    }
    const auto there = lanes[1]->frame();
    opened.click("back");
    QVERIFY(opened.areAll(ofRun + 2));
    QVERIFY(opened.waitFor([&] { return opened.canvas().state().frame == lanes[1]->frame(); }));
    opened.window.transport().goTo(ofRun + 3);
    QVERIFY(opened.areAll(ofRun + 3));
    QVERIFY(lanes[1]->frame()->after == there->after); // exactly as it was
    opened.click("restart");
    QVERIFY(opened.areAll(ofRun));
    QCOMPARE(opened.frame().position.update, ofRun); // the run stands where it stood
    opened.click("step");
    QVERIFY(opened.areAll(ofRun + 1));
    QCOMPARE(lanes[1]->frame()->settings.k2, StepCount(2)); // still different
    opened.window.transport().goTo(0);
    QVERIFY(opened.areAll(0)); // before the fork, where the run was
}

void TestCompare::aLaneLeavesTheRunWhatCanBeUndone()
{
    Compared opened;
    opened.type("k2", "3");
    const UndoList ofRun = opened.window.findChild<ChangeHistory*>()->list();
    QCOMPARE(ofRun.entries.size(), std::size_t{1});
    opened.forkWith("k2", "2");
    QTRY_VERIFY(opened.action("Undo (nothing changed by hand)"));
    opened.type("momentum", "0.25"); // of the lane
    QVERIFY(opened.action("Undo momentum = 0.25"));
    QVERIFY(opened.window.bridge().undoList() == ofRun);
    QTest::mouseClick(opened.buttonOf(1, "laneShow"), Qt::LeftButton);
    QTRY_VERIFY(opened.action("Undo k2 = 3"));
    opened.action("Undo k2 = 3")->trigger();
    QTRY_COMPARE(opened.window.bridge().undoList().done, std::size_t{0});
}

void TestCompare::theShownLaneBeginsAgainFromAnotherSeed()
{
    Compared opened;
    opened.forkWith("k2", "2");
    const auto& lanes = opened.lanes().lanes();
    const std::int64_t ofRun = opened.frame().position.update;
    QVERIFY(opened.areAll(ofRun));
    QVERIFY(lanes[1]->frame()->after == lanes[0]->frame()->after);
    opened.click("newSeed");
    QVERIFY(opened.waitFor([&] { return lanes[1]->spec().seed && lanes[1]->frame(); }));
    QVERIFY(opened.areAll(ofRun));
    QVERIFY(lanes[1]->frame()->after != lanes[0]->frame()->after);
    QVERIFY(!lanes[0]->spec().seed);
    const QString differs = opened.rows().at(1)->findChild<QLabel*>(QStringLiteral("laneDiffers"))->text();
    QVERIFY2(differs.contains(QStringLiteral("seed %1").arg(*lanes[1]->spec().seed)), qPrintable(differs));
    opened.click("step");
    QVERIFY(opened.areAll(ofRun + 1));
    QVERIFY(opened.waitFor([&] { return opened.canvas().state().frame == lanes[1]->frame(); }));
}

void TestCompare::lockstepKeepsLanesLevelAndFreeDoesNot()
{
    // Without an end: lanes that have come to theirs are level for ever, and that takes a moment only.
    const QTemporaryDir folder;
    const std::filesystem::path file(
        folder.filePath(QStringLiteral("endless.chronograd.json")).toStdString());
    Experiment endless =
        readExperiment(CHRONOGRAD_SOURCE_DIR "/resources/experiments/echo-three-back.chronograd.json");
    endless.training.updates.reset();
    writeFile(file, writeExperiment(endless));
    Compared opened;
    QVERIFY(opened.window.open(file));
    opened.forkWith("k1", "1");
    const auto& lanes = opened.lanes().lanes();
    const auto areLevel = [&] { return lanes[0]->updates() == lanes[1]->updates(); };
    const auto stand = [&] {
        return std::ranges::none_of(lanes,
                                    [](const auto& lane) { return lane->state() == RunState::Running; });
    };
    opened.click("runLanes");
    QVERIFY(opened.waitFor([&] { return lanes[0]->updates() > 100; }));
    opened.click("runLanes");
    QVERIFY(opened.waitFor([&] { return stand() && areLevel(); }));
    const auto switches = opened.find<QWidget>("pace")->findChildren<QPushButton*>();
    QTest::mouseClick(switches.at(1), Qt::LeftButton);
    QVERIFY(!opened.lanes().isLockstep());
    opened.click("runLanes");
    QVERIFY(opened.waitFor([&] { return !areLevel(); }));
    // In lockstep again the one behind catches up.
    QTest::mouseClick(switches.at(0), Qt::LeftButton);
    QVERIFY(opened.waitFor(areLevel));
    opened.click("runLanes");
    QVERIFY(opened.waitFor([&] { return stand() && areLevel(); }));
    // The same number of time steps instead.
    QTest::mouseClick(opened.find<QWidget>("measure")->findChildren<QPushButton*>().at(1), Qt::LeftButton);
    QCOMPARE(opened.lanes().measure(), Measure::TimeSteps);
    QCOMPARE(opened.window.findChild<LanePlot*>()->xLabel(), QStringLiteral("time steps"));
    // After as many time steps they stand at different updates, and that is told.
    opened.click("runLanes");
    QVERIFY(opened.waitFor([&] { return !areLevel(); }));
    opened.click("runLanes");
    auto* words = opened.find<QLabel>("firstDifference");
    QVERIFY(opened.waitFor(
        [&] { return stand() && words->text().contains(QStringLiteral("different updates")); }));
}

void TestCompare::lanesAreRenamedHiddenAndRemoved()
{
    Compared opened;
    opened.forkWith("k2", "3");
    opened.forkWith("k2", "4");
    auto* plot = opened.window.findChild<LanePlot*>();
    QCOMPARE(plot->legendTexts().size(), 3);
    QTest::mouseClick(opened.buttonOf(1, "laneRename"), Qt::LeftButton);
    auto* name = opened.rows().at(1)->findChild<QLineEdit*>();
    QTest::keyClicks(name, QStringLiteral("short"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(opened.lanes().lanes()[1]->name(), "short");
    QCOMPARE(plot->legendTexts().at(1), QStringLiteral("short"));
    QTest::mouseClick(opened.buttonOf(1, "laneEye"), Qt::LeftButton);
    QCOMPARE(plot->legendTexts().size(), 2);
    QTest::mouseClick(opened.buttonOf(0, "laneRemove"), Qt::LeftButton);
    QVERIFY(opened.waitFor([&] { return opened.rows().size() == 2; }));
    QCOMPARE(opened.lanes().lanes()[0]->name(), "short"); // the reference now
    QVERIFY(opened.panel().isShowingLane());
    opened.click("clearLanes");
    QVERIFY(opened.panel().comparison() == nullptr);
    QVERIFY(!opened.panel().isShowingLane());
    QVERIFY(opened.canvas().state().frame == opened.window.bridge().frame());
}

void TestCompare::theShownLaneHasItsNewNameEverywhere()
{
    Compared opened;
    opened.forkWith("k2", "3");
    const QSignalSpy shown(&opened.panel(), &ComparePanel::shownChanged);
    QTest::mouseClick(opened.buttonOf(1, "laneRename"), Qt::LeftButton);
    auto* name = opened.rows().at(1)->findChild<QLineEdit*>();
    QTest::keyClicks(name, QStringLiteral("short"));
    QTest::keyClick(name, Qt::Key_Return);
    const auto frames = opened.window.findChildren<CardFrame*>();
    QVERIFY(std::ranges::any_of(frames, [](const CardFrame* frame) {
        return frame->title()->findChild<QLabel*>()->text() == QStringLiteral("Lane “short”");
    }));
    QVERIFY(opened.find<QLabel>("phase")->text().startsWith(QStringLiteral("lane “short”: ")));
    QCOMPARE(opened.window.findChild<LanePlot*>()->legendTexts().at(1), QStringLiteral("short"));
    QVERIFY(shown.isEmpty()); // it is the same lane: nothing is asked of it anew
}

void TestCompare::aLaneIsSavedAsAnExperiment()
{
    Compared opened;
    opened.forkWith("k2", "3");
    opened.click("stepLanes");
    QVERIFY(opened.areAll(2));
    const QTemporaryDir folder;
    QTest::mouseClick(opened.buttonOf(1, "laneSave"), Qt::LeftButton);
    auto* dialog = opened.window.findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(),
             QString::fromStdString(opened.lanes().lanes()[1]->name()) + QStringLiteral(".chronograd.json"));
    const QString file = folder.filePath(QStringLiteral("lane.chronograd.json"));
    emit dialog->fileSelected(file);
    dialog->close();
    const Experiment saved = readExperiment(std::filesystem::path(file.toStdU16String()));
    QCOMPARE(saved.name, opened.lanes().lanes()[1]->name());
    QCOMPARE(saved.training.schedule.back().set.front(), (SettingChange{Setting::K2, StepCount(3)}));
}

void TestCompare::sixLanesAtMostAndTheWindowStaysFree()
{
    Compared opened;
    for (int lane = 2; lane <= 6; ++lane)
        opened.forkWith("k2", std::to_string(lane + 1).c_str());
    QCOMPARE(opened.lanes().lanes().size(), Comparison::mostLanes);
    QVERIFY(!opened.find<QPushButton>("fork")->isEnabled());
    QTest::mouseClick(opened.find<QWidget>("pace")->findChildren<QPushButton*>().at(1), Qt::LeftButton);
    opened.click("runLanes"); // freely: six threads at full speed
    std::vector<qint64> gaps;
    QElapsedTimer since;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &opened.window, [&] { gaps.push_back(since.restart()); });
    since.start();
    timer.start(1);
    QTest::qWait(1500);
    timer.stop();
    std::ranges::nth_element(gaps, gaps.begin() + std::ptrdiff_t(gaps.size() / 2));
    QVERIFY2(gaps[gaps.size() / 2] <= 50, qPrintable(QString::number(gaps[gaps.size() / 2])));
    for (const auto& lane : opened.lanes().lanes())
        QVERIFY(lane->updates() > 10);
    opened.click("runLanes");
    QElapsedTimer closing;
    closing.start();
    opened.window.close();
    QVERIFY2(closing.elapsed() < 500, qPrintable(QString::number(closing.elapsed())));
}

void TestCompare::aReadyComparisonOpensItsExperiment()
{
    Compared opened;
    QAction* action = opened.action("Ready comparisons…");
    QVERIFY(action != nullptr);
    action->trigger();
    auto* list =
        opened.window.findChild<QDialog*>(QStringLiteral("comparisonChooser"))->findChild<QListWidget*>();
    QCOMPARE(list->count(), 6);
    list->setCurrentRow(5); // back-propagation or evolution
    QTest::mouseClick(opened.inDialog<QPushButton>("comparisonChooser", "comparisonOpen"), Qt::LeftButton);
    QVERIFY(opened.waitFor([&] { return opened.panel().comparison() != nullptr; }));
    QVERIFY(
        QString::fromStdString(opened.window.bridge().experiment()->name).contains(QStringLiteral("Echo")));
    QCOMPARE(opened.lanes().measure(), Measure::TimeSteps);
    QVERIFY(opened.find<QLabel>("compareHint")->text().contains(QStringLiteral("time steps")));
    const auto* differs = opened.rows().at(0)->findChild<QLabel*>(QStringLiteral("laneDiffers"));
    QVERIFY2(differs->text().contains(QStringLiteral("α = ")),
             qPrintable(differs->text()));                 // as in the window
    QVERIFY(!opened.buttonOf(1, "laneShow")->isEnabled()); // evolution has nothing to unfold
    // It runs by itself to where there is something to see, on a scale that shows it.
    QVERIFY(opened.panel().findChild<LanePlot*>()->isLogarithmic());
    QVERIFY(opened.lanes().isRunning());
    QVERIFY(opened.waitFor([&] { return !opened.lanes().isRunning(); }));
    for (const auto& lane : opened.lanes().lanes())
        QVERIFY(!lane->lossBySteps().isEmpty() && lane->steps() >= 600'000 && lane->steps() < 610'000);
    QVERIFY(opened.find<QPushButton>("runLanes")->isEnabled()); // further, if somebody wants
}

void TestCompare::anotherExperimentEndsTheComparison()
{
    Compared opened;
    opened.forkWith("k2", "3");
    QVERIFY(opened.panel().comparison() != nullptr);
    opened.window.open(CHRONOGRAD_SOURCE_DIR "/resources/experiments/echo-three-back.chronograd.json");
    QVERIFY(opened.panel().comparison() == nullptr);
    QVERIFY(opened.rows().isEmpty());
    QVERIFY(opened.waitForUpdate(1));
    QVERIFY(opened.waitFor([&] { return opened.canvas().state().frame == opened.window.bridge().frame(); }));
}

void TestCompare::linesDifferWithoutColour()
{
    std::set<std::vector<double>> patterns;
    for (std::size_t place = 0; place < Comparison::mostLanes; ++place) {
        const QPen pen = lanePen(place);
        const QVector<qreal> dashes = pen.style() == Qt::SolidLine ? QVector<qreal>() : pen.dashPattern();
        patterns.insert(std::vector<double>(dashes.begin(), dashes.end()));
    }
    QCOMPARE(patterns.size(), Comparison::mostLanes);
}

QTEST_MAIN(TestCompare)
#include "test_compare.moc"
