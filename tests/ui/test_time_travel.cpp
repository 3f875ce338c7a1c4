#include "core/experiment/experiment_io.h"
#include "core/explain/explain.h"
#include "tests/support/travelled_window.h"
#include "ui/controls/change_history.h"
#include "ui/controls/live_controls.h"
#include "ui/graph/graph_view.h"
#include "ui/main_window/journey_bar.h"
#include "ui/main_window/transport_bar.h"
#include "ui/plots/loss_plot.h"
#include "ui/theme/elided_label.h"
#include "ui/theme/segmented_control.h"

#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QToolButton>

using namespace chronograd;
using test::Opened;
using test::patience;
using test::Travelled;

/// Back and forth in time, with the mouse and the keyboard.
class TestTimeTravel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void theButtonStepsBackByTheChosenSize();
    void commaAndLessStepBack();
    void oneAndTwoStepByTermAndUnit();
    void everySizeStepsOnAndBack_data();
    void everySizeStepsOnAndBack();
    void nothingIsBeforeTheBeginning();
    void ctrlClickOnTheLossCurveGoesThere();
    void aChangeInThePastKeepsTheOldCurve();
    void aCourseThatWasLeftIsReturnedTo();
    void aClickOnItsFaintCurveReturnsToACourse();
    void aSavedSessionOpensWhereItStood();
    void aSavedSessionBringsItsCurvesAndWhatIsPending();
    void aSavedSessionBringsWhatCanBeUndone();
    void aLongWayShowsHowFarItHasCome();
};

void TestTimeTravel::theButtonStepsBackByTheChosenSize()
{
    Travelled opened(6);
    const Vector weights = opened.frame().before;
    opened.click("back");
    QVERIFY(opened.waitForExactly(5));
    QVERIFY(opened.frame().after == weights); // as they were after update 5
    QCOMPARE(opened.find<ElidedLabel>("position")->text().section(QStringLiteral(" · "), 3),
             QStringLiteral("update 5 of 6 computed"));
    QCOMPARE(opened.plot().now(), std::optional<std::int64_t>(5));

    opened.chooseGranularity(Granularity::Layer);
    opened.click("back");
    QVERIFY(opened.waitUntil([&] { return opened.frame().position.phase == Phase::Backward; }));
    QCOMPARE(opened.frame().position.update, 4);

    opened.chooseGranularity(Granularity::Update);
    opened.click("step");
    opened.click("step");
    QVERIFY(opened.waitForExactly(6));
    QVERIFY(opened.frame().before == weights);
    QVERIFY(!opened.plot().now());
}

void TestTimeTravel::commaAndLessStepBack()
{
    Travelled opened(4);
    auto* graph = opened.window.findChild<GraphView*>();
    graph->setFocus();
    opened.chooseGranularity(Granularity::Pass);
    graph->setFocus();
    QTest::keyClick(graph, Qt::Key_Comma);
    QVERIFY(opened.waitUntil([&] { return opened.frame().position.phase == Phase::Backward; }));
    QTest::keyClick(graph, Qt::Key_Less);
    QVERIFY(opened.waitForExactly(3));
}

void TestTimeTravel::oneAndTwoStepByTermAndUnit()
{
    Travelled opened(1);
    auto* graph = opened.window.findChild<GraphView*>();
    graph->setFocus();
    const auto press = [graph](Qt::Key key) { QTest::keyClick(graph, key); };
    press(Qt::Key_1);
    QCOMPARE(opened.window.transport().granularity(), Granularity::Term);
    press(Qt::Key_Period);
    press(Qt::Key_Period);
    const auto stands = [&](int unit, int term) {
        return opened.waitUntil([&, unit, term] {
            return opened.frame().position.unit == unit && opened.frame().position.term == term;
        });
    };
    QVERIFY(stands(0, 2)); // its second term: the first of W_h
    const QString phase = opened.find<ElidedLabel>("phase")->text();
    QVERIFY2(phase.startsWith(QStringLiteral("forward: hidden 1 at t = 6, term 2 of 8: W_h,11·h_1(5) = ")),
             qPrintable(phase));
    press(Qt::Key_2);
    press(Qt::Key_Period);
    QVERIFY(stands(0, 8));
    QVERIFY(opened.frame().hasUnitValue(1, 0, 6));
    QVERIFY(!opened.frame().hasUnitValue(1, 1, 6));
    press(Qt::Key_Period);
    QVERIFY(stands(1, 8));
    press(Qt::Key_Comma);
    QVERIFY(stands(0, 8));
    press(Qt::Key_1);
    press(Qt::Key_Comma);
    QVERIFY(stands(0, 7));
}

void TestTimeTravel::everySizeStepsOnAndBack_data()
{
    QTest::addColumn<Granularity>("size");
    QTest::newRow("term") << Granularity::Term;
    QTest::newRow("unit") << Granularity::Unit;
    QTest::newRow("layer") << Granularity::Layer;
    QTest::newRow("time step") << Granularity::TimeStep;
    QTest::newRow("pass") << Granularity::Pass;
    QTest::newRow("update") << Granularity::Update;
    QTest::newRow("sequence") << Granularity::Sequence;
    QTest::newRow("epoch") << Granularity::Epoch;
}

/// On with the keys, back with the mouse, on with the mouse, back with the keys: always the same moments.
void TestTimeTravel::everySizeStepsOnAndBack()
{
    QFETCH(Granularity, size);
    constexpr std::size_t steps = 4;
    Travelled opened(1);
    auto* graph = opened.window.findChild<GraphView*>();
    std::vector<std::shared_ptr<const Frame>> stops{opened.window.bridge().frame()};
    const auto isAt = [&](std::size_t stop) {
        return opened.waitUntil([&] {
            return opened.frame().position == stops[stop]->position &&
                   opened.frame().before == stops[stop]->before;
        });
    };
    graph->setFocus();
    QTest::keyClick(graph, static_cast<Qt::Key>(Qt::Key_1 + int(size)));
    QCOMPARE(opened.window.transport().granularity(), size);
    while (stops.size() <= steps) {
        QTest::keyClick(graph, Qt::Key_Period);
        QVERIFY(opened.waitUntil([&] { return !(opened.frame().position == stops.back()->position); }));
        stops.push_back(opened.window.bridge().frame());
    }
    opened.chooseGranularity(Granularity::Update);
    opened.chooseGranularity(size);
    for (std::size_t stop = steps; stop-- > 1;) {
        opened.click("back");
        QVERIFY(isAt(stop));
    }
    for (std::size_t stop = 2; stop <= steps; ++stop) {
        opened.click("step");
        QVERIFY(isAt(stop));
    }
    graph->setFocus();
    for (std::size_t stop = steps; stop-- > 1;) {
        QTest::keyClick(graph, Qt::Key_Comma);
        QVERIFY(isAt(stop));
    }
}

void TestTimeTravel::nothingIsBeforeTheBeginning()
{
    Travelled opened(1);
    opened.click("back");
    QVERIFY(opened.waitUntil([&] { return opened.frame().position.phase == Phase::Ready; }));
    QTRY_VERIFY(!opened.find<QToolButton>("back")->isEnabled());
    opened.click("step");
    QVERIFY(opened.waitForExactly(1));
    QTRY_VERIFY(opened.find<QToolButton>("back")->isEnabled());
}

void TestTimeTravel::ctrlClickOnTheLossCurveGoesThere()
{
    Travelled opened(20);
    QTRY_COMPARE(opened.plot().xRange().upper, 20.0);
    QTest::mouseClick(&opened.plot(), Qt::LeftButton, Qt::ControlModifier, opened.onCurve(8));
    QVERIFY(opened.waitForExactly(8));
    QTRY_COMPARE(opened.plot().now(), std::optional<std::int64_t>(8));
    QTest::mouseClick(&opened.plot(), Qt::LeftButton, Qt::ControlModifier, opened.onCurve(15));
    QVERIFY(opened.waitForExactly(15));
}

void TestTimeTravel::aChangeInThePastKeepsTheOldCurve()
{
    Travelled opened(12);
    QTRY_COMPARE(opened.plot().xRange().upper, 12.0);
    QTest::mouseClick(&opened.plot(), Qt::LeftButton, Qt::ControlModifier, opened.onCurve(6));
    QVERIFY(opened.waitForExactly(6));
    opened.type("k2", "3");
    opened.click("step");
    QVERIFY(opened.waitForExactly(7));
    QCOMPARE(opened.frame().window.length(), 3);
    QTRY_COMPARE(opened.find<QToolButton>("courses")->text(), QStringLiteral("1 other course ▾"));
    const auto* courses = opened.find<QToolButton>("courses"); // beside the switch, not above the plot
    const QWidget* plot = courses->parentWidget();
    QVERIFY(plot->rect().contains(courses->geometry()));
    for (const auto* other : plot->findChildren<SegmentedControl*>(Qt::FindDirectChildrenOnly))
        QVERIFY(!courses->geometry().intersects(other->geometry()));
    QCOMPARE(opened.plot().xRange().upper, 12.0); // the old course is still in the picture
    QVERIFY(!opened.plot().now());
}

void TestTimeTravel::aCourseThatWasLeftIsReturnedTo()
{
    Travelled opened(12);
    const Vector end = opened.frame().after;
    auto* courses = opened.find<QToolButton>("courses");
    QVERIFY(courses->isHidden());
    QVERIFY(opened.branchOff());
    const Vector other = opened.frame().after;
    QTRY_VERIFY(courses->isVisible());

    QAction* first = courses->menu()->actions().front();
    QCOMPARE(first->text(), QStringLiteral("course 1: from the start, to update 12"));
    first->trigger();
    QVERIFY(opened.waitForExactly(12));
    QVERIFY(opened.frame().after == end);
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("6"));
    QTRY_COMPARE(courses->menu()->actions().front()->text(),
                 QStringLiteral("course 2: k₂ → 3 after update 6, to update 7"));

    opened.action("Undo course 1")->trigger(); // the choice, not the setting before it
    QVERIFY(opened.waitForExactly(7));
    QVERIFY(opened.frame().after == other);
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("3"));
    opened.action("Redo course 1")->trigger();
    QVERIFY(opened.waitForExactly(12));
}

void TestTimeTravel::aClickOnItsFaintCurveReturnsToACourse()
{
    Travelled opened(12);
    const Vector end = opened.frame().after;
    QVERIFY(opened.branchOff());
    QTRY_VERIFY(opened.find<QToolButton>("courses")->isVisible());
    QPoint curve;
    QTRY_VERIFY2(!(curve = opened.otherCurveAt(10)).isNull(), "no place tells of the other course");
    QVERIFY(opened.plot().tipAt(curve).contains(QStringLiteral("course 1: from the start, to update 12")));
    QTest::mouseClick(&opened.plot(), Qt::LeftButton, {}, curve - QPoint(0, 30)); // beside it: nothing
    QTest::qWait(100);
    QCOMPARE(opened.frame().position.update, std::int64_t{7});
    QTest::mouseClick(&opened.plot(), Qt::LeftButton, {}, curve);
    QVERIFY(opened.waitForExactly(12));
    QVERIFY(opened.frame().after == end);
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("6"));
}

void TestTimeTravel::aSavedSessionOpensWhereItStood()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("mine.chronograd.json")).toStdString();
    Position stood;
    {
        Travelled opened(12);
        opened.chooseGranularity(Granularity::Unit);
        opened.click("step");
        QVERIFY(opened.waitUntil([&] { return opened.frame().position.isInside(); }));
        stood = opened.frame().position;
        QVERIFY(opened.window.bridge().save(file));
    }
    MainWindow window(MainWindow::Memory::None);
    window.resize(1280, 720);
    window.show();
    QVERIFY(window.open(file));
    QTRY_VERIFY(window.bridge().frame() && window.bridge().frame()->position == stood);
    QTRY_COMPARE(window.findChild<LossPlot*>()->xRange().upper, 12.0);
    QTest::qWait(50); // and no step is made by itself
    QVERIFY(window.bridge().frame()->position == stood);
}

void TestTimeTravel::aSavedSessionBringsItsCurvesAndWhatIsPending()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("mine.chronograd.json")).toStdString();
    Travelled opened(12);
    const Vector end = opened.frame().after;
    QVERIFY(opened.branchOff());
    opened.type("momentum", "0.25");
    const auto note = [&] { return opened.find<QLabel>("pendingNote")->text(); };
    const auto pending = QStringLiteral("momentum is 0.9 until the next update");
    QCOMPARE(note(), pending);
    QVERIFY(opened.window.bridge().save(file));

    opened.window.openFirst();
    QVERIFY(opened.waitForUpdate(1));
    QVERIFY(note() != pending);
    QVERIFY(opened.window.open(file));
    QVERIFY(opened.waitForExactly(7));
    QTRY_COMPARE(note(), pending);
    QVERIFY(opened.action("Undo momentum = 0.25"));
    QCOMPARE(opened.field("momentum")->text(), QStringLiteral("0.25"));
    QTRY_VERIFY(opened.find<QToolButton>("courses")->isVisible());
    QTRY_COMPARE(opened.plot().xRange().upper, 12.0);
    QPoint curve;
    QTRY_VERIFY(!(curve = opened.otherCurveAt(10)).isNull());
    QTest::mouseClick(&opened.plot(), Qt::LeftButton, {}, curve);
    QVERIFY(opened.waitForExactly(12));
    QVERIFY(opened.frame().after == end);
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("6"));
    QTRY_VERIFY(note() != pending);            // that was on the other one
    opened.action("Undo course 1")->trigger(); // the choice of course is one entry
    QVERIFY(opened.waitForExactly(7));
    QTRY_COMPARE(note(), pending);
}

/// A setting, a number and a choice of course; the setting undone before the file is written.
void TestTimeTravel::aSavedSessionBringsWhatCanBeUndone()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("mine.chronograd.json")).toStdString();
    Travelled opened(12);
    QVERIFY(opened.branchOff()); // k2 = 3
    opened.find<QToolButton>("courses")->menu()->actions().front()->trigger();
    QVERIFY(opened.waitForExactly(12));
    LiveControls& controls = *opened.window.findChild<LiveControls*>();
    controls.edit({"hidden.b[1]", 0.5}, {"hidden.b[1]", 0.75});
    opened.type("momentum", "0.25");
    opened.action("Undo momentum = 0.25")->trigger();
    const UndoList list = controls.history()->list();
    QCOMPARE(list.entries.size(), std::size_t{4});
    QCOMPARE(list.done, std::size_t{3});
    QVERIFY(opened.window.bridge().save(file));

    opened.window.openFirst();
    QVERIFY(opened.waitForUpdate(1));
    QTRY_VERIFY(opened.action("Undo (nothing changed by hand)"));
    QVERIFY(opened.window.open(file));
    QVERIFY(opened.waitForExactly(12));
    QTRY_VERIFY(opened.find<QToolButton>("courses")->isVisible()); // its first news have come
    QVERIFY(controls.history()->list() == list);
    QCOMPARE(opened.field("momentum")->text(), QStringLiteral("0.9")); // nothing was asked for again
    opened.action("Redo momentum = 0.25")->trigger();
    QCOMPARE(opened.field("momentum")->text(), QStringLiteral("0.25"));
    opened.action("Undo momentum = 0.25")->trigger();
    opened.action("Undo hidden.b[1] = 0.75")->trigger();
    opened.click("step");
    QVERIFY(opened.waitForExactly(13));
    QCOMPARE(valueOf(opened.frame(), parseQuantity("hidden.b[1]", *opened.frame().network)), 0.5);
    opened.action("Undo course 1")->trigger();
    QVERIFY(opened.waitForExactly(7));
    opened.action("Undo k2 = 3")->trigger();
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("6"));
    QVERIFY(opened.action("Undo (nothing changed by hand)"));
    opened.action("Restart with the same seed")->trigger();
    QTRY_COMPARE(opened.frame().position.update, 0);
    QVERIFY(controls.history()->list() == UndoList());
}

void TestTimeTravel::aLongWayShowsHowFarItHasCome()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("far.chronograd.json"));
    Travelled opened(1);
    QVERIFY(opened.window.bridge().save(file.toStdString()));
    QFile text(file);
    QVERIFY(text.open(QIODevice::ReadWrite));
    QString json = QString::fromUtf8(text.readAll());
    const qsizetype session = json.indexOf(QStringLiteral("\"session\""));
    QVERIFY(session > 0);
    json = json.first(session) + QStringLiteral("\"session\": {\"update\": 900000000}\n}\n");
    json.replace(QRegularExpression(QStringLiteral("\"updates\": \\d+")),
                 QStringLiteral("\"updates\": null"));
    text.resize(0);
    text.seek(0);
    text.write(json.toUtf8());
    text.close();
    QVERIFY(opened.window.open(file.toStdString()));
    auto* bar = opened.window.findChild<JourneyBar*>();
    QTRY_VERIFY(bar->isVisible());
    QVERIFY(bar->findChild<QLabel*>()->text().contains(QStringLiteral("900,000,000")));
    QVERIFY(opened.window.bridge().save(file.toStdString())); // where the way goes
    QCOMPARE(readExperiment(file.toStdString()).session->moment.update, std::int64_t{900'000'000});
    opened.click("stopJourney");
    QTRY_VERIFY(!bar->isVisible());
    QVERIFY(opened.find<ElidedLabel>("phase")->text().startsWith(QStringLiteral("stopped on the way")));
    const std::int64_t update = opened.frame().position.update;
    QVERIFY(update > 1);
    opened.click("step");
    QVERIFY(opened.waitForExactly(update + 1));
}

QTEST_MAIN(TestTimeTravel)
#include "test_time_travel.moc"
