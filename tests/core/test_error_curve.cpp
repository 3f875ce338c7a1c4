#include "core/analysis/error_curve.h"
#include "core/analysis/rate_regime.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

/// The error as a function of one weight.
class TestErrorCurve : public QObject
{
    Q_OBJECT

private slots:
    void oneWeightIsAParabola();
    void slopeIsThatOfTheCurve();
    void nextIsTheNextUpdateOfTheSameSequence();
    void settingsToComeAreUsed();
    void nothingOfAnotherWeightOrMoment();
    void momentumCarriesTheBallOverTheHill();
    void theRegimeIsThatOfTheSteps_data();
    void theRegimeIsThatOfTheSteps();
    void curvatureIsThatOfTheParabola();
};

namespace {

/// y = w x with one step: E(w) = ½ (w x − d)².
test::Prepared oneWeight(const std::string& training)
{
    return test::prepareText(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "output", "cell": "dense", "units": 1, "bias": false}], "weights": {"output.W": [[3]]}},
        "task": {"kind": "inline", "sequences": [{"inputs": [[2]], "targets": [[1]]}]},
        "training": {"k1": 1, "k2": 1, )" +
                             training + "}}");
}

double parabola(double w)
{
    return 0.5 * (2.0 * w - 1.0) * (2.0 * w - 1.0);
}

} // namespace

void TestErrorCurve::oneWeightIsAParabola()
{
    const test::Prepared prepared = oneWeight(R"("learning_rate": 0.05, "momentum": 0.5)");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const auto curve = errorCurveOf(test::wholeFrames(trainer), {{0, 0, 0}, -2.0, 4.0});
    QVERIFY(curve.has_value());
    QCOMPARE(curve->weights.front(), -2.0);
    QCOMPARE(curve->weights.back(), 4.0);
    for (std::size_t i = 0; i < curve->weights.size(); ++i) {
        QVERIFY(std::abs(curve->losses[i] - parabola(curve->weights[i])) <= 1e-12);
    }
    // dE/dw = 2 (2w − 1): 10 at 3; v = −0.05 · 10; then 2 (2 · 2.5 − 1) = 8; v = 0.5 · (−0.5) − 0.4
    QCOMPARE(curve->before, 3.0);
    QCOMPARE(curve->after, 2.5);
    QVERIFY(std::abs(curve->slope - 8.0) <= 1e-12);
    QVERIFY(std::abs(*curve->next - (2.5 - 0.65)) <= 1e-12);
    QVERIFY(std::abs(curve->lossNext - parabola(1.85)) <= 1e-12);
    QVERIFY(std::abs(curve->lossBefore - parabola(3.0)) <= 1e-12);
}

void TestErrorCurve::slopeIsThatOfTheCurve()
{
    const test::Prepared prepared = test::echo(R"("k1": 4, "k2": 6)");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    trainer.advance(Granularity::Update);
    const std::vector<Frame> frames = test::wholeFrames(trainer);
    const ParameterId parameter = *frames[0].network->parameters().find("hidden.W_h");
    const double now = test::parameterOf(frames[0], "hidden.W_h", frames[0].after)(2, 1);
    const double h = 1e-4;
    const double half = h * (errorCurvePoints - 1) / 2.0;
    const auto curve = errorCurveOf(frames, {{parameter, 2, 1}, now - half, now + half});
    const std::size_t middle = errorCurvePoints / 2;
    QVERIFY(std::abs(curve->losses[middle] - curve->lossAfter) <= 1e-12);
    const double slope = (curve->losses[middle + 1] - curve->losses[middle - 1]) / (2.0 * h);
    QVERIFY(std::abs(slope - curve->slope) <= 1e-7);
    QVERIFY(std::abs(slope) > 1e-4);
}

void TestErrorCurve::nextIsTheNextUpdateOfTheSameSequence()
{
    // One sequence as a whole: the next update is made of the very same window.
    for (const char* optimizer : {"sgd", "nesterov"}) {
        const test::Prepared prepared = test::echo(
            std::string(R"("k1": "n", "k2": "n", "momentum": 0.7, "clip_norm": 0.05, "optimizer": ")") +
            optimizer + "\"");
        Trainer trainer = prepared.trainer();
        trainer.advance(Granularity::Update);
        trainer.advance(Granularity::Update);
        const auto curve = errorCurveOf(test::wholeFrames(trainer), {{1, 1, 0}, -1.0, 1.0});
        trainer.advance(Granularity::Update);
        const Frame next = test::wholeFrame(trainer);
        QVERIFY(next.clipped);
        const auto element = static_cast<Eigen::Index>(next.network->parameters()[1].at(1, 0));
        QVERIFY(std::abs(*curve->next - next.after[element]) <= 1e-12);
    }
}

void TestErrorCurve::settingsToComeAreUsed()
{
    const test::Prepared prepared = oneWeight(R"("learning_rate": 0.05, "momentum": 0)");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    std::vector<Frame> frames = test::wholeFrames(trainer);
    frames[0].pending.push_back({Setting::LearningRate, 0.25});
    const auto curve = errorCurveOf(frames, {{0, 0, 0}, -2.0, 4.0});
    QVERIFY(std::abs(*curve->next - (2.5 - 0.25 * 8.0)) <= 1e-12);
}

void TestErrorCurve::nothingOfAnotherWeightOrMoment()
{
    const test::Prepared prepared = oneWeight(R"("learning_rate": 0.05)");
    Trainer trainer = prepared.trainer();
    QVERIFY(!errorCurveOf(test::wholeFrames(trainer), {{0, 0, 0}, -2.0, 4.0}).has_value());
    trainer.advance(Granularity::Update);
    QVERIFY(!errorCurveOf(test::wholeFrames(trainer), {{0, 1, 0}, -2.0, 4.0}).has_value());
    QVERIFY(!errorCurveOf(test::wholeFrames(trainer), {{7, 0, 0}, -2.0, 4.0}).has_value());
}

void TestErrorCurve::momentumCarriesTheBallOverTheHill()
{
    const std::filesystem::path file = std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                                       "resources/experiments/ball-and-momentum.chronograd.json";
    const auto rest = [&](double momentum) {
        Experiment experiment = readExperiment(file);
        experiment.training.start.momentum = momentum;
        const test::Prepared prepared(std::move(experiment));
        Trainer trainer = prepared.trainer();
        while (!trainer.isFinished() && trainer.position().update < 1000) {
            trainer.advance(Granularity::Update);
        }
        const auto curve = errorCurveOf(test::wholeFrames(trainer), {{0, 0, 0}, -4.0, 4.0});
        return std::pair(curve->after, curve->lossAfter);
    };
    const auto [valley, shallow] = rest(0.0);
    const auto [other, deep] = rest(0.9);
    QVERIFY2(valley < 0.0 && shallow > 0.2, qPrintable(QString::number(shallow)));
    QVERIFY2(other > 1.0 && deep < 1e-4, qPrintable(QString::number(deep)));
}

void TestErrorCurve::theRegimeIsThatOfTheSteps_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("momentum");
    QTest::addColumn<RateRegime>("regime");
    QTest::newRow("a hundredth of the way") << 0.01 << 0.0 << RateRegime::Crawls;
    QTest::newRow("half of the way") << 0.5 << 0.0 << RateRegime::Converges;
    QTest::newRow("beyond the bottom") << 1.5 << 0.0 << RateRegime::Overshoots;
    QTest::newRow("farther than it was") << 2.1 << 0.0 << RateRegime::Diverges;
    QTest::newRow("momentum carries it beyond") << 0.5 << 0.9 << RateRegime::Overshoots;
    QTest::newRow("momentum bears a greater rate") << 2.1 << 0.9 << RateRegime::Overshoots;
    QTest::newRow("too great with momentum, too") << 3.9 << 0.9 << RateRegime::Diverges;
}

void TestErrorCurve::theRegimeIsThatOfTheSteps()
{
    QFETCH(double, rate);
    QFETCH(double, momentum);
    QFETCH(RateRegime, regime);
    QCOMPARE(rateRegime(rate, momentum, 1.0), regime);
    // The ball itself on E = ½ w².
    double w = 1.0;
    double v = 0.0;
    bool isBeyond = false;
    for (int update = 0; update < 200; ++update) {
        v = momentum * v - rate * w;
        w += v;
        isBeyond = isBeyond || w < 0.0;
    }
    QCOMPARE(std::abs(w) > 1.0, regime == RateRegime::Diverges);
    QCOMPARE(isBeyond, regime == RateRegime::Overshoots || regime == RateRegime::Diverges);
    QCOMPARE(rateRegime(rate, momentum, -1.0), RateRegime::Hill);
}

void TestErrorCurve::curvatureIsThatOfTheParabola()
{
    ErrorCurve curve;
    for (int i = 0; i < 81; ++i) {
        curve.weights.push_back(-2.0 + 0.05 * i);
        curve.losses.push_back(parabola(curve.weights.back()));
    }
    curve.after = 0.31;
    QVERIFY(std::abs(*curvatureOf(curve) - 4.0) < 1e-9);
    curve.after = 2.5;
    QVERIFY(!curvatureOf(curve));
}

QTEST_APPLESS_MAIN(TestErrorCurve)
#include "test_error_curve.moc"
