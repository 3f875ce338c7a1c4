#include "core/analysis/saturation.h"
#include "core/analysis/spectrum.h"
#include "core/analysis/update_sizes.h"
#include "tests/support/small_networks.h"

#include <Eigen/LU>
#include <QTest>

#include <cmath>

using namespace chronograd;

/// Saturation, eigenvalues and sizes of updates.
class TestWeightStatistics : public QObject
{
    Q_OBJECT

private slots:
    void flatUnitsAreCounted();
    void everyGateIsAnActivationOfItsOwn();
    void eigenvaluesOfARotation();
    void eigenvaluesMakeTraceAndDeterminant();
    void gatedLayersHaveOneMatrixPerGate();
    void sizesAreNormsOfTheUpdate();
};

namespace {

Frame frameOf(const test::Prepared& prepared)
{
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    return test::wholeFrame(trainer);
}

Frame layersFrame(const std::string& layers, const std::string& weights = "{}")
{
    return frameOf(test::prepareText(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [)" + layers +
                                     R"(], "weights": )" + weights +
                                     R"(}, "task": {"kind": "echo", "delay": 1, "length": 4, "sequences": 1},
        "training": {"k1": 4, "k2": 4}})"));
}

} // namespace

void TestWeightStatistics::flatUnitsAreCounted()
{
    Frame frame = frameOf(test::echo(R"("k1": 4, "k2": 4)"));
    // tanh′ = 1 − h² < 0.05 from |h| = 0.9747 on
    Matrix& states = frame.values[static_cast<std::size_t>(frame.network->layers()[0].output)];
    states.setZero();
    states(0, 1) = 0.976; // step 1
    states(1, 2) = -0.99;
    states(2, 3) = 0.974; // just not
    states(3, 0) = 1.0;   // the state before the window is not in it
    const std::vector<SaturatedUnits> all = saturationsOf(frame);
    QCOMPARE(all.size(), std::size_t{1}); // the output is linear
    QCOMPARE(all.front().slot, frame.network->layers()[0].output);
    QCOMPARE(all.front().share, 2.0 / 16.0);
}

void TestWeightStatistics::everyGateIsAnActivationOfItsOwn()
{
    Frame frame = layersFrame(R"({"name": "memory", "cell": "lstm", "units": 3},
                                 {"name": "output", "cell": "dense", "units": 1})");
    frame.values[static_cast<std::size_t>(*frame.network->findSlot(0, "f"))].setConstant(0.999);
    for (const SaturatedUnits& each : saturationsOf(frame)) {
        const std::string& name =
            frame.network->program().slotTable[static_cast<std::size_t>(each.slot)].name;
        QCOMPARE(each.share, name == "f" ? 1.0 : 0.0); // σ′ = 0.001, of 0.25
    }
    QCOMPARE(saturationsOf(frame).size(), std::size_t{5}); // i f g o and tanh(c)
}

void TestWeightStatistics::eigenvaluesOfARotation()
{
    const Frame frame = layersFrame(R"({"name": "hidden", "cell": "elman", "units": 2},
                                       {"name": "output", "cell": "dense", "units": 1, "trainable": false})",
                                    R"({"output.W": [[0, 0]], "hidden.W_h": [[0.6, -0.8], [0.8, 0.6]]})");
    const std::vector<Spectrum> all = spectraOf(frame); // no error comes through the output: W_h stays
    QCOMPARE(all.size(), std::size_t{1});
    QVERIFY(std::abs(all[0].radius() - 1.0) <= 1e-12);
    QVERIFY(std::abs(all[0].eigenvalues[0] - std::complex(0.6, 0.8)) <= 1e-12);
    QVERIFY(std::abs(all[0].eigenvalues[1] - std::complex(0.6, -0.8)) <= 1e-12);
}

void TestWeightStatistics::eigenvaluesMakeTraceAndDeterminant()
{
    const Frame frame = frameOf(test::echo(R"("k1": 4, "k2": 4)", 6));
    const Matrix weights = test::parameterOf(frame, "hidden.W_h", frame.after);
    std::complex<double> sum = 0.0;
    std::complex<double> product = 1.0;
    const Spectrum spectrum = spectraOf(frame).at(0);
    for (const std::complex<double> value : spectrum.eigenvalues) {
        sum += value;
        product *= value;
    }
    QVERIFY(std::abs(sum - weights.trace()) <= 1e-12);
    QVERIFY(std::abs(product - weights.determinant()) <= 1e-12);
}

void TestWeightStatistics::gatedLayersHaveOneMatrixPerGate()
{
    const Frame frame = layersFrame(R"({"name": "memory", "cell": "gru", "units": 3},
                                       {"name": "output", "cell": "dense", "units": 1})");
    const std::vector<RecurrentMatrix> all = recurrentMatrices(*frame.network);
    QCOMPARE(all.size(), std::size_t{3});
    QCOMPARE(all[2].gate, std::string("n"));
    const Matrix block = test::parameterOf(frame, "memory.W_h", frame.after).middleRows(6, 3);
    std::complex<double> sum = 0.0;
    const Spectrum spectrum = spectraOf(frame).at(2);
    for (const std::complex<double> value : spectrum.eigenvalues) {
        sum += value;
    }
    QVERIFY(std::abs(sum - block.trace()) <= 1e-12);
}

void TestWeightStatistics::sizesAreNormsOfTheUpdate()
{
    const test::Prepared prepared = test::echo(R"("k1": 2, "k2": 4, "momentum": 0.5, "learning_rate": 0.1)");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    trainer.advance(Granularity::Update);
    const Frame frame = test::wholeFrame(trainer);
    const std::vector<UpdateSize> sizes = updateSizesOf(frame);
    double change = 0.0;
    double gradient = 0.0;
    for (const UpdateSize& size : sizes) {
        change += size.change * size.change;
        gradient += size.gradient * size.gradient;
        QVERIFY(size.change > 0.0);
        QCOMPARE(size.velocity, size.change); // sgd: Δw = v
        QCOMPARE(size.relative(), size.weight > 0.0 ? size.change / size.weight : 0.0);
    }
    QVERIFY(std::abs(std::sqrt(change) - (frame.after - frame.before).norm()) <= 1e-12);
    QVERIFY(std::abs(std::sqrt(gradient) - trainer.gradientNorm()) <= 1e-12);
}

QTEST_APPLESS_MAIN(TestWeightStatistics)
#include "test_weight_statistics.moc"
