#include "core/explain/explain.h"
#include "core/worked/worked_example.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <cmath>

using namespace chronograd;
using namespace chronograd::test;

namespace {

Prepared ready(const std::string& name)
{
    return Prepared(readExperiment(std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources" /
                                   "experiments" / (name + ".chronograd.json")));
}

WorkedExample exampleOf(const Prepared& prepared, const Trainer& trainer)
{
    return {prepared.experiment.expected, trainer.network()};
}

/// Marked after so many updates, each looked at when it is done.
WorkedExample markedAfter(const Prepared& prepared, int updates)
{
    Trainer trainer = prepared.trainer();
    WorkedExample example = exampleOf(prepared, trainer);
    for (int update = 0; update < updates; ++update) {
        trainer.advance(Granularity::Update);
        example.see(wholeFrame(trainer));
    }
    return example;
}

std::size_t entryOf(const WorkedExample& example, const char* alias)
{
    std::size_t entry = 0;
    while (entry < example.entries().size() && example.entries()[entry].book.alias != alias)
        ++entry;
    return entry;
}

Mark markOf(const WorkedExample& example, const char* alias)
{
    return example.finding(entryOf(example, alias)).mark;
}

/// y = 0.123 x with x = 1, and a book that gives `expected`.
std::string withExpected(const std::string& expected)
{
    return R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "output", "cell": "dense", "units": 1, "bias": false}],
        "weights": {"output.W": [[0.125]]}},
        "task": {"kind": "inline", "sequences": [{"inputs": [[1]], "targets": [[1]]}]},
        "training": {"k1": 1, "k2": 1, "learning_rate": 0.1, "momentum": 0.5},
        "expected": [)" +
           expected + "]}";
}

} // namespace

class TestWorkedExample : public QObject
{
    Q_OBJECT

private slots:
    void theTextIsRightInTwentyEightOfFortySix();
    void theWrongNumbersAreNamed();
    void roundedNumbersShowWhatTheyComeFrom();
    void marksComeAsTheNumbersAreComputed();
    void marksStayWhenTrainingGoesOn();
    void marksGoWhenTrainingGoesBack();
    void handMadeExamplesAreExact_data();
    void handMadeExamplesAreExact();
    void noNumberIsMarkedBeforeItIsMeant();
    void theLastDigitDecides_data();
    void theLastDigitDecides();
    void aNumberThatFollowsFromTwoWrongOnesNamesBoth();
    void aNumberOfTheUpdateBeforeIsPutIn();
    void aNumberGivenTwiceIsMarkedTwice();
    void anotherRunStartsWithoutMarks();
};

void TestWorkedExample::theTextIsRightInTwentyEightOfFortySix()
{
    const WorkedExample example = markedAfter(ready("worked-2-3-2-1"), 1);
    QCOMPARE(example.entries().size(), 46u);
    QCOMPARE(example.count(Mark::Agrees), 28);
    QCOMPARE(example.count(Mark::Rounded), 13);
    QCOMPARE(example.count(Mark::Wrong), 1);
    QCOMPARE(example.count(Mark::Follows), 4);
}

void TestWorkedExample::theWrongNumbersAreNamed()
{
    const WorkedExample example = markedAfter(ready("worked-2-3-2-1"), 1);
    QCOMPARE(markOf(example, "δ3"), Mark::Wrong);
    const Finding& delta = example.finding(entryOf(example, "δ3"));
    QVERIFY(std::abs(*delta.engine - 0.008655) < 1e-6);
    QVERIFY(!example.entries()[entryOf(example, "δ3")].book.note.empty());
    QCOMPARE(markOf(example, "Δw13"), Mark::Follows);
    QCOMPARE(markOf(example, "Δw23"), Mark::Follows);
    QCOMPARE(markOf(example, "new w13"), Mark::Follows);
    QCOMPARE(markOf(example, "new w23"), Mark::Follows);
    const std::vector<std::size_t> ofDelta{entryOf(example, "δ3")};
    const std::vector<std::size_t> ofChange{entryOf(example, "Δw13")};
    QCOMPARE(example.finding(entryOf(example, "Δw13")).follows, ofDelta);
    QCOMPARE(example.finding(entryOf(example, "new w13")).follows, ofChange);
}

void TestWorkedExample::roundedNumbersShowWhatTheyComeFrom()
{
    const WorkedExample example = markedAfter(ready("worked-2-3-2-1"), 1);
    const Finding& net = example.finding(entryOf(example, "I6"));
    QCOMPARE(net.mark, Mark::Rounded);
    QVERIFY(std::abs(*net.engine - 0.175021) < 1e-6);
    QVERIFY(std::abs(*net.byBook - 0.1584) < 1e-12);
    const Finding& delta = example.finding(entryOf(example, "δ8"));
    QVERIFY(std::abs(*delta.engine - 0.086107) < 1e-6); // an error signal, as in the text
    QVERIFY(std::abs(*delta.byBook - (0.9 - 0.551) * 0.551 * 0.449) < 1e-12);
    // Δw25 = 0.3·δ5·O2: the share and the gradient between them are not in the text
    QVERIFY(std::abs(*example.finding(entryOf(example, "Δw25")).byBook - 0.3 * 0.001 * 0.7) < 1e-12);
}

void TestWorkedExample::marksComeAsTheNumbersAreComputed()
{
    const Prepared prepared = ready("worked-2-3-2-1");
    Trainer trainer = prepared.trainer();
    WorkedExample example = exampleOf(prepared, trainer);
    example.see(wholeFrame(trainer));
    QCOMPARE(example.count(Mark::None), 46);
    trainer.advance(Granularity::Layer);
    example.see(wholeFrame(trainer));
    QCOMPARE(markOf(example, "O3"), Mark::Agrees);
    QCOMPARE(markOf(example, "I6"), Mark::None);
    QVERIFY(!example.finding(entryOf(example, "I6")).engine);
    trainer.advance(Granularity::Pass);
    example.see(wholeFrame(trainer));
    QCOMPARE(markOf(example, "O8"), Mark::Rounded);
    QCOMPARE(markOf(example, "δ8"), Mark::None);
    trainer.advance(Granularity::Layer);
    example.see(wholeFrame(trainer));
    QCOMPARE(markOf(example, "δ8"), Mark::Rounded);
    QCOMPARE(markOf(example, "δ3"), Mark::None);
    trainer.advance(Granularity::Pass);
    example.see(wholeFrame(trainer));
    QCOMPARE(markOf(example, "δ3"), Mark::Wrong);
    QCOMPARE(markOf(example, "Δw13"), Mark::None);
}

void TestWorkedExample::marksStayWhenTrainingGoesOn()
{
    const WorkedExample once = markedAfter(ready("worked-2-3-2-1"), 1);
    const WorkedExample often = markedAfter(ready("worked-2-3-2-1"), 5);
    for (std::size_t entry = 0; entry < once.entries().size(); ++entry) {
        QCOMPARE(often.finding(entry).mark, once.finding(entry).mark);
        QCOMPARE(*often.finding(entry).engine, *once.finding(entry).engine);
    }
}

void TestWorkedExample::marksGoWhenTrainingGoesBack()
{
    const Prepared prepared = ready("worked-pseudocode");
    WorkedExample example = markedAfter(prepared, 2);
    QCOMPARE(example.count(Mark::None), 0);
    Trainer again = prepared.trainer();
    again.advance(Granularity::Update);
    example.see(wholeFrame(again));
    int ofFirst = 0;
    for (const BookEntry& entry : example.entries())
        ofFirst += entry.book.update == 1 ? 1 : 0;
    QCOMPARE(example.count(Mark::Agrees), ofFirst);
    QVERIFY(ofFirst < int(example.entries().size()));
}

void TestWorkedExample::handMadeExamplesAreExact_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("updates");
    QTest::newRow("truncated BPTT as in the pseudocode") << QStringLiteral("worked-pseudocode") << 2;
    QTest::newRow("an Elman network with full BPTT") << QStringLiteral("worked-elman") << 1;
}

void TestWorkedExample::handMadeExamplesAreExact()
{
    QFETCH(QString, name);
    QFETCH(int, updates);
    const WorkedExample example = markedAfter(ready(name.toStdString()), updates);
    QVERIFY(example.entries().size() > 50);
    for (std::size_t entry = 0; entry < example.entries().size(); ++entry) {
        const BookEntry& book = example.entries()[entry];
        QVERIFY2(example.finding(entry).mark == Mark::Agrees, book.book.of.c_str());
        // not only to the last digit: the numbers of these were made to come out
        QVERIFY2(std::abs(*example.finding(entry).engine - book.number.value) < 1e-12, book.book.of.c_str());
    }
}

/// The second update runs the window again: its steps are there before, with the numbers of the first.
void TestWorkedExample::noNumberIsMarkedBeforeItIsMeant()
{
    const Prepared prepared = ready("worked-pseudocode");
    Trainer trainer = prepared.trainer();
    WorkedExample example = exampleOf(prepared, trainer);
    while (trainer.position().update < 2) {
        trainer.advance(Granularity::Layer);
        example.see(wholeFrame(trainer));
        QCOMPARE(example.count(Mark::None) + example.count(Mark::Agrees), int(example.entries().size()));
    }
    QCOMPARE(example.count(Mark::None), 0);
}

void TestWorkedExample::theLastDigitDecides_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<Mark>("mark");
    QTest::newRow("exact") << QStringLiteral("0.125") << Mark::Agrees;
    QTest::newRow("half a unit below") << QStringLiteral("0.12") << Mark::Agrees;
    QTest::newRow("half a unit above") << QStringLiteral("0.13") << Mark::Agrees;
    QTest::newRow("more digits than that") << QStringLiteral("0.1251") << Mark::Rounded;
    QTest::newRow("a digit that is wrong") << QStringLiteral("0.120") << Mark::Wrong;
    QTest::newRow("two units off") << QStringLiteral("0.127") << Mark::Wrong;
    QTest::newRow("whole number") << QStringLiteral("0") << Mark::Agrees;
    QTest::newRow("whole number too far") << QStringLiteral("1") << Mark::Rounded;
    QTest::newRow("with an exponent") << QStringLiteral("1.25e-1") << Mark::Agrees;
    QTest::newRow("with an exponent, one digit off") << QStringLiteral("1.28e-1") << Mark::Wrong;
    QTest::newRow("the wrong sign") << QStringLiteral("-0.125") << Mark::Wrong;
}

void TestWorkedExample::theLastDigitDecides()
{
    QFETCH(QString, value);
    QFETCH(Mark, mark);
    const std::string entry = R"({"of": "output.out[1]@1", "value": ")" + value.toStdString() + "\"}";
    const WorkedExample example = markedAfter(prepareText(withExpected(entry)), 1);
    QCOMPARE(example.finding(0).mark, mark);
}

void TestWorkedExample::aNumberThatFollowsFromTwoWrongOnesNamesBoth()
{
    // the share is δ·x: with 2 for the input and 3 for δ the book says 6
    const WorkedExample example = markedAfter(prepareText(withExpected(R"(
        {"of": "output.W[1,1].share@1", "value": "6"}, {"of": "input[1]@1", "value": "2.0"},
        {"of": "output.delta[1]@1", "value": "3.0"})")),
                                              1);
    QCOMPARE(example.finding(0).mark, Mark::Follows);
    QCOMPARE(example.finding(0).follows.size(), 2u);
    QCOMPARE(example.finding(1).mark, Mark::Wrong);
    QCOMPARE(example.finding(2).mark, Mark::Wrong);
}

void TestWorkedExample::aNumberOfTheUpdateBeforeIsPutIn()
{
    // w: 0.125 → 0.2125 → …; the book rounds the first to 0.2 and goes on with that
    const WorkedExample example = markedAfter(prepareText(withExpected(R"(
        {"of": "output.W[1,1].after", "value": "0.2"},
        {"of": "output.out[1]@1", "update": 2, "value": "0.200"})")),
                                              2);
    QCOMPARE(example.finding(0).mark, Mark::Agrees);
    QCOMPARE(example.finding(1).mark, Mark::Rounded);
}

void TestWorkedExample::aNumberGivenTwiceIsMarkedTwice()
{
    const WorkedExample example =
        markedAfter(prepareText(withExpected(R"({"of": "output.out[1]@1", "value": "0.125"},
        {"of": "output.out[1]@1", "value": "0.13"})")),
                    1);
    QCOMPARE(example.count(Mark::Agrees), 2);
}

void TestWorkedExample::anotherRunStartsWithoutMarks()
{
    WorkedExample example = markedAfter(ready("worked-2-3-2-1"), 1);
    example.forget();
    QCOMPARE(example.count(Mark::None), 46);
}

QTEST_APPLESS_MAIN(TestWorkedExample)
#include "test_worked_example.moc"
