#include "tests/support/travelled_window.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/time_axis.h"
#include "ui/graph/warning_marks.h"
#include "ui/main_window/run_until_dialog.h"
#include "ui/main_window/transport_bar.h"
#include "ui/theme/elided_label.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>
#include <QToolButton>

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
    void saysWhatANumberComesTo_data();
    void saysWhatANumberComesTo();
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
    const auto ask = [&](const char* action, const char* typed) {
        opened.action(action)->trigger();
        auto* field = opened.find<QLineEdit>("runUntilField");
        field->setText(QString::fromLatin1(typed));
        QTest::keyClick(field, Qt::Key_Return);
    };
    auto* phase = opened.find<ElidedLabel>("phase");
    ask("update number…", "9");
    QVERIFY(opened.waitForExactly(9));
    QTRY_COMPARE(phase->text(), QStringLiteral("stopped after update 9"));
    QTRY_VERIFY(!opened.window.findChild<RunUntilDialog*>());
    ask("update number…", "4"); // done already: back to it
    QVERIFY(opened.waitForExactly(4));
    ask("loss below…", "0,5");
    QVERIFY(opened.waitUntil([&] { return phase->text().contains(QStringLiteral("is below 0.5")); }));
}

void TestRunUntil::saysWhatANumberComesTo_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("button");
    const QString no;
    QTest::newRow("one more") << QStringLiteral("4") << QStringLiteral("That is 1 update from here.")
                              << QStringLiteral("Run");
    QTest::newRow("far ahead") << QStringLiteral("1,204")
                               << QStringLiteral("That is 1,201 updates from here.") << QStringLiteral("Run");
    QTest::newRow("the present one") << QStringLiteral("3")
                                     << QStringLiteral("Training stands after update 3 now.") << no;
    QTest::newRow("an earlier one") << QStringLiteral("2")
                                    << QStringLiteral("Update 2 is done: goes back to the moment after it.")
                                    << QStringLiteral("Go back");
    QTest::newRow("none") << QStringLiteral("0") << QStringLiteral("Goes back to the beginning.")
                          << QStringLiteral("Go back");
    QTest::newRow("beyond the end") << QStringLiteral("2001")
                                    << QStringLiteral("Training ends after update 2,000.") << no;
    QTest::newRow("no number") << QStringLiteral("soon")
                               << QStringLiteral("The number of an update is a whole number: 1, 2, 3 …")
                               << no;
    QTest::newRow("below zero") << QStringLiteral("-1")
                                << QStringLiteral("The number of an update is a whole number: 1, 2, 3 …")
                                << no;
}

void TestRunUntil::saysWhatANumberComesTo()
{
    QFETCH(QString, typed);
    QFETCH(QString, says);
    QFETCH(QString, button);
    QWidget parent;
    UpdateDialog dialog({3, 2000}, &parent);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    for (const QWidget* each : dialog.findChildren<QWidget*>())
        if (qobject_cast<const QLineEdit*>(each) || qobject_cast<const QAbstractButton*>(each))
            QVERIFY2(!each->toolTip().isEmpty(), "every field and button says what it is for");
    auto* field = dialog.findChild<QLineEdit*>();
    QVERIFY(!field->accessibleName().isEmpty());
    field->setText(typed);
    QCOMPARE(dialog.findChild<QLabel*>(QStringLiteral("runUntilWords"))->text(), says);
    QCOMPARE(field->accessibleDescription(), says);
    auto* run = dialog.findChild<QPushButton*>(QStringLiteral("runUntilOk"));
    QCOMPARE(run->isEnabled() ? run->text() : QString(), button);
    QSignalSpy back(&dialog, &UpdateDialog::goToAsked);
    QSignalSpy on(&dialog, &UpdateDialog::runAsked);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(on.count(), button == QStringLiteral("Run") ? 1 : 0);
    QCOMPARE(back.count(), button == QStringLiteral("Go back") ? 1 : 0);
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
    QTRY_VERIFY(axis.toolTip().endsWith(said)); // behind what the bracket is
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
