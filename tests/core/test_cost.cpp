#include "core/analysis/cost.h"
#include "tests/support/small_networks.h"

#include <QTest>

using namespace chronograd;

/// What training costs, counted.
class TestCost : public QObject
{
    Q_OBJECT

private slots:
    void productsOfAnElmanNetwork();
    void wholeSequencesAgainstEveryStep();
    void updatesAreThoseOfTheTrainer();
};

namespace {

constexpr int units = 32;

std::shared_ptr<const Network> elman()
{
    NetworkSpec spec;
    spec.inputs = 1;
    spec.layers = {{.name = "hidden", .cell = Cell::Elman, .units = units, .activation = {}},
                   {.name = "output", .cell = Cell::Dense, .units = 1, .activation = {}}};
    return Network::build(spec);
}

Hyperparameters settings(StepCount k1, StepCount k2)
{
    Hyperparameters result;
    result.k1 = k1;
    result.k2 = k2;
    return result;
}

} // namespace

void TestCost::productsOfAnElmanNetwork()
{
    // W_x: 32, W_h: 1024, W: 32
    QCOMPARE(forwardMultiplyAdds(*elman()), 32.0 + 1024 + 32);
    // Five steps back: each makes an outer product of every matrix and sends the error through W; four times
    // it goes through W_h; the input wants no error.
    QCOMPARE(backwardMultiplyAdds(*elman(), 5), 5.0 * (32 + 1024 + 32) + 5.0 * 32 + 4.0 * 1024);
    QCOMPARE(numbersPerStep(*elman()), 1.0 + 32 + 32 + 1 + 1); // input, net, h, net, y
}

void TestCost::wholeSequencesAgainstEveryStep()
{
    const StepCount n = StepCount::wholeSequence();
    const Cost whole = costOf(*elman(), settings(n, n), 100);
    QCOMPARE(whole.updates, 1);
    QCOMPARE(whole.longestSweep, 100);
    QCOMPARE(whole.storedNumbers, 100.0 * 67);
    QCOMPARE(whole.multiplyAdds, 100.0 * 1088 + backwardMultiplyAdds(*elman(), 100));
    const Cost everyStep = costOf(*elman(), settings(StepCount(1), n), 100);
    QCOMPARE(everyStep.updates, 100);
    double back = 0.0;
    for (int t = 1; t <= 100; ++t) {
        back += backwardMultiplyAdds(*elman(), t);
    }
    QCOMPARE(everyStep.multiplyAdds, 100.0 * 1088 + back);
}

void TestCost::updatesAreThoseOfTheTrainer()
{
    int checked = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        Experiment experiment = test::RandomExperiment(seed).make();
        auto& sequences = std::get<InlineTask>(experiment.task).sequences;
        sequences.resize(1);
        for (auto& target : sequences[0].targets) {                 // every step has one
            target = target ? target : sequences[0].targets.back(); // never absent
        }
        const test::Prepared prepared(std::move(experiment));
        Trainer trainer = prepared.trainer();
        const Hyperparameters before = trainer.settings();
        std::int64_t longest = 0;
        do {
            trainer.advance(Granularity::Update);
            if (!trainer.isFinished()) {
                longest = std::max(longest, test::wholeFrame(trainer).window.length());
            }
        } while (!trainer.isFinished() && trainer.position().t < trainer.position().sequenceLength &&
                 trainer.position().epoch == 1);
        if (trainer.isFinished() || trainer.position().epoch != 1) {
            continue; // the last steps of a sequence made no update of their own
        }
        const Cost cost = costOf(trainer.network(), before, trainer.position().sequenceLength);
        QVERIFY2(cost.updates == trainer.position().update,
                 qPrintable(QStringLiteral("seed %1: %2 instead of %3")
                                .arg(seed)
                                .arg(cost.updates)
                                .arg(trainer.position().update)));
        QCOMPARE(cost.longestSweep, longest);
        ++checked;
    }
    QVERIFY(checked > 60);
}

QTEST_APPLESS_MAIN(TestCost)
#include "test_cost.moc"
