#include "tests/support/opened_window.h"
#include "ui/controls/change_history.h"
#include "ui/controls/live_controls.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/time_axis.h"
#include "ui/graph/warning_marks.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QSlider>

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
    void draggingTheSliderMovesTheBracket();
    void aFrameTakesNoBracketOutOfTheHand();
    void labelsLeaveTheEndsOfBracketsFree_data();
    void labelsLeaveTheEndsOfBracketsFree();
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
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("4")); // as the bracket
    QCOMPARE(opened.frame().pending.size(), std::size_t{0});   // but not asked for yet
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

void TestBrackets::draggingTheSliderMovesTheBracket()
{
    Dragged opened;
    QUndoStack& undo = *opened.window.findChild<LiveControls*>()->history();
    auto* slider = opened.find<QWidget>("k2")->findChild<QSlider*>();
    slider->setSliderDown(true);
    slider->setSliderPosition(slider->sliderPosition() - 2);
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 4 next, now 6"));
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("4"));
    slider->setSliderPosition(slider->sliderPosition() + 2);
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 6 steps back"));
    slider->setSliderPosition(slider->sliderPosition() - 1);
    QCOMPARE(undo.count(), 0);
    slider->setSliderDown(false);
    QCOMPARE(undo.count(), 1);
    QTRY_COMPARE(opened.field("k2")->text(), QStringLiteral("5"));
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 5 next, now 6"));
}

void TestBrackets::aFrameTakesNoBracketOutOfTheHand()
{
    Dragged opened;
    opened.grab(Setting::K2);
    opened.pull(2);
    opened.window.bridge().post(StepCommand{Granularity::Update});
    QVERIFY(opened.waitForUpdate(5));
    QTRY_COMPARE(opened.canvas().state().frame->position.update, 5);
    QCOMPARE(opened.axis().k2Text(), QStringLiteral("k2 = 4 next, now 6"));
    QCOMPARE(opened.field("k2")->text(), QStringLiteral("4"));
}

void TestBrackets::labelsLeaveTheEndsOfBracketsFree_data()
{
    QTest::addColumn<QByteArray>("k1");
    QTest::addColumn<QByteArray>("k2");
    QTest::newRow("one step each") << QByteArray("1") << QByteArray("1");
    QTest::newRow("an update in each step") << QByteArray("1") << QByteArray("5");
    QTest::newRow("two steps each") << QByteArray("2") << QByteArray("2");
    QTest::newRow("k1 reaches across the cut") << QByteArray("4") << QByteArray("1");
    QTest::newRow("long ones") << QByteArray("5") << QByteArray("7");
}

/// While a length is asked for and when it is in force; nor do they cover the words at the cut.
void TestBrackets::labelsLeaveTheEndsOfBracketsFree()
{
    QFETCH(QByteArray, k1);
    QFETCH(QByteArray, k2);
    Dragged opened;
    const auto check = [&](const char* when) {
        const QRectF axis(QPointF(), QSizeF(opened.axis().size()));
        std::vector<QRectF> others;
        if (const auto words = opened.axis().cutWordsArea())
            others.push_back(*words);
        for (const Setting setting : {Setting::K1, Setting::K2})
            others.push_back(QRectF(*opened.axis().handle(setting) - QPointF(5, 9), QSizeF(10, 15)));
        for (const Setting setting : {Setting::K1, Setting::K2}) {
            const QRectF label = *opened.axis().labelArea(setting);
            QVERIFY2(axis.contains(label), when);
            for (const QRectF& other : others)
                QVERIFY2(axis.contains(other) && !label.intersects(other), when);
        }
        const QRectF both = *opened.axis().labelArea(Setting::K1) & *opened.axis().labelArea(Setting::K2);
        QVERIFY2(both.isEmpty(), when);
    };
    check("before");
    opened.type("k1", k1.constData());
    check("k1 asked for");
    opened.type("k2", k2.constData());
    check("both asked for");
    for (int update = 5; update <= 7; ++update) {
        opened.click("step");
        QVERIFY(opened.waitForUpdate(update));
        QTRY_COMPARE(opened.canvas().state().frame->position.update, update);
        check("in force");
    }
    QCOMPARE(opened.field("k2")->text().toUtf8(), k2);
    const QImage drawn = opened.axis().grab().toImage();
    const QPoint k1End = opened.axis().handle(Setting::K1)->toPoint() - QPoint(1, 3);
    QCOMPARE(drawn.pixelColor(k1End), Theme::current().update);
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
    QVERIFY(opened.canvas().state().asked(Setting::K2).has_value());
    opened.canvas().showFrame(other);
    QVERIFY(!opened.canvas().state().asked(Setting::K2).has_value());
}

QTEST_MAIN(TestBrackets)
#include "test_brackets.moc"
