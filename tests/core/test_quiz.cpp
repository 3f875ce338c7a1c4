#include "core/explain/explain.h"
#include "core/worked/cover.h"
#include "core/worked/quiz.h"
#include "tests/support/experiments.h"
#include "tests/support/frame_maker.h"

#include <QTest>

#include <cmath>

using namespace chronograd;
using namespace chronograd::test;

namespace {

/// The 2-3-2-1 example being stepped, with somebody who predicts.
struct Lesson
{
    Prepared prepared{readExperiment(std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                                     "resources/experiments/worked-2-3-2-1.chronograd.json")};
    Trainer trainer = prepared.trainer();
    WorkedExample example{prepared.experiment.expected, trainer.network()};
    Quiz quiz;

    void step(Granularity granularity)
    {
        trainer.advance(granularity);
        quiz.ask(std::make_shared<const Frame>(wholeFrame(trainer)), example, std::nullopt);
    }
    std::string asked() const
    {
        return quiz.question() ? quantityText(quiz.question()->of, trainer.network()) : "";
    }
    double truth() const { return quiz.question()->turned(valueOf(*quiz.whole(), quiz.question()->of)); }
    Verdict say(double answer) { return quiz.answer({answer, 1e-9}, example); }
    bool isShown(const char* name) const
    {
        return hasQuantity(*quiz.shown(), parseQuantity(name, trainer.network()));
    }
};

/// The raw number that lies in a frame, whether it says so or not.
double hiddenNumber(const Frame& frame, const char* name)
{
    const Quantity quantity = parseQuantity(name, *frame.network);
    if (quantity.kind == QuantityKind::Slot)
        return frame.value(quantity.slot, quantity.unit, quantity.t);
    if (quantity.kind == QuantityKind::Delta)
        return frame.delta(quantity.slot, quantity.unit, quantity.t);
    const ParameterView& view = frame.network->parameters()[quantity.parameter];
    const Vector& flat = quantity.kind == QuantityKind::After ? frame.after : frame.change;
    return flat(static_cast<Eigen::Index>(view.at(quantity.row, quantity.column)));
}

std::shared_ptr<const Frame> shared(const Trainer& trainer)
{
    return std::make_shared<const Frame>(wholeFrame(trainer));
}

} // namespace

class TestQuiz : public QObject
{
    Q_OBJECT

private slots:
    void theNumbersOfTheBookAreAskedUnitByUnit();
    void whatIsAskedIsNotInTheFrame();
    void aRightAnswerOpensTheNextNumber();
    void aWrongAnswerStaysCoveredAndIsCounted();
    void revealingIsCounted();
    void theErrorSignalIsAskedForWhereTheBookMeansIt();
    void theBooksWrongNumberIsKnown();
    void theUpdateIsCoveredWeightByWeight();
    void unitByUnitOnlyTheNewOneIsAsked();
    void withoutABookAFewNumbersAreAsked();
    void ofAnUpdateTheChosenWeightIsAsked();
    void aFormulaThatOnlyNamesACoveredNumberGoesOn();
    void deltasAreAskedForAsTheyAreRead();
    void theSameStopHeldAnewStaysCovered();
    void anotherStopShownWithoutAStepIsOpen();
    void coveringTakesNothingElse();
    void whatIsKnownOfAUnitIsMarkedBeforeTheUnitIsShown();
};

void TestQuiz::theNumbersOfTheBookAreAskedUnitByUnit()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    std::vector<std::string> asked;
    while (lesson.quiz.question()) {
        asked.push_back(lesson.asked());
        QVERIFY(lesson.say(lesson.truth()).isRight);
    }
    const std::vector<std::string> expected{"h1.net[1]@1", "h1.out[1]@1", "h1.net[2]@1",
                                            "h1.out[2]@1", "h1.net[3]@1", "h1.out[3]@1"};
    QCOMPARE(asked, expected);
    QCOMPARE(lesson.quiz.right(), 6);
}

void TestQuiz::whatIsAskedIsNotInTheFrame()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    for (const char* name : {"h1.net[1]@1", "h1.out[1]@1", "h1.out[3]@1"}) {
        QVERIFY(!lesson.isShown(name));
        QCOMPARE(hiddenNumber(*lesson.quiz.shown(), name), 0.0);
        QVERIFY(hiddenNumber(*lesson.quiz.whole(), name) != 0.0);
    }
    QVERIFY(lesson.isShown("input[2]@1"));
    lesson.quiz.revealStep();
    QCOMPARE(lesson.quiz.shown(), lesson.quiz.whole());
    lesson.step(Granularity::Pass); // to the output: its loss is covered too
    QCOMPARE(lesson.asked(), std::string("output.net[1]@1"));
    QVERIFY(!lesson.isShown("loss@1"));
    QVERIFY(std::isnan(lesson.quiz.shown()->stepLoss[0]));
    lesson.quiz.revealStep();
    lesson.step(Granularity::Layer);
    QCOMPARE(lesson.asked(), std::string("output.delta[1]@1"));
    QVERIFY(!lesson.isShown("output.delta[1]@1"));
    QVERIFY(!lesson.isShown("output.W[1,1].share@1"));
    QCOMPARE(hiddenNumber(*lesson.quiz.shown(), "output.delta[1]@1"), 0.0);
    QVERIFY(lesson.isShown("output.out[1]@1"));
}

void TestQuiz::whatIsKnownOfAUnitIsMarkedBeforeTheUnitIsShown()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    QVERIFY(lesson.quiz.knownEntries().empty());
    QVERIFY(lesson.say(0.1).isRight);
    QVERIFY(!lesson.isShown("h1.net[1]@1"));
    const auto known = lesson.quiz.knownEntries();
    QCOMPARE(known.size(), std::size_t{1});
    lesson.example.see(*lesson.quiz.shown());
    QCOMPARE(lesson.example.count(Mark::Agrees), 0);
    lesson.example.seeMore(*lesson.quiz.whole(), known);
    QCOMPARE(lesson.example.count(Mark::Agrees), 1);
    QCOMPARE(lesson.example.finding(known.front()).mark, Mark::Agrees);
}

void TestQuiz::aRightAnswerOpensTheNextNumber()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    const Verdict net = lesson.say(0.1);
    QVERIFY(net.isRight);
    QVERIFY(std::abs(net.value - 0.1) < 1e-12);
    QCOMPARE(lesson.asked(), std::string("h1.out[1]@1"));
    QVERIFY(lesson.quiz.answer(*bookNumber("0.52"), lesson.example).isRight);
    QVERIFY(lesson.isShown("h1.out[1]@1"));  // unit 1 is done …
    QVERIFY(!lesson.isShown("h1.net[2]@1")); // … and unit 2 is asked
    QCOMPARE(lesson.quiz.number(), std::size_t{3});
    QCOMPARE(lesson.quiz.asked(), std::size_t{6});
}

void TestQuiz::aWrongAnswerStaysCoveredAndIsCounted()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    const Verdict verdict = lesson.say(-0.1);
    QVERIFY(!verdict.isRight);
    QCOMPARE(verdict.diagnosis.slip, Slip::Sign);
    QCOMPARE(lesson.asked(), std::string("h1.net[1]@1"));
    QVERIFY(!lesson.isShown("h1.net[1]@1"));
    QCOMPARE(lesson.quiz.wrong(), 1);
    QCOMPARE(lesson.quiz.right(), 0);
}

void TestQuiz::revealingIsCounted()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    QVERIFY(std::abs(lesson.quiz.reveal() - 0.1) < 1e-12);
    QCOMPARE(lesson.quiz.revealed(), 1);
    lesson.quiz.revealStep();
    QCOMPARE(lesson.quiz.revealed(), 6);
    QVERIFY(!lesson.quiz.question());
    lesson.quiz.resetCounts();
    QCOMPARE(lesson.quiz.revealed(), 0);
}

void TestQuiz::theErrorSignalIsAskedForWhereTheBookMeansIt()
{
    Lesson lesson;
    lesson.step(Granularity::Pass);
    lesson.step(Granularity::Layer);
    QCOMPARE(lesson.quiz.question()->sign, SignConvention::ErrorSignal);
    QVERIFY(!lesson.say(-0.0861).isRight);
    QVERIFY(lesson.say(0.0861).isRight);
    lesson.step(Granularity::Layer); // h2: f′ forgotten, in the sign of the text
    const double error = lesson.quiz.whole()->delta(lesson.trainer.network().layers()[2].net, 0, 1);
    QCOMPARE(lesson.asked(), std::string("h2.delta[1]@1"));
    const Verdict verdict = lesson.say(-error * 0.75);
    QCOMPARE(verdict.diagnosis.slip, Slip::Derivative);
    QVERIFY(!verdict.diagnosis.wrongSign);
}

void TestQuiz::theBooksWrongNumberIsKnown()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    lesson.quiz.revealStep();
    lesson.step(Granularity::Layer);
    QCOMPARE(lesson.asked(), std::string("h2.net[1]@1"));
    QCOMPARE(lesson.quiz.answer(*bookNumber("0.158"), lesson.example).bookMark, Mark::Rounded);
    QCOMPARE(lesson.quiz.answer(*bookNumber("0.15"), lesson.example).bookMark, Mark::None);
    lesson.quiz.revealStep();
    lesson.step(Granularity::Pass);
    lesson.quiz.revealStep();
    lesson.step(Granularity::Pass);
    QCOMPARE(lesson.asked(), std::string("h1.delta[1]@1"));
    const Verdict verdict = lesson.quiz.answer(*bookNumber("-0.0087"), lesson.example);
    QVERIFY(!verdict.isRight);
    QCOMPARE(verdict.bookMark, Mark::Wrong);
    QCOMPARE(verdict.diagnosis.slip, Slip::Sign);
}

void TestQuiz::theUpdateIsCoveredWeightByWeight()
{
    Lesson lesson;
    lesson.step(Granularity::Update);
    QCOMPARE(lesson.quiz.asked(), std::size_t{28});
    QCOMPARE(lesson.asked(), std::string("h1.W[1,1].update"));
    QVERIFY(!lesson.isShown("h1.W[1,1].after"));
    QVERIFY(!lesson.isShown("output.W[1,2].update"));
    QCOMPARE(hiddenNumber(*lesson.quiz.shown(), "output.W[1,2].after"), 0.0);
    QVERIFY(lesson.isShown("h1.delta[1]@1"));
    // the rate forgotten, and with it the minus of the descent
    const double gradient =
        valueOf(*lesson.quiz.whole(), parseQuantity("h1.W[1,1].gradient", lesson.trainer.network()));
    QCOMPARE(lesson.say(-gradient).diagnosis.slip, Slip::Rate);
    QVERIFY(lesson.say(lesson.truth()).isRight);
    QCOMPARE(lesson.asked(), std::string("h1.W[1,1].after"));
    lesson.quiz.reveal();
    QCOMPARE(lesson.asked(), std::string("h1.W[1,2].update"));
    QVERIFY(lesson.isShown("h1.W[1,1].after"));
    QVERIFY(!lesson.isShown("h1.W[1,2].update"));
}

void TestQuiz::unitByUnitOnlyTheNewOneIsAsked()
{
    Lesson lesson;
    for (const char* expected : {"h1.net[1]@1", "h1.net[2]@1", "h1.net[3]@1", "h2.net[1]@1"}) {
        lesson.step(Granularity::Unit);
        QCOMPARE(lesson.asked(), std::string(expected));
        QCOMPARE(lesson.quiz.asked(), std::size_t{2});
        lesson.quiz.revealStep();
    }
}

void TestQuiz::withoutABookAFewNumbersAreAsked()
{
    FrameMaker maker(FrameMaker::recurrent(4, 12, "2", "4"));
    Quiz quiz;
    maker.trainer().advance(Granularity::Layer);
    quiz.ask(shared(maker.trainer()), {}, std::nullopt);
    QCOMPARE(quiz.asked(), Quiz::mostQuestions);
    while (quiz.question())
        QVERIFY(quiz.answer({valueOf(*quiz.whole(), quiz.question()->of), 1e-9}, {}).isRight);
    QCOMPARE(quiz.shown(), quiz.whole());
}

void TestQuiz::ofAnUpdateTheChosenWeightIsAsked()
{
    FrameMaker maker(FrameMaker::recurrent(4, 12, "2", "4"));
    Quiz quiz;
    maker.trainer().advance(Granularity::Update);
    const Quantity chosen = parseQuantity("hidden.W_h[3,2].share@2", maker.trainer().network());
    quiz.ask(shared(maker.trainer()), {}, chosen);
    QCOMPARE(quantityText(quiz.question()->of, maker.trainer().network()),
             std::string("hidden.W_h[3,2].gradient"));
    QVERIFY(!hasQuantity(*quiz.shown(), quiz.question()->of));
}

void TestQuiz::aFormulaThatOnlyNamesACoveredNumberGoesOn()
{
    Lesson lesson;
    lesson.step(Granularity::Update);
    QCOMPARE(lesson.asked(), std::string("h1.W[1,1].update"));
    const std::vector<Expression> formulas = lesson.quiz.formulas();
    QCOMPARE(formulas.size(), std::size_t(2)); // Δw = v = γ·v − α·∂L/∂w
    QVERIFY(formulaText(formulas.back()).find("α") != std::string::npos);
    lesson.quiz.reveal();
    QCOMPARE(lesson.quiz.formulas().size(), std::size_t(1)); // w + Δw
}

void TestQuiz::deltasAreAskedForAsTheyAreRead()
{
    FrameMaker maker(FrameMaker::recurrent(4, 12, "2", "4"));
    Quiz quiz;
    while (maker.trainer().position().phase != Phase::Backward)
        maker.trainer().advance(Granularity::Layer);
    quiz.ask(shared(maker.trainer()), {}, std::nullopt, SignConvention::ErrorSignal);
    QCOMPARE(quiz.question()->of.kind, QuantityKind::Delta);
    const double delta = valueOf(*quiz.whole(), quiz.question()->of);
    QCOMPARE(quiz.explanation().value, -delta);
    QCOMPARE(quiz.answer({delta, 1e-9}, {}).diagnosis.slip, Slip::Sign);
    QVERIFY(quiz.answer({-delta, 1e-9}, {}).isRight);
}

void TestQuiz::theSameStopHeldAnewStaysCovered()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    lesson.quiz.refresh(shared(lesson.trainer));
    QCOMPARE(lesson.asked(), std::string("h1.net[1]@1"));
    QVERIFY(!lesson.isShown("h1.net[1]@1"));
}

void TestQuiz::anotherStopShownWithoutAStepIsOpen()
{
    Lesson lesson;
    lesson.step(Granularity::Layer);
    lesson.trainer.advance(Granularity::Layer);
    lesson.quiz.refresh(shared(lesson.trainer));
    QVERIFY(!lesson.quiz.question());
    QVERIFY(lesson.isShown("h2.net[1]@1"));
    lesson.quiz.forget();
    QVERIFY(!lesson.quiz.shown());
}

/// Of random networks at random stops: what is covered is gone, what was there before is not.
void TestQuiz::coveringTakesNothingElse()
{
    int covered = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        const Prepared prepared(RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        for (int stop = 0; stop < 25 && !trainer.isFinished(); ++stop) {
            const Frame before = wholeFrame(trainer);
            trainer.advance(stop % 2 == 0 ? Granularity::Unit : Granularity::Layer);
            const Frame after = wholeFrame(trainer);
            const std::vector<Quantity> numbers = newNumbers(after, &before, std::nullopt, 3);
            for (const Quantity& each : numbers) {
                const Frame shown = coveredFrom(after, each);
                QVERIFY(!hasQuantity(shown, each));
                ++covered;
                for (const Layer& layer : after.network->layers()) {
                    Quantity other;
                    other.kind = QuantityKind::Slot;
                    other.slot = layer.output;
                    other.t = after.position.at;
                    const bool wasThere = before.position.sequence == after.position.sequence &&
                                          before.position.epoch == after.position.epoch &&
                                          before.update == after.update && hasQuantity(before, other);
                    QVERIFY(!wasThere || hasQuantity(shown, other));
                }
            }
        }
    }
    QVERIFY(covered > 500);
}

QTEST_APPLESS_MAIN(TestQuiz)
#include "test_quiz.moc"
