#include "tests/support/opened_window.h"
#include "ui/controls/change_history.h"
#include "ui/controls/live_controls.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/time_axis.h"
#include "ui/graph/warning_marks.h"

#include <QApplication>
#include <QLabel>

using namespace chronograd;
using test::Opened;

namespace {

struct Dragged : Opened
{
    Dragged()
    {
        for (int update = 2; update <= 4; ++update) {
            click("step");
            waitForUpdate(update);
        }
    }

    GraphCanvas& canvas() { return window.findChild<GraphView*>()->canvas(); }
    TimeAxis& axis() { return *window.findChild<TimeAxis*>(); }
    double pitch() { return canvas().state().layout.pitch(); }

    void grab(Setting setting)
    {
        m_at = *axis().handle(setting);
        press(QEvent::MouseButtonPress);
    }
    void pull(double steps)
    {
        m_at.rx() += steps * pitch();
        press(QEvent::MouseMove);
    }
    void drop() { press(QEvent::MouseButtonRelease); }

private:
    void press(QEvent::Type type)
    {
        const bool isMove = type == QEvent::MouseMove;
        QMouseEvent event(type, m_at, axis().mapToGlobal(m_at), isMove ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&axis(), &event);
    }

    QPointF m_at;
};

} // namespace

/// k1 and k2 are brackets that can be dragged.
class TestBrackets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void draggingK2MovesTheCutAtOnceAndTheWindowWithTheNextUpdate();
    void draggingK1ChangesHowManyStepsAreGathered();
    void aDragIsOneChangeThatCanBeUndone();
    void aBracketIsNeverShorterThanOneStep();
    void aWarningIsAboutTheLengthThatIsShown();
    void whatIsShownAndWhatIsInForceAreToldApart();
    void whatWasAskedOfOneSessionIsNotShownOfAnother();
};

void TestBrackets::draggingK2MovesTheCutAtOnceAndTheWindowWithTheNextUpdate()
{
    Dragged opened;
    const Window before = opened.frame().window;
    QCOMPARE(before.length(), 6);
    opened.grab(Setting::K2);
    opened.pull(2);
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 4 next, now 6"));
    QVERIFY(opened.canvas().state().isBeyondCut(before.from + 1));
    QVERIFY(!opened.canvas().state().isBeyondCut(before.from + 2));
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("6")); // not asked for yet
    opened.drop();
    QTRY_COMPARE(opened.field("k2")->text(), QStringLiteral("4"));
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 4 next, now 6"));
    opened.click("step");
    QVERIFY(opened.waitForUpdate(5));
    QCOMPARE(opened.frame().window.length(), 4);
    QTRY_COMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 4 steps back"));
}

void TestBrackets::draggingK1ChangesHowManyStepsAreGathered()
{
    Dragged opened;
    opened.grab(Setting::K1);
    opened.pull(3);
    opened.drop();
    QTRY_COMPARE(opened.field("k1")->text(), QStringLiteral("2"));
    const std::int64_t t = opened.frame().position.t;
    opened.click("step");
    QVERIFY(opened.waitForUpdate(5));
    QCOMPARE(opened.frame().position.t, t + 2);
}

void TestBrackets::aDragIsOneChangeThatCanBeUndone()
{
    Dragged opened;
    opened.grab(Setting::K2);
    for (int step = 0; step < 4; ++step)
        opened.pull(1);
    opened.drop();
    QTRY_COMPARE(opened.field("k2")->text(), QStringLiteral("2"));
    QUndoStack& undo = *opened.window.findChild<LiveControls*>()->history();
    QCOMPARE(undo.count(), 1);
    undo.undo();
    QTRY_COMPARE(opened.field("k2")->text(), QStringLiteral("6"));
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 6 steps back"));
}

void TestBrackets::aBracketIsNeverShorterThanOneStep()
{
    Dragged opened;
    opened.grab(Setting::K2);
    opened.pull(40);
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 1 next, now 6"));
    opened.drop();
    QTRY_COMPARE(opened.field("k2")->text(), QStringLiteral("1"));
}

/// It comes as soon as k2 is made too short, and goes as soon as it is long enough: not an update later.
void TestBrackets::aWarningIsAboutTheLengthThatIsShown()
{
    Dragged opened;
    const auto warned = [&] { return warningsAtBracket(opened.canvas().state(), Setting::K2); };
    QVERIFY(warned().isEmpty());
    opened.grab(Setting::K2);
    opened.pull(3);
    opened.drop();
    QTRY_VERIFY(warned().contains(QStringLiteral("k2 = 3 is smaller than k1 = 5")));
    QVERIFY(warned().contains(QStringLiteral("From the next update on")));
    opened.click("step");
    QVERIFY(opened.waitForUpdate(5));
    QTRY_VERIFY(!warned().contains(QStringLiteral("From the next update on")));
    QVERIFY(!warned().isEmpty());
    opened.grab(Setting::K2);
    opened.pull(-3);
    opened.drop();
    QTRY_VERIFY(warned().isEmpty());
    QCOMPARE(opened.frame().position.update, 5);
}

void TestBrackets::whatIsShownAndWhatIsInForceAreToldApart()
{
    Dragged opened;
    const auto note = [&] { return opened.find<QLabel>("pendingNote")->text(); };
    const QString before = opened.axis().k1Text();
    opened.grab(Setting::K1);
    opened.pull(3);
    opened.drop();
    QTRY_COMPARE(note(), QStringLiteral("k1 is 5 until the next update"));
    QCOMPARE(opened.axis().k1Text(), QStringLiteral("k1 = 2 next, now 5"));
    QVERIFY(opened.field("k1")->toolTip().contains(QStringLiteral("k1 is 5")));
    QVERIFY(opened.axis().accessibleDescription().contains(QStringLiteral("now 5")));
    opened.window.findChild<LiveControls*>()->history()->undo(); // the same as in force: nothing waits
    QTRY_COMPARE(note(), QStringLiteral("from the next update on"));
    QCOMPARE(opened.axis().k1Text(), before);
}

/// As the run that a lane was forked from: it stands at the same place.
void TestBrackets::whatWasAskedOfOneSessionIsNotShownOfAnother()
{
    Dragged opened;
    const auto other = std::make_shared<Frame>(opened.frame());
    other->network = std::make_shared<const Network>(*other->network);
    opened.grab(Setting::K2);
    opened.pull(2);
    QVERIFY(opened.canvas().state().k2Asked.has_value());
    opened.canvas().showFrame(other);
    QVERIFY(!opened.canvas().state().k2Asked.has_value());
}

QTEST_MAIN(TestBrackets)
#include "test_brackets.moc"
