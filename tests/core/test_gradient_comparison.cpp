#include "core/analysis/gradient_comparison.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

/// The truncated gradient beside the full one.
class TestGradientComparison : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsCutWithK2OfTheWholeSequence();
    void fullIsWhatTrainingWithoutCutApplies();
    void shorterWindowsSeeOtherDirections();
    void framesThatDoNotReachTheStartTellNothing();
};

void TestGradientComparison::nothingIsCutWithK2OfTheWholeSequence()
{
    int checked = 0;
    for (unsigned seed = 1; seed <= 80; ++seed) {
        Experiment experiment = test::RandomExperiment(seed).make();
        experiment.training.start.k2 = StepCount::wholeSequence();
        experiment.training.start.history = History::Stored; // recomputed, a window never reaches back to 1
        const test::Prepared prepared(std::move(experiment));
        Trainer trainer = prepared.trainer();
        for (unsigned i = 0; i <= seed % 4 && !trainer.isFinished(); ++i) {
            trainer.advance(Granularity::Update);
        }
        const auto comparison = compareWithFull(test::wholeFrames(trainer));
        if (!comparison || comparison->appliedNorm == 0.0) {
            continue;
        }
        QVERIFY2(std::abs(comparison->cosine - 1.0) <= 1e-12,
                 qPrintable(QStringLiteral("seed %1").arg(seed)));
        QVERIFY(std::abs(comparison->relativeLength() - 1.0) <= 1e-12);
        QCOMPARE(comparison->appliedSteps, comparison->fullSteps);
        ++checked;
    }
    QVERIFY(checked > 50);
}

namespace {

/// The first update, at t = 10, of the loss of that step alone.
Trainer firstUpdate(const char* k2)
{
    const test::Prepared prepared = test::echo(std::string(R"("k1": 10, "injection": "last", "k2": )") + k2);
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    return trainer;
}

} // namespace

void TestGradientComparison::fullIsWhatTrainingWithoutCutApplies()
{
    const Trainer cut = firstUpdate("3");
    const Trainer full = firstUpdate("\"n\"");
    const auto comparison = compareWithFull(test::wholeFrames(cut));
    const Vector& a = test::wholeFrame(cut).gradient;
    const Vector& b = test::wholeFrame(full).gradient;
    QVERIFY(comparison.has_value());
    QVERIFY(std::abs(comparison->fullNorm - b.norm()) <= 1e-14);
    QVERIFY(std::abs(comparison->appliedNorm - a.norm()) <= 1e-14);
    QVERIFY(std::abs(comparison->cosine - a.dot(b) / a.norm() / b.norm()) <= 1e-14);
    QVERIFY(comparison->cosine < 1.0 - 1e-6);
    QCOMPARE(comparison->appliedSteps, 3);
    QCOMPARE(comparison->fullSteps, 10);
}

void TestGradientComparison::shorterWindowsSeeOtherDirections()
{
    double before = -1.0;
    for (const char* k2 : {"1", "2", "4", "\"n\""}) {
        const auto comparison = compareWithFull(test::wholeFrames(firstUpdate(k2)));
        QVERIFY(comparison->cosine > before);
        before = comparison->cosine;
    }
}

void TestGradientComparison::framesThatDoNotReachTheStartTellNothing()
{
    const Trainer trainer = firstUpdate("3");
    QVERIFY(!compareWithFull(trainer.frames({.stepsBeyondCut = 2})).has_value());
}

QTEST_APPLESS_MAIN(TestGradientComparison)
#include "test_gradient_comparison.moc"
