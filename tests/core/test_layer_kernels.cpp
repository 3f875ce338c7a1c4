#include "tests/support/kernel_matrices.h"

#include <algorithm>
#include <cmath>

using namespace chronograd;
using namespace chronograd::test;

class TestLayerKernels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { addKernelSets(); }
    void layersFollowTheirFormulas_data() { addActivations(); }
    void layersFollowTheirFormulas();
    void whatArrivesMayComeFromTheUnitsAbove();
    void netAndOutputMayBeOneWhereTheyAreEqual();
};

/// Against the single kernels; and grouping steps into calls must not matter to a bit.
void TestLayerKernels::layersFollowTheirFormulas()
{
    QFETCH(ActivationFunction, function);
    const KernelSet& set = kernelsUnderTest();
    for (int units : {1, 2, 3, 4, 5, 8, 16, 17, 24, 32, 40, 48, 64, 65, 96, 130})
        for (int thin : {0, 1, 3})
            for (bool isRecurrent : {true, false}) {
                constexpr int steps = 7;
                const int rows = padded(units);
                const Matrix u = randomMatrix(units, std::max(1, thin));
                const Matrix w = randomMatrix(units, rows) * 0.3; // going back, padding is multiplied too
                const Matrix read = randomMatrix(std::max(1, thin), steps);
                const Matrix bias = randomMatrix(units, 1);
                Matrix net = randomMatrix(units, steps), out = randomMatrix(units, steps + 1);
                Matrix net2 = net, out2 = out, net3 = net, out3 = out;
                const auto forward = [&](int first, int count, Matrix& n, Matrix& o) {
                    const int inner = isRecurrent ? units : 0;
                    set.layerForward(rows, inner)({.f = function,
                                                   .rows = rows,
                                                   .start = {bias.data(), 0},
                                                   .thin = thin,
                                                   .u = view(u),
                                                   .read = view(read),
                                                   .inner = inner,
                                                   .w = view(w),
                                                   .net = changing(n),
                                                   .out = changing(o, 1)},
                                                  first, count);
                };
                forward(0, steps, net, out);
                for (int n = 0; n < steps; ++n) {
                    forward(n, 1, net2, out2);
                    net3.col(n) = bias;
                    set.product(rows, thin, 1, view(net3, n), view(u), view(read, n), changing(net3, n));
                    if (isRecurrent)
                        set.product(rows, units, 1, view(net3, n), view(w), view(out3, n), changing(net3, n));
                    set.activate(function, rows, 1, net3.col(n).data(), rows, out3.col(n + 1).data(), rows);
                }
                QVERIFY(bitwiseEqual(net, net2) && bitwiseEqual(out, out2));
                QVERIFY(largestDifference(net, net3) < 1e-11 && largestDifference(out, out3) < 1e-11);

                for (const int arrivesFrom : {0, 3})
                    for (const bool adds : {false, true}) {
                        Matrix deltaOut = randomMatrix(units, steps), deltaNet = randomMatrix(units, steps);
                        Matrix deltaOut2 = deltaOut, deltaNet2 = deltaNet;
                        Matrix deltaOut3 = deltaOut, deltaNet3 = deltaNet;
                        const auto backward = [&](int first, int count, int from, Matrix& o, Matrix& n) {
                            const int inner = isRecurrent ? rows : 0;
                            return set.layerBackward(rows,
                                                     inner)({.f = function,
                                                             .rows = rows,
                                                             .inner = inner,
                                                             .transposed = view(w),
                                                             .out = view(out),
                                                             .deltaOut = changing(o),
                                                             .deltaNet = changing(n)},
                                                            {.first = first + 1,
                                                             .firstDelta = first,
                                                             .steps = count,
                                                             .arrivesFrom = from - first,
                                                             .hasNext = isRecurrent && first + count < steps,
                                                             .addsToNet = adds});
                        };
                        const double squares = backward(0, steps, arrivesFrom, deltaOut, deltaNet);
                        QVERIFY(std::abs(squares - deltaNet.squaredNorm()) <= 1e-13 * squares);
                        for (int n = steps - 1; n >= 0; --n) {
                            backward(n, 1, arrivesFrom, deltaOut2, deltaNet2);
                            if (n < arrivesFrom)
                                deltaOut3.col(n).setZero();
                            if (!adds)
                                deltaNet3.col(n).setZero();
                            if (isRecurrent && n + 1 < steps)
                                set.product(rows, units, 1, view(deltaOut3, n), view(w),
                                            view(deltaNet3, n + 1), changing(deltaOut3, n));
                            set.activateBackward(function, rows, 1, out.col(n + 1).data(), rows,
                                                 deltaOut3.col(n).data(), rows, deltaNet3.col(n).data(),
                                                 rows);
                        }
                        QVERIFY(bitwiseEqual(deltaOut, deltaOut2) && bitwiseEqual(deltaNet, deltaNet2));
                        const double size = 1.0 + deltaOut3.cwiseAbs().maxCoeff();
                        QVERIFY(largestDifference(deltaOut, deltaOut3) < 1e-12 * size);
                        QVERIFY(largestDifference(deltaNet, deltaNet3) < 1e-11 * size);
                    }
            }
}

/// A single unit above of a layer without padding, or few above of a small layer with or without it: as if
/// somebody had put it into deltaOut before.
void TestLayerKernels::whatArrivesMayComeFromTheUnitsAbove()
{
    constexpr int steps = 5;
    const KernelSet& set = kernelsUnderTest();
    for (int units : {1, 2, 3, 4, 8, 16, 24, 64, 128, 256})
        for (int unitsAbove : {1, 2, 3, 4}) {
            const int rows = padded(units);
            const bool isWhole = unitsAbove == 1 && rows == units;
            if (!isWhole && rows > kernels::LayerBackward::mostGathered)
                continue;
            const Matrix w = randomMatrix(units, rows) * 0.3;
            const Matrix above = isWhole ? randomMatrix(units, 1) : randomMatrix(unitsAbove, units);
            const Matrix errors = randomMatrix(unitsAbove, steps), out = randomMatrix(units, steps);
            Matrix deltaOut = randomMatrix(units, steps), deltaNet = randomMatrix(units, steps);
            Matrix expectedOut = Matrix::Zero(rows, steps), expectedNet = deltaNet;
            for (int n = 0; n < steps; ++n)
                for (int m = 0; m < units; ++m)
                    expectedOut(m, n) =
                        isWhole ? above(m, 0) * errors(0, n)
                                : above.col(m).head(unitsAbove).dot(errors.col(n).head(unitsAbove));
            const auto backward = [&](Matrix& o, Matrix& n, bool isGiven, int first, int count) {
                kernels::LayerBackward layer{.f = {Activation::Tanh},
                                             .rows = rows,
                                             .inner = rows,
                                             .transposed = view(w),
                                             .out = view(out),
                                             .deltaOut = changing(o),
                                             .deltaNet = changing(n),
                                             .units = units,
                                             .errors = view(errors)};
                if (!isGiven && isWhole)
                    layer.above = above.data();
                else if (!isGiven) {
                    layer.gathered = view(above);
                    layer.aboveUnits = unitsAbove;
                }
                set.layerBackward(rows, rows)(layer, {.first = first,
                                                      .firstDelta = first,
                                                      .steps = count,
                                                      .arrivesFrom = 1 - first,
                                                      .hasNext = first + count < steps});
            };
            Matrix deltaOut2 = deltaOut, deltaNet2 = deltaNet;
            backward(expectedOut, expectedNet, true, 0, steps);
            backward(deltaOut, deltaNet, false, 0, steps);
            for (int n = steps - 1; n >= 0; --n)
                backward(deltaOut2, deltaNet2, false, n, 1);
            QVERIFY(largestDifference(deltaOut, expectedOut) < 1e-13 * units);
            QVERIFY(largestDifference(deltaNet, expectedNet) < 1e-13 * units);
            QVERIFY(bitwiseEqual(deltaOut, deltaOut2) && bitwiseEqual(deltaNet, deltaNet2));
        }
}

void TestLayerKernels::netAndOutputMayBeOneWhereTheyAreEqual()
{
    constexpr int steps = 5;
    for (int units : {1, 2, 3, 8, 17, 96, 130}) {
        const int rows = padded(units);
        const Matrix w = randomMatrix(units, rows) * 0.1;
        const Matrix out = randomMatrix(units, steps);
        Matrix deltaOut = randomMatrix(units, steps), deltaNet = deltaOut, one = deltaOut;
        const auto backward = [&](Matrix& o, Matrix& n) {
            kernelsUnderTest().layerBackward(rows, rows)(
                {.f = {Activation::Identity},
                 .rows = rows,
                 .inner = rows,
                 .transposed = view(w),
                 .out = view(out),
                 .deltaOut = changing(o),
                 .deltaNet = changing(n)},
                {.first = 0, .firstDelta = 0, .steps = steps, .arrivesFrom = 2});
        };
        backward(deltaOut, deltaNet);
        backward(one, one);
        QVERIFY(bitwiseEqual(one, deltaNet));
        QVERIFY(one.cwiseAbs().maxCoeff() > 0.0);
    }
}

QTEST_APPLESS_MAIN(TestLayerKernels)
#include "test_layer_kernels.moc"
