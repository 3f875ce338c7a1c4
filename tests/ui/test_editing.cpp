#include "core/explain/explain.h"
#include "tests/support/opened_window.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/inspector/value_row.h"
#include "ui/main_window/transport_bar.h"

#include <QAction>
#include <QLabel>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

using namespace chronograd;
using test::Opened;
using test::patience;

namespace {

struct Editing : Opened
{
    QLineEdit* value() { return find<QLineEdit>("value"); }

    double number(const std::string& name) { return valueOf(frame(), parseQuantity(name, *frame().network)); }

    /// As somebody types it who has just pressed F2.
    void typeNumber(const char* text)
    {
        action("Change the number shown")->trigger();
        QTest::keyClicks(value(), QString::fromLatin1(text));
        QTest::keyClick(value(), Qt::Key_Return);
    }

    bool waitForEdit(const std::string& name)
    {
        return QTest::qWaitFor(
            [&] {
                const auto& edits = frame().pendingEdits;
                return std::any_of(edits.begin(), edits.end(), [&](const Edit& e) { return e.of == name; });
            },
            patience);
    }

    void stepAnUpdate()
    {
        const std::int64_t before = frame().position.update;
        action("Step to the end of the update")->trigger();
        waitForUpdate(before + 1);
    }
};

} // namespace

/// Numbers changed where they stand, by somebody in front of the window.
class TestEditing : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void aWeightIsChangedAndTakenBack();
    void aDoubleClickChangesAnInputToCome();
    void aStepAlreadyTakenWaitsForItsSequence();
    void afterAnUpdateTheStepsToComeAreThereToBeClicked();
    void aDatumIsTheOneOnScreenHoweverItIsCut();
    void escapeLeavesTheNumber();
    void whatIsNoNumberIsNotTaken();
    void whileItRunsNothingCanBeChanged();
    void onlyWhatIsGivenCanBeChanged();
};

void TestEditing::aWeightIsChangedAndTakenBack()
{
    Editing opened;
    QVERIFY(opened.window.select("hidden.W_h[1,2]"));
    const double before = opened.number("hidden.W_h[1,2].after");
    opened.typeNumber("0.75");
    QVERIFY(opened.waitForEdit("hidden.W_h[1,2]"));
    QTRY_COMPARE(opened.value()->text(), QStringLiteral("0.75"));
    opened.stepAnUpdate();
    QCOMPARE(opened.number("hidden.W_h[1,2]"), 0.75);

    opened.action("Undo hidden.W_h[1,2] = 0.75")->trigger();
    QVERIFY(opened.waitForEdit("hidden.W_h[1,2]"));
    opened.stepAnUpdate();
    QCOMPARE(opened.number("hidden.W_h[1,2]"), before);
}

void TestEditing::aDoubleClickChangesAnInputToCome()
{
    Editing opened;
    opened.action("Restart with the same seed")->trigger();
    QTRY_COMPARE(opened.frame().position.t, 0);
    const std::string name = "input[1]@2";
    QVERIFY(opened.window.select(name));
    QTRY_VERIFY(opened.window.findChild<ValueRow*>()->isVisible());
    QTest::mouseDClick(opened.value(), Qt::LeftButton);
    QTest::keyClicks(opened.value(), QStringLiteral("0,125"));
    QTest::keyClick(opened.value(), Qt::Key_Return);
    QTRY_COMPARE(opened.number(name), 0.125); // nothing of this update has been computed: at once
    opened.stepAnUpdate();
    QCOMPARE(opened.number(name), 0.125);
    opened.action("Undo input[1]@2#1 = 0.125")->trigger();
    QVERIFY(opened.waitForEdit("input[1]@2#1"));
}

void TestEditing::aStepAlreadyTakenWaitsForItsSequence()
{
    Editing opened;
    const std::string name = "input[1]@" + std::to_string(opened.frame().position.t);
    const double before = opened.number(name);
    QVERIFY(opened.window.select(name));
    opened.typeNumber("0.5");
    QVERIFY(opened.waitForEdit(name + "#" + std::to_string(opened.frame().position.sequence)));
    QCOMPARE(opened.number(name), before);
    const auto isTold = [&] {
        const auto labels = opened.window.findChild<ValueRow*>()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("comes again"));
        });
    };
    QTRY_VERIFY(isTold());
}

void TestEditing::afterAnUpdateTheStepsToComeAreThereToBeClicked()
{
    Editing opened;
    QVERIFY(opened.frame().updateDone);
    const std::int64_t next = opened.frame().position.t + 1;
    GraphCanvas& canvas = opened.window.findChild<GraphView*>()->canvas();
    const auto click = [&canvas](QPointF place) {
        QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, place.toPoint());
    };
    click(canvas.positionOf({next, 0, 0}));
    const std::string input = "input[1]@" + std::to_string(next);
    QCOMPARE(canvas.state().selection, std::optional(parseQuantity(input, *opened.frame().network)));
    opened.typeNumber("0.125");
    QTRY_COMPARE(opened.number(input), 0.125);
    const std::string target = "target[1]@" + std::to_string(next);
    click(canvas.rectOf(parseQuantity(target, *opened.frame().network)).center());
    QCOMPARE(canvas.state().selection, std::optional(parseQuantity(target, *opened.frame().network)));
    opened.typeNumber("0.5");
    QTRY_COMPARE(opened.number(target), 0.5);
    const auto notes = opened.window.findChild<ValueRow*>()->findChildren<QLabel*>();
    QTRY_VERIFY(std::any_of(notes.begin(), notes.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(QStringLiteral("in force for update 2"));
    }));
    QTest::keyClick(&canvas, Qt::Key_Down); // the arrows come there as well
    QCOMPARE(canvas.state().selection, std::optional(parseQuantity(input, *opened.frame().network)));
    opened.stepAnUpdate();
    QCOMPARE(opened.number(input), 0.125);
    QCOMPARE(opened.number(target), 0.5);
}

/// After a change of the chunk, and in the file that is saved then.
void TestEditing::aDatumIsTheOneOnScreenHoweverItIsCut()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("mine.chronograd.json")).toStdString();
    Editing opened;
    const auto stepAnEpochTo = [&opened](std::int64_t sequence) {
        const std::int64_t epoch = opened.frame().position.epoch;
        opened.window.transport().step(Granularity::Epoch);
        for (std::int64_t each = 1; each < sequence; ++each)
            opened.window.transport().step(Granularity::Sequence);
        opened.window.transport().step(Granularity::Update);
        return QTest::qWaitFor(
            [&] {
                const Position& now = opened.frame().position;
                return now.epoch == epoch + 1 && now.sequence == sequence && now.t == 5 &&
                       opened.frame().updateDone;
            },
            patience);
    };
    opened.click("moreSettings");
    opened.type("chunk", "7");
    QVERIFY(stepAnEpochTo(3));
    const std::string name = "input[1]@4";
    QVERIFY(opened.window.select(name));
    opened.typeNumber("0.125");
    QVERIFY(opened.waitForEdit("input[1]@18#1")); // of the sequence as the experiment has it
    const std::int64_t update = opened.frame().position.update;
    QVERIFY(opened.window.bridge().save(file));
    QVERIFY(stepAnEpochTo(3)); // a step that was taken: when its sequence comes again
    QCOMPARE(opened.number(name), 0.125);
    const Vector after = opened.frame().after;

    opened.window.openFirst();
    QVERIFY(opened.waitForUpdate(1));
    QVERIFY(opened.window.open(file));
    QVERIFY(opened.waitForUpdate(update));
    QCOMPARE(opened.frame().position.update, update);
    QVERIFY(stepAnEpochTo(3));
    QCOMPARE(opened.number(name), 0.125);
    QVERIFY(opened.frame().after == after);
}

void TestEditing::escapeLeavesTheNumber()
{
    Editing opened;
    QVERIFY(opened.window.select("hidden.W_h[1,2]"));
    const QString shown = opened.value()->text();
    opened.click("editValue");
    QVERIFY(!opened.value()->isReadOnly());
    QTest::keyClicks(opened.value(), QStringLiteral("9"));
    QTest::keyClick(opened.value(), Qt::Key_Escape);
    QVERIFY(opened.value()->isReadOnly());
    QCOMPARE(opened.value()->text(), shown);
    QTest::qWait(50);
    QVERIFY(opened.frame().pendingEdits.empty());
}

void TestEditing::whatIsNoNumberIsNotTaken()
{
    QVERIFY(!typedNumber(QStringLiteral("a lot")));
    QVERIFY(!typedNumber(QStringLiteral("1e999")));
    QVERIFY(!typedNumber(QString()));
    QCOMPARE(typedNumber(QStringLiteral(" −0,5 ")), std::optional(-0.5));
    QCOMPARE(typedNumber(QStringLiteral("1e-3")), std::optional(1e-3));
    Editing opened;
    QVERIFY(opened.window.select("hidden.b[1]"));
    opened.typeNumber("much");
    QVERIFY(!opened.value()->isReadOnly()); // still there to be put right
    QVERIFY(opened.value()->property("wrong").toBool());
    QTest::qWait(50);
    QVERIFY(opened.frame().pendingEdits.empty());
}

void TestEditing::whileItRunsNothingCanBeChanged()
{
    Editing opened;
    QVERIFY(opened.window.select("hidden.W_h[1,2]"));
    opened.action("Run or pause")->trigger();
    QVERIFY(opened.waitForState(RunState::Running));
    opened.action("Change the number shown")->trigger();
    QVERIFY(opened.value()->isReadOnly());
    QVERIFY(!opened.find<QToolButton>("editValue")->isEnabled());
    opened.action("Run or pause")->trigger();
    QVERIFY(opened.waitForState(RunState::Paused));
    QTRY_VERIFY(opened.find<QToolButton>("editValue")->isEnabled());
}

void TestEditing::onlyWhatIsGivenCanBeChanged()
{
    Editing opened;
    QVERIFY(opened.window.select("hidden.out[1]@" + std::to_string(opened.frame().window.to)));
    QVERIFY(!opened.window.findChild<ValueRow*>()->isVisible());
    QVERIFY(opened.window.select("loss"));
    QVERIFY(!opened.window.findChild<ValueRow*>()->isVisible());
}

QTEST_MAIN(TestEditing)
#include "test_editing.moc"
