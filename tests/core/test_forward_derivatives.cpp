#include "core/analysis/carried_state.h"
#include "core/analysis/jacobians.h"
#include "core/analysis/rtrl.h"
#include "core/training/window_loss.h"
#include "tests/support/small_networks.h"

#include <Eigen/SVD>
#include <QTest>

#include <cmath>

using namespace chronograd;

/// Derivatives forward in time: Jacobians of one step and real-time recurrent learning, for every cell.
class TestForwardDerivatives : public QObject
{
    Q_OBJECT

private slots:
    void jacobiansAreDifferencesOfOneStep();
    void normsAreSingularValues();
    void rtrlIsBptt();
    void rtrlTellsADifference();
    void largeOrTwoWayNetworksHaveNone();
};

namespace {

/// ∂h_t/∂h_{t−1} by central differences of a step run anew.
Matrix differences(const Frame& frame, std::int64_t t)
{
    const std::vector<SlotId> carried = carriedSlots(*frame.network);
    Unfolding step(frame.network, 1);
    const auto column = static_cast<Eigen::Index>(t - frame.firstStep + 1);
    const auto run = [&](SlotId moved, int unit, double by) {
        for (SlotId id = 0; id < static_cast<SlotId>(frame.values.size()); ++id) {
            SlotColumns& slot = step.slot(id);
            for (int u = 0; u < slot.units(); ++u) {
                slot.value(0)[slot.row(u)] = frame.values[static_cast<std::size_t>(id)](u, column - 1) +
                                             (id == moved && u == unit ? by : 0.0);
            }
        }
        const auto input = frame.values.front().col(column);
        step.setInput(1, {input.data(), static_cast<std::size_t>(input.size())});
        step.forward(frame.before.data(), {1, 1});
        Vector state(carriedUnits(*frame.network));
        Eigen::Index at = 0;
        for (const SlotId id : carried) {
            for (int u = 0; u < step.slot(id).units(); ++u) {
                state[at++] = step.slot(id).value(1)[step.slot(id).row(u)];
            }
        }
        return state;
    };
    Matrix jacobian(carriedUnits(*frame.network), carriedUnits(*frame.network));
    Eigen::Index at = 0;
    constexpr double h = 1e-6;
    for (const SlotId id : carried) {
        for (int unit = 0; unit < step.slot(id).units(); ++unit) {
            jacobian.col(at++) = (run(id, unit, h) - run(id, unit, -h)) / (2.0 * h);
        }
    }
    return jacobian;
}

/// A random network whose values are all of the weights now in force: its first update.
std::optional<Frame> firstFrame(unsigned seed)
{
    const test::Prepared prepared(test::RandomExperiment(seed).make());
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    Frame frame = test::wholeFrame(trainer);
    if (!frame.updateDone || frame.network->needsWholeSequence() || frame.window.length() < 1) {
        return std::nullopt;
    }
    return frame;
}

} // namespace

void TestForwardDerivatives::jacobiansAreDifferencesOfOneStep()
{
    int checked = 0;
    for (unsigned seed = 1; seed <= 80; ++seed) {
        const std::optional<Frame> frame = firstFrame(seed);
        if (!frame || carriedUnits(*frame->network) == 0) {
            continue;
        }
        const double error = (jacobianAt(*frame, frame->window.to) - differences(*frame, frame->window.to))
                                 .cwiseAbs()
                                 .maxCoeff();
        QVERIFY2(error <= 1e-8, qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(error)));
        ++checked;
    }
    QVERIFY(checked > 30);
}

void TestForwardDerivatives::normsAreSingularValues()
{
    const test::Prepared prepared = test::echo(R"("k1": 6, "k2": 6)");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const Frame frame = test::wholeFrame(trainer);
    const auto chain = jacobianChainOf(frame);
    QVERIFY(chain.has_value());
    QCOMPARE(chain->firstStep, 2);
    QCOMPARE(chain->norms.size(), std::size_t{5});
    const Matrix recurrent = test::parameterOf(frame, "hidden.W_h", frame.before);
    const Matrix& states = frame.values[static_cast<std::size_t>(frame.network->layers()[0].output)];
    Matrix product = Matrix::Identity(4, 4);
    for (Eigen::Index t = 6; t >= 2; --t) {
        const Matrix jacobian = (1.0 - states.col(t).array().square()).matrix().asDiagonal() * recurrent;
        product = product * jacobian;
        const auto at = static_cast<std::size_t>(t - 2);
        QVERIFY(std::abs(chain->norms[at] - Eigen::JacobiSVD<Matrix>(jacobian).singularValues()[0]) <= 1e-12);
        QVERIFY(std::abs(chain->products[at] - Eigen::JacobiSVD<Matrix>(product).singularValues()[0]) <=
                1e-12);
    }
}

void TestForwardDerivatives::rtrlIsBptt()
{
    int checked = 0;
    for (unsigned seed = 1; seed <= 120; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        for (unsigned i = 0; i <= seed % 4 && !trainer.isFinished(); ++i) {
            trainer.advance(Granularity::Update);
        }
        const auto comparison = compareWithRtrl(test::wholeFrame(trainer));
        if (!comparison) {
            continue;
        }
        const double greatest = comparison->gradient.cwiseAbs().maxCoeff();
        QVERIFY2(comparison->difference <= 1e-9 * std::max(1.0, greatest),
                 qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(comparison->difference)));
        checked += greatest > 0.0 ? 1 : 0;
    }
    QVERIFY(checked > 60);
}

void TestForwardDerivatives::rtrlTellsADifference()
{
    const test::Prepared prepared = test::echo(R"("k1": 6, "k2": 6)");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    Frame frame = test::wholeFrame(trainer);
    frame.gradient[0] += 1e-3;
    const auto comparison = compareWithRtrl(frame);
    QVERIFY(std::abs(comparison->difference - 1e-3) <= 1e-9);
    QCOMPARE(comparison->influence.size(), std::size_t{6});
    QCOMPARE(comparison->storedNumbers, 4.0 * (4 + 16 + 4 + 4 + 1)); // ∂h/∂w: units × parameters
}

void TestForwardDerivatives::largeOrTwoWayNetworksHaveNone()
{
    const test::Prepared prepared = test::echo(R"("k1": 6, "k2": 6)", 16); // and one output: 17 units
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    QVERIFY(!compareWithRtrl(test::wholeFrame(trainer)).has_value());
}

QTEST_APPLESS_MAIN(TestForwardDerivatives)
#include "test_forward_derivatives.moc"
