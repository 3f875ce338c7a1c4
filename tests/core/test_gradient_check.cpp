#include "core/training/gradient_check.h"
#include "tests/support/experiments.h"

#include <QTest>

using namespace chronograd;

/// Back-propagation against central differences, over random small networks and every way of truncating.
class TestGradientCheck : public QObject
{
    Q_OBJECT

private slots:
    void holdsForRandomNetworks();
    void holdsForReluAwayFromItsCorner();
    void fullBpttAppliesWhatItChecks();
    void storedHistoryAcrossAnUpdateDiffers();
    void aWrongGradientIsFound();
};

void TestGradientCheck::holdsForRandomNetworks()
{
    int checked = 0;
    int passed = 0;
    for (unsigned seed = 1; seed <= 400; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        const int updates = 1 + static_cast<int>(seed % 5);
        for (int i = 0; i < updates; ++i) {
            trainer.advance(Granularity::Update);
        }
        if (trainer.isFinished()) {
            continue; // no loss ever enters, or an output that is fed back has exploded
        }
        const GradientCheck check = checkGradient(test::wholeFrames(trainer));
        // A difference of losses near 1 is known to 1e-11 at best: where gradients are very small the last
        // digits are lost, so a few networks are allowed more than the command line's tolerance, none much
        // more.
        QVERIFY2(check.worst <= 20 * GradientCheck::tolerance,
                 qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(check.worst)));
        passed += check.passed() ? 1 : 0;
        ++checked;
    }
    QVERIFY2(passed > 0.98 * checked, qPrintable(QStringLiteral("%1 of %2").arg(passed).arg(checked)));
    QVERIFY2(checked > 350, qPrintable(QString::number(checked)));
}

namespace {

const char* const reluExperiment = R"({
    "chronograd": 1,
    "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 6, "activation": "relu"},
        {"name": "output", "cell": "dense", "units": 1}]},
    "task": {"kind": "sine", "length": 12, "sequences": 1},
    "training": {"k1": 4, "k2": 9, "learning_rate": 0.02}})";

} // namespace

void TestGradientCheck::holdsForReluAwayFromItsCorner()
{
    const test::Prepared prepared = test::prepareText(reluExperiment);
    Trainer trainer = prepared.trainer();
    for (int i = 0; i < 9; ++i) {
        trainer.advance(Granularity::Update);
        QVERIFY(checkGradient(test::wholeFrames(trainer)).passed());
    }
}

void TestGradientCheck::fullBpttAppliesWhatItChecks()
{
    const test::Prepared prepared = test::prepareReference("elman-full");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    for (const ParameterCheck& parameter : checkGradient(test::wholeFrames(trainer)).parameters) {
        QVERIFY(parameter.appliedDiffers < 1e-13);
    }
}

void TestGradientCheck::storedHistoryAcrossAnUpdateDiffers()
{
    const test::Prepared prepared = test::prepareReference("elman-tbptt-3-7-stored");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    trainer.advance(Granularity::Update);
    const GradientCheck check = checkGradient(test::wholeFrames(trainer));
    QVERIFY(check.passed());
    const auto differs = [](const ParameterCheck& parameter) { return parameter.appliedDiffers > 1e-6; };
    QVERIFY(std::any_of(check.parameters.begin(), check.parameters.end(), differs));
}

void TestGradientCheck::aWrongGradientIsFound()
{
    const test::Prepared prepared = test::prepareReference("elman-full");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    std::vector<Frame> frames = test::wholeFrames(trainer);
    frames.front().before[0] += 0.01; // the check now differentiates at another point than was applied
    const GradientCheck check = checkGradient(frames);
    QVERIFY(check.passed());
    QVERIFY(check.parameters.front().appliedDiffers > 1e-4);
}

QTEST_APPLESS_MAIN(TestGradientCheck)
#include "test_gradient_check.moc"
