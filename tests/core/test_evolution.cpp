#include "core/compare/evolution.h"
#include "core/training/trainer.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

namespace {

const char* const sum = R"({
    "chronograd": 1,
    "network": {"inputs": 2, "layers": [{"name": "output", "cell": "dense", "units": 1}]},
    "task": {"kind": "sum", "sequences": 100},
    "training": {"k1": 1, "k2": 1}})";

const char* const echo = R"({
    "chronograd": 1,
    "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 4},
        {"name": "output", "cell": "dense", "units": 1}]},
    "task": {"kind": "echo", "delay": 1, "length": 20, "sequences": 10},
    "training": {"k1": "n", "k2": "n", "updates": null}})";

Evolution evolutionOf(const test::Prepared& prepared, std::uint64_t seed = 1)
{
    const Trainer trainer = prepared.trainer();
    return Evolution(trainer.sharedNetwork(), prepared.data, trainer.weights(), trainer.settings(),
                     {.seed = seed});
}

void runSteps(Evolution& evolution, std::int64_t steps)
{
    while (evolution.stepsDone() < steps)
        evolution.runChild();
}

} // namespace

/// Learning without a gradient.
class TestEvolution : public QObject
{
    Q_OBJECT

private slots:
    void theSameSeedGivesTheSameRun();
    void theLossIsThatOfTheWholeSequences();
    void learnsToAdd();
    void learnsAShortEcho();
    void stepSizeGrowsFarAwayAndShrinksNear();
    void frozenWeightsStay();
    void aChildCostsItsTimeSteps();
    void backPropagationIsMuchBetterAtTheSameBudget();
};

void TestEvolution::theSameSeedGivesTheSameRun()
{
    const test::Prepared prepared = test::prepareText(echo);
    Evolution a = evolutionOf(prepared);
    Evolution b = evolutionOf(prepared);
    Evolution other = evolutionOf(prepared, 2);
    runSteps(a, 50'000);
    runSteps(b, 50'000);
    runSteps(other, 50'000);
    QVERIFY(a.weights() == b.weights());
    QCOMPARE(a.loss(), b.loss());
    QVERIFY(a.weights() != other.weights());
}

/// L of one update over a whole sequence, and the mean of it over all.
void TestEvolution::theLossIsThatOfTheWholeSequences()
{
    const test::Prepared prepared = test::prepareText(echo);
    Experiment frozen = prepared.experiment;
    frozen.training.start.learningRate = 1e-300;
    Trainer trainer(frozen, prepared.data, {});
    double mean = 0;
    for (int sequence = 0; sequence < 10; ++sequence) {
        trainer.advance(Granularity::Update);
        mean += trainer.loss() / 10;
    }
    Evolution evolution = evolutionOf(prepared);
    const double loss = evolution.trainingLoss(prepared.trainer().weights());
    QVERIFY2(std::abs(loss - mean) < 1e-12, qPrintable(QString::number(loss - mean)));
}

void TestEvolution::learnsToAdd()
{
    const test::Prepared prepared = test::prepareText(sum);
    Evolution evolution = evolutionOf(prepared);
    const double before = evolution.trainingLoss(evolution.weights());
    runSteps(evolution, 100'000);
    const double after = evolution.trainingLoss(evolution.weights());
    QVERIFY2(before > 0.05 && after < 1e-6, qPrintable(QStringLiteral("%1 → %2").arg(before).arg(after)));
}

void TestEvolution::learnsAShortEcho()
{
    const test::Prepared prepared = test::prepareText(echo);
    Evolution evolution = evolutionOf(prepared);
    const double before = evolution.trainingLoss(evolution.weights());
    runSteps(evolution, 2'000'000);
    const double after = evolution.trainingLoss(evolution.weights());
    QVERIFY2(before > 0.1 && after < 0.02, qPrintable(QStringLiteral("%1 → %2").arg(before).arg(after)));
}

void TestEvolution::stepSizeGrowsFarAwayAndShrinksNear()
{
    Experiment far = parseExperiment(sum, "sum.chronograd.json");
    far.network.weights["output.W"] = Matrix::Constant(1, 2, 30.0);
    const test::Prepared prepared(far);
    Evolution evolution = evolutionOf(prepared);
    double greatest = 0;
    while (evolution.generations() < 100) {
        evolution.runChild();
        greatest = std::max(greatest, evolution.stepSize());
    }
    QVERIFY(greatest > 1.0); // began at 0.1
    runSteps(evolution, 200'000);
    QVERIFY2(evolution.stepSize() < 0.01, qPrintable(QString::number(evolution.stepSize())));
}

void TestEvolution::frozenWeightsStay()
{
    Experiment experiment = parseExperiment(echo, "echo.chronograd.json");
    experiment.network.layers.front().trainable = false;
    const test::Prepared prepared(experiment);
    Evolution evolution = evolutionOf(prepared);
    const Trainer trainer = prepared.trainer();
    runSteps(evolution, 20'000);
    for (const ParameterView& view : trainer.network().parameters().views()) {
        const bool isSame = matrixOf(view, evolution.weights()) == matrixOf(view, trainer.weights());
        QCOMPARE(isSame, view.layer == 0);
    }
}

void TestEvolution::aChildCostsItsTimeSteps()
{
    const test::Prepared prepared = test::prepareText(echo); // sequences of 20: five of them are 100 steps
    Evolution evolution = evolutionOf(prepared);
    QVERIFY(!evolution.runChild());
    QCOMPARE(evolution.stepsDone(), 100);
    while (!evolution.runChild()) {
    }
    QCOMPARE(evolution.stepsDone(), 100 * evolution.children());
    QCOMPARE(evolution.generations(), 1);
}

void TestEvolution::backPropagationIsMuchBetterAtTheSameBudget()
{
    constexpr std::int64_t budget = 100'000;
    const test::Prepared prepared = test::prepareText(echo);
    Trainer trainer = prepared.trainer();
    while (trainer.stepsDone() < budget)
        trainer.advance(Granularity::Update);
    Evolution evolution = evolutionOf(prepared);
    runSteps(evolution, budget);
    const double back = evolution.trainingLoss(trainer.weights());
    const double evolved = evolution.trainingLoss(evolution.weights());
    QVERIFY2(back < 0.1 * evolved, qPrintable(QStringLiteral("%1 and %2").arg(back).arg(evolved)));
}

QTEST_APPLESS_MAIN(TestEvolution)
#include "test_evolution.moc"
