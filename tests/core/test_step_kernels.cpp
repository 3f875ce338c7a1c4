#include "tests/support/kernel_matrices.h"

#include <cmath>
#include <span>

using namespace chronograd;
using namespace chronograd::test;

class TestStepKernels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { addKernelSets(); }
    void momentumFollowsItsFormula();
    void gradientAndMomentumInOnePassAreTheTwoInTurn();
    void matricesOfALayerStepTogether();
};

void TestStepKernels::momentumFollowsItsFormula()
{
    for (int size : sizes) {
        const Matrix g = randomMatrix(size, 1);
        Matrix v = randomMatrix(size, 1), w = randomMatrix(size, 1);
        const Matrix velocity = 0.9 * v - 0.05 * 0.25 * g;
        const Matrix weights = w + velocity;
        kernelsUnderTest().momentumUpdate(static_cast<std::size_t>(size), 0.9, 0.05, 0.25, g.data(), v.data(),
                                          w.data());
        QVERIFY(largestDifference(v.topRows(size), velocity.topRows(size)) < 1e-15);
        QVERIFY(largestDifference(w.topRows(size), weights.topRows(size)) < 1e-15);
    }
}

void TestStepKernels::gradientAndMomentumInOnePassAreTheTwoInTurn()
{
    forEachShape([](int rows, int inner, int columns) {
        const Matrix d = randomMatrix(rows, columns), s = randomMatrix(inner, columns);
        Matrix v = randomMatrix(rows, inner), w = randomMatrix(rows, inner);
        Matrix gradient = Matrix::Zero(w.rows(), inner), kept = w;
        kernelsUnderTest().outerProductAdd(padded(rows), inner, columns, d.data(), d.rows(), s.data(),
                                           s.rows(), gradient.data(), gradient.rows());
        const Matrix velocity = 0.9 * v - 0.05 * gradient;
        const Matrix weights = w + velocity;
        Matrix v2 = v, w2 = w;
        const kernels::TrainedMatrix matrix{
            0, w.rows(), padded(rows), inner, {d.data(), d.rows()}, {s.data(), s.rows()}};
        const auto run = [&](bool isOneColumn, const kernels::ParameterVectors& vectors) {
            const auto step =
                kernelsUnderTest().momentumKernel(matrix, isOneColumn, vectors.gradient != nullptr);
            return step({&matrix, 1}, {0, 0, columns}, {0.9, 0.05}, vectors);
        };
        const double squares = run(columns == 1, {w.data(), v.data(), kept.data()});
        QVERIFY(bitwiseEqual(kept, gradient));
        QVERIFY(largestDifference(v, velocity) < 1e-14);
        QVERIFY(largestDifference(w, weights) < 1e-14);
        QVERIFY(std::abs(squares - gradient.squaredNorm()) <= 1e-13 * squares);
        run(false, {w2.data(), v2.data(), nullptr});
        QVERIFY(bitwiseEqual(v2, v) && bitwiseEqual(w2, w));
    });
}

/// W x + U h + b, and a single unit's row of weights with its bias: in one call as in one for each.
void TestStepKernels::matricesOfALayerStepTogether()
{
    for (int rows : {1, 2, 3, 4, 5, 8, 16, 40})
        for (int columns : {1, 3}) {
            constexpr int inputs = 3;
            const int height = padded(rows);
            const Matrix d = randomMatrix(rows, columns);
            const Matrix x = randomMatrix(inputs, columns), h = randomMatrix(rows, columns);
            const bool isRow = height == 1;
            const int firstInner = isRow ? 8 : inputs;
            const Matrix first = randomMatrix(firstInner, columns);
            const double one = 1.0;
            const std::ptrdiff_t second = std::ptrdiff_t{height} * firstInner;
            std::vector<kernels::TrainedMatrix> matrices{
                {0, height, height, firstInner, view(d), view(first)}};
            std::ptrdiff_t end = second;
            if (!isRow) {
                matrices.push_back({end, height, height, rows, view(d), view(h)});
                end += std::ptrdiff_t{height} * rows;
            }
            matrices.push_back({end, height, height, 1, view(d), {&one, 0}});
            end += height;
            Matrix v = randomMatrix(static_cast<int>(end), 1), w = randomMatrix(static_cast<int>(end), 1);
            Matrix v2 = v, w2 = w;
            for (const kernels::TrainedMatrix& matrix : matrices)
                QVERIFY(matrices.front().stepsWith(matrix));
            const auto step = [&](std::span<const kernels::TrainedMatrix> some, Matrix& velocity,
                                  Matrix& weights) {
                const auto run = kernelsUnderTest().momentumKernel(some.front(), columns == 1, false);
                return run(some, {0, 0, columns}, {0.9, 0.05}, {weights.data(), velocity.data(), nullptr});
            };
            const double squares = step(matrices, v, w);
            double inTurn = 0.0;
            for (const kernels::TrainedMatrix& matrix : matrices)
                inTurn += step({&matrix, 1}, v2, w2);
            QVERIFY(bitwiseEqual(v, v2) && bitwiseEqual(w, w2));
            QVERIFY(std::abs(squares - inTurn) <= 1e-14 * squares);
        }
}

QTEST_APPLESS_MAIN(TestStepKernels)
#include "test_step_kernels.moc"
