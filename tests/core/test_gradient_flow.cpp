#include "core/analysis/gradient_flow.h"
#include "core/analysis/ledger.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

/// How far back the error reaches: against the ledger, against back-propagation written out by hand, and
/// against a trainer that cuts nothing.
class TestGradientFlow : public QObject
{
    Q_OBJECT

private slots:
    void lagsAreTheDiagonalsOfTheLedger();
    void normsAreThoseOfErrorsSentBackByHand();
    void whatWasCutIsWhatFullTrainingKeeps();
    void everyLagBelongsToTheWindowWhenNothingIsCut();
    void thereIsNoneWhereNothingFlowsThroughTime();
};

namespace {

/// Euclidean norm over all weights of the sums along one diagonal of their ledgers.
std::vector<double> diagonalNorms(const Frame& frame)
{
    std::vector<double> squares(static_cast<std::size_t>(frame.window.length()), 0.0);
    const auto& views = frame.network->parameters().views();
    for (std::size_t id = 0; id < views.size(); ++id) {
        for (int row = 0; row < views[id].rows; ++row) {
            for (int column = 0; column < views[id].columns; ++column) {
                const Matrix shares =
                    ledgerOf(frame, static_cast<ParameterId>(id), row, column).contributions;
                for (std::size_t lag = 0; lag < squares.size(); ++lag) {
                    const double sum = shares.diagonal(-static_cast<Eigen::Index>(lag)).sum();
                    squares[lag] += sum * sum;
                }
            }
        }
    }
    for (double& each : squares) {
        each = std::sqrt(each);
    }
    return squares;
}

} // namespace

void TestGradientFlow::lagsAreTheDiagonalsOfTheLedger()
{
    int checked = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        for (unsigned i = 0; i <= seed % 3 && !trainer.isFinished(); ++i) {
            trainer.advance(Granularity::Update);
        }
        const Frame frame = test::wholeFrame(trainer);
        if (!hasGradientFlow(frame) || frame.network->needsWholeSequence()) {
            continue;
        }
        const GradientFlow flow = gradientFlowOf(frame);
        const std::vector<double> expected = diagonalNorms(frame);
        QVERIFY(flow.applied.size() >= flow.uncut.size());
        for (std::size_t lag = 0; lag < expected.size(); ++lag) {
            const double own = lag < flow.applied.size() ? flow.applied[lag] : 0.0;
            QVERIFY2(std::abs(own - expected[lag]) <= 1e-12 * std::max(1.0, expected[lag]),
                     qPrintable(QStringLiteral("seed %1, lag %2: %3 instead of %4")
                                    .arg(seed)
                                    .arg(lag)
                                    .arg(own)
                                    .arg(expected[lag])));
        }
        for (std::size_t lag = expected.size(); lag < flow.applied.size(); ++lag) {
            QCOMPARE(flow.applied[lag], 0.0);
        }
        ++checked;
    }
    QVERIFY(checked > 25);
}

void TestGradientFlow::normsAreThoseOfErrorsSentBackByHand()
{
    const test::Prepared prepared = test::echo(R"("k1": 3, "k2": 4, "injection": "window")");
    Trainer trainer = prepared.trainer();
    for (int i = 0; i < 3; ++i) {
        trainer.advance(Granularity::Update); // t = 9, window 6 … 9
    }
    const Frame frame = test::wholeFrame(trainer);
    QCOMPARE(frame.window, (Window{6, 9}));
    const GradientFlow flow = gradientFlowOf(frame);
    QCOMPARE(flow.firstStep, 1);
    QCOMPARE(flow.losses, (std::vector<std::int64_t>{6, 7, 8, 9}));

    const Matrix recurrent = test::parameterOf(frame, "hidden.W_h", frame.before);
    const Matrix output = test::parameterOf(frame, "output.W", frame.before);
    const Matrix& states = frame.values[static_cast<std::size_t>(frame.network->layers()[0].output)];
    const Matrix& said = frame.values[static_cast<std::size_t>(frame.network->layers()[1].output)];
    for (std::size_t row = 0; row < flow.losses.size(); ++row) {
        const auto loss = static_cast<Eigen::Index>(flow.losses[row]);
        // Half the squared error, its mean over four losses.
        Vector error = output.transpose() * (said.col(loss) - frame.targets.col(loss - 1)) / 4.0;
        for (Eigen::Index t = loss; t >= 1; --t) {
            const double norm = flow.norms(static_cast<Eigen::Index>(row), t - 1);
            QVERIFY(std::abs(norm - error.norm()) <= 1e-14);
            QVERIFY(norm > 0.0);
            error = recurrent.transpose() * (error.array() * (1.0 - states.col(t).array().square())).matrix();
        }
        for (Eigen::Index t = loss + 1; t <= 9; ++t) {
            QCOMPARE(flow.norms(static_cast<Eigen::Index>(row), t - 1), 0.0); // only back
        }
    }
    QVERIFY(flow.isCut(5) && !flow.isCut(6));
}

void TestGradientFlow::whatWasCutIsWhatFullTrainingKeeps()
{
    // The first update of both is made at t = 8 with the same weights and the same single loss.
    const auto flowWith = [](const char* k2) {
        const test::Prepared prepared =
            test::echo(std::string(R"("k1": 8, "injection": "last", "k2": )") + k2);
        Trainer trainer = prepared.trainer();
        trainer.advance(Granularity::Update);
        return gradientFlowOf(test::wholeFrame(trainer));
    };
    const GradientFlow cut = flowWith("3");
    const GradientFlow full = flowWith("\"n\"");
    QCOMPARE(cut.uncut.size(), std::size_t{8});
    QCOMPARE(full.applied.size(), std::size_t{8});
    for (std::size_t lag = 0; lag < 8; ++lag) {
        QVERIFY(std::abs(cut.uncut[lag] - full.applied[lag]) <= 1e-15);
        QVERIFY(cut.uncut[lag] > 0.0);
        QVERIFY(std::abs(cut.applied[lag] - (lag < 3 ? full.applied[lag] : 0.0)) <= 1e-15);
    }
}

void TestGradientFlow::everyLagBelongsToTheWindowWhenNothingIsCut()
{
    const test::Prepared prepared = test::echo(R"("k1": "n", "k2": "n")");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const GradientFlow flow = gradientFlowOf(test::wholeFrame(trainer));
    QCOMPARE(flow.applied, flow.uncut);
}

void TestGradientFlow::thereIsNoneWhereNothingFlowsThroughTime()
{
    const test::Prepared prepared = test::prepareText(R"({"chronograd": 1, "network": {"inputs": 1,
        "layers": [{"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 1, "length": 5, "sequences": 1}, "training": {}})");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    QVERIFY(!hasGradientFlow(test::wholeFrame(trainer)));
}

QTEST_APPLESS_MAIN(TestGradientFlow)
#include "test_gradient_flow.moc"
