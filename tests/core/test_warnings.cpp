#include "core/analysis/warnings.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace chronograd;

/// What is said about training, and when nothing is.
class TestWarnings : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsSaidOfAGoodRun();
    void stepsWithoutGradientAreNamed();
    void whatWasJustAskedForIsWarnedOfBeforeItIsInForce();
    void aWindowBeyondTheSequenceHasNoEffect();
    void lossesThatNeverEnterAreCounted();
    void theEndOfASequenceMayBeLeftOver();
    void saturatedUnitsAreNamed();
    void deadUnitsAreNamed();
    void theErrorVanishesOrExplodes_data();
    void theErrorVanishesOrExplodes();
    void everyCellIsToldOf_data();
    void everyCellIsToldOf();
    void aRisingLossIsTold();
};

namespace {

struct Setup
{
    std::string activation = "tanh";
    std::string training = R"("k1": 4, "k2": 8)";
    std::string weights = "{}";
};

std::string weightsOf(double input, double recurrent, double bias)
{
    const auto number = [](double value) { return std::to_string(value); };
    return R"({"hidden.W_x": [[)" + number(input) + "], [" + number(input) + R"(]],
        "hidden.W_h": [[)" +
           number(recurrent) + ", 0], [0, " + number(recurrent) + R"(]],
        "hidden.b": [)" +
           number(bias) + ", " + number(bias) + "]}";
}

Frame frameAfterUpdate(const Setup& setup, int updates = 3)
{
    const test::Prepared prepared = test::prepareText(R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": "elman", "units": 2, "activation": ")" +
                                                      setup.activation + R"("},
            {"name": "output", "cell": "dense", "units": 1}], "weights": )" +
                                                      setup.weights + R"(},
        "task": {"kind": "echo", "delay": 1, "length": 20, "sequences": 2},
        "training": {"updates": null, )" + setup.training +
                                                      "}}");
    Trainer trainer = prepared.trainer();
    for (int i = 0; i < updates; ++i)
        trainer.advance(Granularity::Update);
    return test::wholeFrame(trainer);
}

const Warning* find(const std::vector<Warning>& warnings, WarningKind kind)
{
    const auto found = std::ranges::find(warnings, kind, &Warning::kind);
    return found == warnings.end() ? nullptr : &*found;
}

QString textOf(const std::vector<Warning>& warnings, WarningKind kind)
{
    const Warning* warning = find(warnings, kind);
    return warning ? QString::fromStdString(warning->text) : QString();
}

} // namespace

void TestWarnings::nothingIsSaidOfAGoodRun()
{
    const Frame frame = frameAfterUpdate({.weights = weightsOf(0.5, 0.8, 0.0)});
    const std::vector<double> losses(40, 0.1);
    const std::vector<Warning> warnings = warningsOf(frame, losses);
    QVERIFY2(warnings.empty(), warnings.empty() ? "" : warnings.front().title.c_str());
}

void TestWarnings::stepsWithoutGradientAreNamed()
{
    const Frame frame = frameAfterUpdate({.training = R"("k1": 5, "k2": 2)"}, 2);
    const std::vector<Warning> warnings = warningsOf(frame, {});
    const Warning* warning = find(warnings, WarningKind::StepsWithoutGradient);
    QVERIFY(warning);
    QCOMPARE(QString::fromStdString(warning->title), QStringLiteral("k2 = 2 is smaller than k1 = 5"));
    QVERIFY(warning->setting == Setting::K2);
    QCOMPARE(
        QString::fromStdString(warning->text),
        QStringLiteral("Of every 5 steps the first 3 get no gradient, and their losses do not enter: now "
                       "t = 6 … 8."));
    QCOMPARE(textOf(warningsOf(frameAfterUpdate({.training = R"("k1": 5, "k2": 4)"}, 2), {}),
                    WarningKind::StepsWithoutGradient),
             QStringLiteral("Of every 5 steps the first gets no gradient, and its loss does not enter: now "
                            "t = 6."));
    QVERIFY(!find(warningsOf(frameAfterUpdate({.training = R"("k1": 5, "k2": 5)"}), {}),
                  WarningKind::StepsWithoutGradient));
    QVERIFY(!find(warningsOf(frameAfterUpdate({.training = R"("k1": 100, "k2": 20)"}), {}),
                  WarningKind::StepsWithoutGradient)); // the sequence has 20 steps
}

void TestWarnings::whatWasJustAskedForIsWarnedOfBeforeItIsInForce()
{
    Frame frame = frameAfterUpdate({.training = R"("k1": 5, "k2": 2)"}, 2);
    frame.pending = {{Setting::K2, StepCount(5)}};
    QVERIFY(find(warningsOf(frame, {}), WarningKind::StepsWithoutGradient));
    QVERIFY(!find(warningsToCome(frame, {}), WarningKind::StepsWithoutGradient));
    frame.pending = {{Setting::K2, StepCount(3)}};
    QCOMPARE(
        textOf(warningsToCome(frame, {}), WarningKind::StepsWithoutGradient),
        QStringLiteral("From the next update on: of every 5 steps the first 2 get no gradient, and their "
                       "losses do not enter."));
}

void TestWarnings::aWindowBeyondTheSequenceHasNoEffect()
{
    const auto said = [](const char* k2) {
        return textOf(warningsOf(frameAfterUpdate({.training = std::string(R"("k1": 4, "k2": )") + k2}), {}),
                      WarningKind::WindowBeyondSequence);
    };
    QCOMPARE(said("21"), QStringLiteral("The sequence has 20 steps: k2 = 21 does the same as 20 and as n."));
    QCOMPARE(said("20"), QString());
    QCOMPARE(said(R"("n")"), QString());
}

void TestWarnings::lossesThatNeverEnterAreCounted()
{
    const Frame last = frameAfterUpdate({.training = R"("k1": 4, "k2": 8, "injection": "last")"});
    QCOMPARE(
        textOf(warningsOf(last, {}), WarningKind::UnusedLoss),
        QStringLiteral("3 steps of t = 9 … 11 have a target, but only the loss of the step of the update "
                       "enters (injection: last)."));
    const Frame one = frameAfterUpdate({.training = R"("k1": 2, "k2": 8, "injection": "last")"});
    QVERIFY(textOf(warningsOf(one, {}), WarningKind::UnusedLoss)
                .startsWith(QStringLiteral("t = %1 has a target").arg(one.position.t - 1)));
    const Frame each = frameAfterUpdate({.training = R"("k1": 1, "k2": 8, "injection": "last")"});
    QVERIFY(!find(warningsOf(each, {}), WarningKind::UnusedLoss));
}

void TestWarnings::theEndOfASequenceMayBeLeftOver()
{
    const Frame left = frameAfterUpdate({.training = R"("k1": 6, "k2": 6, "window": "full")"}, 1);
    QCOMPARE(
        textOf(warningsOf(left, {}), WarningKind::UnusedLoss),
        QStringLiteral("Windows are full and k1 = 6: the last update of a sequence of 20 steps is at t = 18, "
                       "so the losses of t = 19 … 20 never enter."));
    const Frame one = frameAfterUpdate({.training = R"("k1": 19, "k2": 5, "window": "full")"}, 1);
    QVERIFY(textOf(warningsOf(one, {}), WarningKind::UnusedLoss)
                .endsWith(QStringLiteral("is at t = 19, so the loss of t = 20 never enters.")));
    const Frame even = frameAfterUpdate({.training = R"("k1": 5, "k2": 5, "window": "full")"}, 1);
    QVERIFY(!find(warningsOf(even, {}), WarningKind::UnusedLoss));
}

void TestWarnings::saturatedUnitsAreNamed()
{
    const std::vector<Warning> warnings =
        warningsOf(frameAfterUpdate({.weights = weightsOf(0.1, 0.1, 4.0)}), {});
    const Warning* warning = find(warnings, WarningKind::Saturation);
    QVERIFY(warning);
    QCOMPARE(warning->layer, 0);
    QCOMPARE(warning->units, (std::vector<int>{0, 1}));
    QVERIFY(warning->text.starts_with("100 % of its values"));
}

void TestWarnings::deadUnitsAreNamed()
{
    const std::string weights = R"({"hidden.W_x": [[0.1], [0.5]], "hidden.W_h": [[0, 0], [0, 0]],
                                    "hidden.b": [-3, 1]})";
    const std::vector<Warning> warnings =
        warningsOf(frameAfterUpdate({.activation = "relu", .weights = weights}), {});
    const Warning* warning = find(warnings, WarningKind::DeadRelu);
    QVERIFY(warning);
    QCOMPARE(warning->units, std::vector<int>{0});
    QCOMPARE(QString::fromStdString(warning->text),
             QStringLiteral(
                 "Unit 1 is 0 at every step shown: relu′ is 0 there, so no error changes the weights."));
}

void TestWarnings::theErrorVanishesOrExplodes_data()
{
    QTest::addColumn<double>("recurrent");
    QTest::addColumn<QString>("text");
    QTest::newRow("half a step") << 0.5
                                 << QStringLiteral(
                                        "Through hidden it shrinks by ×0.5 a step: of the error at "
                                        "t = 20, ×3.81e-06 arrives 18 steps back.");
    QTest::newRow("twice a step") << 2.0
                                  << QStringLiteral(
                                         "Through hidden it grows by ×2 a step: of the error at t = 20, "
                                         "×2.62e+05 arrives 18 steps back.");
    QTest::newRow("kept") << 1.0 << QString();
}

void TestWarnings::theErrorVanishesOrExplodes()
{
    QFETCH(double, recurrent);
    QFETCH(QString, text);
    const Setup setup{.activation = "identity",
                      .training = R"("k1": 20, "k2": 19, "learning_rate": 1e-9)",
                      .weights = weightsOf(0.3, recurrent, 0.0)};
    const std::vector<Warning> warnings = warningsOf(frameAfterUpdate(setup, 1), {});
    const WarningKind kind = recurrent > 1.0 ? WarningKind::Exploding : WarningKind::Vanishing;
    QCOMPARE(textOf(warnings, kind), text);
}

void TestWarnings::everyCellIsToldOf_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("weights"); // none from step to step: only the cell's own memory hands on
    QTest::addColumn<double>("share");    // of the error that a step hands on
    const double closed = 1.0 / (1.0 + std::exp(2.0));
    QTest::newRow("an lstm that forgets")
        << QStringLiteral("lstm")
        << QStringLiteral(R"("hidden.W_h": [[0], [0], [0], [0]], "hidden.b": [0, -2, 0, 0])") << closed;
    QTest::newRow("an lstm that remembers")
        << QStringLiteral("lstm")
        << QStringLiteral(R"("hidden.W_h": [[0], [0], [0], [0]], "hidden.b": [0, 6, 0, 0])") << 1.0;
    QTest::newRow("a gru that forgets")
        << QStringLiteral("gru") << QStringLiteral(R"("hidden.W_h": [[0], [0], [0]], "hidden.b": [0, -2, 0])")
        << closed;
    QTest::newRow("a gru that remembers")
        << QStringLiteral("gru") << QStringLiteral(R"("hidden.W_h": [[0], [0], [0]], "hidden.b": [0, 6, 0])")
        << 1.0;
}

void TestWarnings::everyCellIsToldOf()
{
    QFETCH(QString, cell);
    QFETCH(QString, weights);
    QFETCH(double, share);
    const QString gates = cell == QStringLiteral("lstm") ? QStringLiteral("[[0], [0], [1], [0]]")
                                                         : QStringLiteral("[[0], [0], [1]]");
    const QString text = QStringLiteral(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": "%1", "units": 1}, {"name": "output", "cell": "dense", "units": 1}],
            "weights": {"hidden.W_x": %2, %3}},
            "task": {"kind": "echo", "delay": 1, "length": 20, "sequences": 2},
            "training": {"updates": null, "k1": 20, "k2": 19, "learning_rate": 1e-9}})")
                             .arg(cell, gates, weights);
    const test::Prepared prepared = test::prepareText(text.toStdString());
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const QString said = textOf(warningsOf(test::wholeFrame(trainer), {}), WarningKind::Vanishing);
    QCOMPARE(said.isEmpty(), share > 0.5);
    if (said.isEmpty())
        return;
    const double told =
        said.section(QStringLiteral("by ×"), 1).section(u' ', 0, 0).toDouble(); // beside it h itself counts
    QVERIFY2(std::abs(std::log(told / share)) < 0.15, qPrintable(said));
}

void TestWarnings::aRisingLossIsTold()
{
    const Frame frame = frameAfterUpdate({});
    std::vector<double> losses(60);
    std::iota(losses.begin(), losses.end(), 1.0);
    QCOMPARE(
        textOf(warningsOf(frame, losses), WarningKind::RateTooLarge),
        QStringLiteral("Over the last 40 updates it went from 25.5 to 55.5 (means of 10): the learning rate "
                       "α = 0.05 may be too large."));
    std::ranges::reverse(losses);
    QVERIFY(!find(warningsOf(frame, losses), WarningKind::RateTooLarge));
    QVERIFY(!find(warningsOf(frame, std::span(losses).first(39)), WarningKind::RateTooLarge));
}

QTEST_APPLESS_MAIN(TestWarnings)
#include "test_warnings.moc"
