#include "tests/support/opened_window.h"
#include "ui/controls/live_controls.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/time_axis.h"

#include <QApplication>
#include <QUndoStack>

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
};

void TestBrackets::draggingK2MovesTheCutAtOnceAndTheWindowWithTheNextUpdate()
{
    Dragged opened;
    const Window before = opened.frame().window;
    QCOMPARE(before.length(), 6);
    opened.grab(Setting::K2);
    opened.pull(2);
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 4 steps back"));
    QVERIFY(opened.canvas().state().isBeyondCut(before.from + 1));
    QVERIFY(!opened.canvas().state().isBeyondCut(before.from + 2));
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("6")); // not asked for yet
    opened.drop();
    QTRY_COMPARE(opened.field("k2")->text(), QStringLiteral("4"));
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 4 steps back"));
    opened.click("step");
    QVERIFY(opened.waitForUpdate(5));
    QCOMPARE(opened.frame().window.length(), 4);
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
    QUndoStack& undo = *opened.window.findChild<LiveControls*>()->undoStack();
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
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 1 step back"));
    opened.drop();
    QTRY_COMPARE(opened.field("k2")->text(), QStringLiteral("1"));
}

QTEST_MAIN(TestBrackets)
#include "test_brackets.moc"
