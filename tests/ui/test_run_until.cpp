#include "tests/support/travelled_window.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/time_axis.h"
#include "ui/graph/warning_marks.h"
#include "ui/main_window/transport_bar.h"
#include "ui/theme/elided_label.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QInputDialog>
#include <QLabel>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace chronograd;
using test::Opened;
using test::patience;
using test::Travelled;

/// Training that runs until something happens, and the warnings that it may wait for.
class TestRunUntil : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void runsUntilWhatIsChosen();
    void runsUntilTheNearestEnd_data();
    void runsUntilTheNearestEnd();
    void runsUntilANumberThatIsTyped();
    void warningsAreShownWhereTheyConcern();
    void runsUntilTheFirstWarning();
};

void TestRunUntil::runsUntilWhatIsChosen()
{
    Travelled opened(2);
    opened.window.transport().setStepsPerSecond(1000); // an epoch is long
    auto* graph = opened.window.findChild<GraphView*>();
    graph->setFocus();
    QTimer::singleShot(0, [&] { // the menu has a loop of its own
        QWidget* menu = QApplication::activePopupWidget();
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_E);
    });
    QTest::keyClick(graph, Qt::Key_U);
    auto* phase = opened.find<ElidedLabel>("phase");
    QVERIFY(
        opened.waitUntil([&] { return phase->text() == QStringLiteral("stopped at the end of epoch 1"); }));
    QCOMPARE(opened.frame().position.t, opened.frame().position.sequenceLength);
    QVERIFY(opened.find<QToolButton>("run")->isEnabled());
}

void TestRunUntil::runsUntilTheNearestEnd_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("says");
    QTest::newRow("the next update") << "the next weight update"
                                     << "stopped after update 3";
    QTest::newRow("the end of the sequence") << "the end of this sequence"
                                             << "stopped at the end of sequence 1 of epoch 1";
}

void TestRunUntil::runsUntilTheNearestEnd()
{
    QFETCH(QString, action);
    QFETCH(QString, says);
    Travelled opened(2);
    opened.window.transport().setStepsPerSecond(1000); // an epoch is long
    QAction* until = opened.action(qPrintable(action));
    QVERIFY(until);
    until->trigger();
    auto* phase = opened.find<ElidedLabel>("phase");
    QVERIFY2(opened.waitUntil([&] { return phase->text() == says; }), qPrintable(phase->text()));
    QVERIFY(opened.waitForState(RunState::Paused));
}

void TestRunUntil::runsUntilANumberThatIsTyped()
{
    Travelled opened(2);
    const auto dialog = [&](const char* text) {
        opened.action(text)->trigger();
        auto* asking = opened.window.findChild<QInputDialog*>();
        auto described = asking->findChildren<QWidget*>();
        erase_if(described, [](QWidget* each) {
            return !each->isVisible() ||
                   (!qobject_cast<QAbstractSpinBox*>(each) && !qobject_cast<QAbstractButton*>(each));
        });
        const bool areAll =
            described.size() >= 3 && std::ranges::all_of(described, [](const QWidget* each) {
                return !each->toolTip().isEmpty() &&
                       (qobject_cast<const QAbstractButton*>(each) || !each->accessibleName().isEmpty());
            });
        return areAll ? asking : nullptr;
    };
    QInputDialog* update = dialog("update number…");
    QVERIFY2(update, "every field and button says what it is for");
    QCOMPARE(update->intMinimum(), 3);
    update->setIntValue(9);
    update->accept();
    QVERIFY(opened.waitForExactly(9));
    auto* phase = opened.find<ElidedLabel>("phase");
    QTRY_COMPARE(phase->text(), QStringLiteral("stopped after update 9"));
    QTRY_VERIFY(!opened.window.findChild<QInputDialog*>());
    QInputDialog* loss = dialog("loss below…");
    QVERIFY(loss);
    loss->setDoubleValue(0.5);
    loss->accept();
    QVERIFY(opened.waitUntil([&] { return phase->text().contains(QStringLiteral("is below 0.5")); }));
}

void TestRunUntil::warningsAreShownWhereTheyConcern()
{
    Travelled opened(2);
    auto* box = opened.find<QFrame>("warnings");
    QVERIFY(box->isHidden());
    opened.type("k2", "2");
    opened.click("step");
    QVERIFY(opened.waitForExactly(3));
    opened.click("step");
    QVERIFY(opened.waitForExactly(4));
    QTRY_VERIFY(box->isVisible());
    const QString said = box->findChild<QLabel*>()->accessibleName();
    QCOMPARE(said,
             QStringLiteral("k2 = 2 is smaller than k1 = 5: Of every 5 steps the first 3 get no gradient, "
                            "and their losses do not enter: now t = 16 … 18."));
    // in the graph: at the bracket that it is about, and nowhere else
    const GraphState& state = opened.window.findChild<GraphView*>()->canvas().state();
    QCOMPARE(warningsAtBracket(state, Setting::K2), said);
    QVERIFY(warningsAtBracket(state, Setting::K1).isEmpty());
    QVERIFY(warningsAtLoss(state).isEmpty());
    TimeAxis& axis = *opened.window.findChild<TimeAxis*>();
    QVERIFY(axis.accessibleDescription().contains(said));
    const QPointF handle = axis.handle(Setting::K2).value();
    QTest::mouseMove(&axis, (handle + QPointF(20, 0)).toPoint());
    QTRY_COMPARE(axis.toolTip(), said);
    opened.type("k2", "5");
    opened.click("step");
    QTRY_VERIFY(box->isHidden());
    QVERIFY(warningsAtBracket(state, Setting::K2).isEmpty());
}

void TestRunUntil::runsUntilTheFirstWarning()
{
    Travelled opened(2);
    opened.type("learning_rate", "3");
    opened.action("the first warning")->trigger();
    auto* phase = opened.find<ElidedLabel>("phase");
    QVERIFY(
        opened.waitUntil([&] { return phase->text().startsWith(QStringLiteral("stopped after update ")); }));
    QVERIFY2(phase->text().contains(u':'), qPrintable(phase->text()));
    QTRY_VERIFY(opened.find<QFrame>("warnings")->isVisible());
}

QTEST_MAIN(TestRunUntil)
#include "test_run_until.moc"
