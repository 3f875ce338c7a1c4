#include "tests/support/kept_window.h"
#include "ui/compare/compare_panel.h"
#include "ui/compare/lane_row.h"
#include "ui/main_window/message_banner.h"
#include "ui/main_window/transport_bar.h"

#include <QDockWidget>

using namespace chronograd;
using test::KeptWindow;
using test::patience;

/// Kept runs are opened again, go on in their rows and stand beside each other as lanes.
class TestReopenedRuns : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_library.renew(); }
    void aReopenedRunStandsExactlyWhereItWas();
    void aReopenedRunGoesOnInItsRow();
    void aDivergedRunSaysSo();
    void runsBecomeLanes();
    void sevenLanesDoNotFit();
    void lanesOfOtherNetworksAreShownButNotCompared();

private:
    test::TestLibrary m_library;
};

void TestReopenedRuns::aReopenedRunStandsExactlyWhereItWas()
{
    KeptWindow opened;
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
    QCOMPARE(m_library.kept().size(), std::size_t{2}); // nobody trained: nothing new
}

void TestReopenedRuns::aReopenedRunGoesOnInItsRow()
{
    KeptWindow opened;
    opened.stepTo(5);
    opened.openList();
    opened.clickRow(0);
    opened.press("rename");
    opened.typeIntoCell("first");
    opened.press("reopen"); // while it is the run that is open
    QCOMPARE(opened.window.windowTitle(), QStringLiteral("first – Chronograd"));
    QVERIFY(opened.waitForUpdate(5));
    opened.stepTo(9);
    QVERIFY(m_library.waitForKept(9));
    QCOMPARE(m_library.kept().size(), std::size_t{1});
    QCOMPARE(m_library.kept().front().name, QStringLiteral("first"));
    QTRY_COMPARE(opened.cell(0, LibraryModel::Updates), QStringLiteral("9")); // the list follows
    QCOMPARE(m_library.kept().front().curve.size(), 9);
}

void TestReopenedRuns::aDivergedRunSaysSo()
{
    KeptWindow opened;
    opened.type("learning_rate", "1e6");
    opened.click("run");
    QVERIFY(opened.waitForState(RunState::Diverged));
    QVERIFY(QTest::qWaitFor([&] { return !m_library.kept().empty() && !m_library.kept().front().loss; },
                            patience));
    const std::int64_t end = opened.frame().position.update;
    opened.openExperiment("echo-three-back");
    opened.openList();
    opened.clickRow(0);
    QCOMPARE(opened.cell(0, LibraryModel::Loss), QStringLiteral("diverged"));
    opened.press("reopen");
    QVERIFY2(opened.label("problem")->text().isEmpty(), qPrintable(opened.label("problem")->text()));
    QVERIFY(QTest::qWaitFor([&] { return opened.window.bridge().furthest() >= end; }, patience));
}

void TestReopenedRuns::runsBecomeLanes()
{
    KeptWindow opened;
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

void TestReopenedRuns::sevenLanesDoNotFit()
{
    KeptWindow opened;
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

void TestReopenedRuns::lanesOfOtherNetworksAreShownButNotCompared()
{
    KeptWindow opened;
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

QTEST_MAIN(TestReopenedRuns)
#include "test_reopened_runs.moc"
