#include "core/kernels/kernel_set.h"
#include "core/math/matrix.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <vector>

using namespace chronograd;
using kernels::KernelSet;

namespace {

const std::vector<int> sizes{1, 2, 3, 4, 5, 8, 17, 24, 64, 65};

int padded(int rows)
{
    return rows <= 2 ? rows : rows <= 4 ? 4 : (rows + 7) / 8 * 8;
}

std::mt19937_64& generator()
{
    static std::mt19937_64 engine(20240607);
    return engine;
}

/// rows × columns random numbers, padded below with zeros.
Matrix randomMatrix(int rows, int columns)
{
    std::normal_distribution<double> normal;
    Matrix matrix = Matrix::Zero(padded(rows), columns);
    for (int n = 0; n < columns; ++n)
        for (int m = 0; m < rows; ++m)
            matrix(m, n) = normal(generator());
    return matrix;
}

bool bitwiseEqual(const Matrix& a, const Matrix& b)
{
    return a.rows() == b.rows() && a.cols() == b.cols() &&
           std::memcmp(a.data(), b.data(), sizeof(double) * static_cast<std::size_t>(a.size())) == 0;
}

double largestDifference(const Matrix& a, const Matrix& b)
{
    return a.size() == 0 ? 0.0 : (a - b).cwiseAbs().maxCoeff();
}

kernels::ConstMatrixView view(const Matrix& matrix, int column = 0)
{
    return {matrix.col(column).data(), matrix.rows()};
}

kernels::MatrixView changing(Matrix& matrix, int column = 0)
{
    return {matrix.col(column).data(), matrix.rows()};
}

/// The kernels under test: every test runs for each set of this machine.
const KernelSet& kernelsUnderTest()
{
    using Set = const KernelSet*;
    if (const Set* set = static_cast<const Set*>(QTest::qGlobalData("set", qMetaTypeId<Set>())))
        return **set;
    qFatal("no kernel set");
}

/// Every combination of output size, input size and number of columns.
void forEachShape(const std::function<void(int rows, int inner, int columns)>& body)
{
    for (int rows : sizes)
        for (int inner : sizes)
            for (int columns : {1, 2, 3, 4, 5, 7, 17, 64}) {
                body(rows, inner, columns);
                if (QTest::currentTestFailed()) {
                    qWarning("at rows = %d, inner = %d, columns = %d", rows, inner, columns);
                    return;
                }
            }
}

} // namespace

class TestKernels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void productIsTheMatrixProduct();
    void transposedProductIsTheMatrixProduct();
    void outerProductSumsOverTheColumns();
    void columnsDoNotDependOnHowManyAreComputed();
    void nothingOutsideTheResultIsTouched();
    void biasesAreFilledInAndSummedUp();
    void activationsAreTheLibraryFunctions_data();
    void activationsAreTheLibraryFunctions();
    void slopesComeFromTheOutput_data();
    void slopesComeFromTheOutput();
    void momentumFollowsItsFormula();
    void gradientAndMomentumInOnePassAreTheTwoInTurn();
    void transposedCopyIsTheTranspose();
    void layersFollowTheirFormulas_data();
    void layersFollowTheirFormulas();
    void whatArrivesMayComeFromTheUnitsAbove();
    void netAndOutputMayBeOneWhereTheyAreEqual();
    void matricesOfALayerStepTogether();
    void elementsAreMultiplied();
    void elementsAreActivatedAsColumnsAre_data();
    void elementsAreActivatedAsColumnsAre();
    void elementsAreFoundByTheirColumns();
    void squaresAreSummedUp();
    void errorsAreSquaredAndScaled();
};

void TestKernels::initTestCase_data()
{
    QTest::addColumn<const KernelSet*>("set");
    for (const KernelSet* set : kernels::supportedKernelSets())
        QTest::newRow(std::string(set->name).c_str()) << set;
}

void TestKernels::productIsTheMatrixProduct()
{
    forEachShape([](int rows, int inner, int columns) {
        const Matrix a = randomMatrix(rows, inner);
        const Matrix b = randomMatrix(inner, columns);
        Matrix c = randomMatrix(rows, columns);
        const Matrix expected = c + a * b.topRows(inner);
        kernelsUnderTest().product(padded(rows), inner, columns, view(c), view(a), view(b), changing(c));
        QVERIFY(largestDifference(c, expected) < 1e-12);
        const Matrix bias = randomMatrix(rows, 1);
        kernelsUnderTest().product(padded(rows), inner, columns, {bias.data(), 0}, view(a), view(b),
                                   changing(c));
        QVERIFY(largestDifference(c, (a * b.topRows(inner)).colwise() + bias.col(0)) < 1e-12);
    });
}

void TestKernels::transposedProductIsTheMatrixProduct()
{
    forEachShape([](int rows, int inner, int columns) {
        const Matrix a = randomMatrix(rows, inner);
        const Matrix b = randomMatrix(rows, columns);
        Matrix c = randomMatrix(inner, columns);
        Matrix expected = c;
        expected.topRows(inner) += a.transpose() * b;
        kernelsUnderTest().transposedProduct(padded(rows), inner, columns, view(c), view(a), view(b),
                                             changing(c));
        QVERIFY(largestDifference(c, expected) < 1e-12);
    });
}

void TestKernels::outerProductSumsOverTheColumns()
{
    forEachShape([](int rows, int inner, int columns) {
        const Matrix d = randomMatrix(rows, columns);
        const Matrix s = randomMatrix(inner, columns);
        Matrix g = randomMatrix(rows, inner);
        const Matrix expected = g + d * s.topRows(inner).transpose();
        kernelsUnderTest().outerProductAdd(padded(rows), inner, columns, d.data(), d.rows(), s.data(),
                                           s.rows(), g.data(), g.rows());
        QVERIFY(largestDifference(g, expected) < 1e-12);
    });
}

void TestKernels::columnsDoNotDependOnHowManyAreComputed()
{
    const ActivationFunction tanh{Activation::Tanh};
    forEachShape([&](int rows, int inner, int columns) {
        const Matrix a = randomMatrix(rows, inner);
        const Matrix b = randomMatrix(inner, columns);
        const Matrix d = randomMatrix(rows, columns);
        Matrix forward = randomMatrix(rows, columns), backward = randomMatrix(inner, columns);
        Matrix forwardByColumn = forward, backwardByColumn = backward;

        kernelsUnderTest().product(padded(rows), inner, columns, view(forward), view(a), view(b),
                                   changing(forward));
        kernelsUnderTest().activate(tanh, padded(rows), columns, forward.data(), forward.rows(),
                                    forward.data(), forward.rows());
        kernelsUnderTest().transposedProduct(padded(rows), inner, columns, view(backward), view(a), view(d),
                                             changing(backward));
        for (int n = 0; n < columns; ++n) {
            double* column = forwardByColumn.col(n).data();
            kernelsUnderTest().product(padded(rows), inner, 1, {column, forward.rows()}, view(a),
                                       {b.col(n).data(), b.rows()}, {column, forward.rows()});
            kernelsUnderTest().activate(tanh, padded(rows), 1, column, forward.rows(), column,
                                        forward.rows());
            double* back = backwardByColumn.col(n).data();
            kernelsUnderTest().transposedProduct(padded(rows), inner, 1, {back, backward.rows()}, view(a),
                                                 {d.col(n).data(), d.rows()}, {back, backward.rows()});
        }
        QVERIFY(bitwiseEqual(forward, forwardByColumn));
        QVERIFY(bitwiseEqual(backward, backwardByColumn));
    });
}

void TestKernels::nothingOutsideTheResultIsTouched()
{
    forEachShape([](int rows, int inner, int columns) {
        const double mark = 12345.0;
        const Matrix a = randomMatrix(rows, inner);
        const Matrix b = randomMatrix(inner, columns);
        const Matrix d = randomMatrix(rows, columns);
        Matrix forward = Matrix::Constant(padded(rows), columns + 1, mark);
        Matrix backward = Matrix::Constant(padded(inner) + 1, columns + 1, mark);
        Matrix gradient = Matrix::Constant(padded(rows), inner + 1, mark);
        kernelsUnderTest().product(padded(rows), inner, columns, view(forward), view(a), view(b),
                                   changing(forward));
        kernelsUnderTest().transposedProduct(padded(rows), inner, columns, view(backward), view(a), view(d),
                                             changing(backward));
        kernelsUnderTest().outerProductAdd(padded(rows), inner, columns, d.data(), d.rows(), b.data(),
                                           b.rows(), gradient.data(), gradient.rows());
        QVERIFY((forward.rightCols(1).array() == mark).all());
        QVERIFY((backward.rightCols(1).array() == mark).all());
        QVERIFY((backward.bottomRows(backward.rows() - inner).array() == mark).all());
        QVERIFY((gradient.rightCols(1).array() == mark).all());
    });
}

void TestKernels::biasesAreFilledInAndSummedUp()
{
    for (int rows : sizes)
        for (int columns : {1, 2, 3, 17}) {
            const Matrix bias = randomMatrix(rows, 1);
            Matrix c = randomMatrix(rows, columns);
            kernelsUnderTest().fillColumns(padded(rows), columns, bias.data(), c.data(), c.rows());
            for (int n = 0; n < columns; ++n)
                QVERIFY(bitwiseEqual(c.col(n), bias));

            const Matrix d = randomMatrix(rows, columns);
            Matrix g = randomMatrix(rows, 1);
            const Matrix expected = g + d.rowwise().sum();
            kernelsUnderTest().columnSumAdd(padded(rows), columns, d.data(), d.rows(), g.data());
            QVERIFY(largestDifference(g, expected) < 1e-12);
        }
}

void TestKernels::activationsAreTheLibraryFunctions_data()
{
    QTest::addColumn<ActivationFunction>("function");
    QTest::newRow("identity") << ActivationFunction{Activation::Identity};
    QTest::newRow("sigmoid") << ActivationFunction{Activation::Sigmoid};
    QTest::newRow("sigmoid of slope 2.5") << ActivationFunction{Activation::Sigmoid, 2.5};
    QTest::newRow("tanh") << ActivationFunction{Activation::Tanh};
    QTest::newRow("relu") << ActivationFunction{Activation::Relu};
}

void TestKernels::activationsAreTheLibraryFunctions()
{
    QFETCH(ActivationFunction, function);
    const auto expected = [&](double x) {
        switch (function.kind) {
        case Activation::Sigmoid:
            return 1.0 / (1.0 + std::exp(-function.slope * x));
        case Activation::Tanh:
            return std::tanh(x);
        case Activation::Relu:
            return x > 0.0 ? x : 0.0;
        default:
            return x;
        }
    };
    for (int rows : sizes)
        for (int columns : {1, 3}) {
            const Matrix net = 3.0 * randomMatrix(rows, columns);
            Matrix out = Matrix::Zero(net.rows(), columns);
            kernelsUnderTest().activate(function, padded(rows), columns, net.data(), net.rows(), out.data(),
                                        out.rows());
            for (int n = 0; n < columns; ++n)
                for (int m = 0; m < rows; ++m)
                    QVERIFY(std::abs(out(m, n) - expected(net(m, n))) <= 1e-15 * std::abs(out(m, n)));
        }
}

void TestKernels::slopesComeFromTheOutput_data()
{
    activationsAreTheLibraryFunctions_data();
}

void TestKernels::slopesComeFromTheOutput()
{
    QFETCH(ActivationFunction, function);
    const auto slope = [&](double y) {
        switch (function.kind) {
        case Activation::Sigmoid:
            return function.slope * y * (1.0 - y);
        case Activation::Tanh:
            return 1.0 - y * y;
        case Activation::Relu:
            return y > 0.0 ? 1.0 : 0.0;
        default:
            return 1.0;
        }
    };
    for (int rows : sizes)
        for (int columns : {1, 3}) {
            const Matrix out = randomMatrix(rows, columns);
            const Matrix deltaOut = randomMatrix(rows, columns);
            Matrix deltaNet = randomMatrix(rows, columns);
            const Matrix expected = deltaNet + out.unaryExpr(slope).cwiseProduct(deltaOut);
            kernelsUnderTest().activateBackward(function, padded(rows), columns, out.data(), out.rows(),
                                                deltaOut.data(), deltaOut.rows(), deltaNet.data(),
                                                deltaNet.rows());
            QVERIFY(largestDifference(deltaNet, expected) < 1e-13);
        }
}

void TestKernels::momentumFollowsItsFormula()
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

void TestKernels::gradientAndMomentumInOnePassAreTheTwoInTurn()
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

void TestKernels::transposedCopyIsTheTranspose()
{
    for (int rows : sizes)
        for (int columns : sizes) {
            const Matrix a = randomMatrix(rows, columns);
            Matrix b = Matrix::Constant(padded(columns), rows, 7.0);
            Matrix expected = b;
            expected.topRows(columns) = a.topRows(rows).transpose();
            kernelsUnderTest().transpose(rows, columns, a.data(), a.rows(), b.data(), b.rows());
            QVERIFY(bitwiseEqual(b, expected));
        }
}

void TestKernels::layersFollowTheirFormulas_data()
{
    activationsAreTheLibraryFunctions_data();
}

/// Against the single kernels; and grouping steps into calls must not matter to a bit.
void TestKernels::layersFollowTheirFormulas()
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
void TestKernels::whatArrivesMayComeFromTheUnitsAbove()
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

/// W x + U h + b, and a single unit's row of weights with its bias: in one call as in one for each.
void TestKernels::matricesOfALayerStepTogether()
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

void TestKernels::netAndOutputMayBeOneWhereTheyAreEqual()
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

namespace {

using kernels::ElementOperation;

void run(const KernelSet& set, ElementOperation operation, int columns)
{
    operation.run = set.elementKernel(operation);
    operation.run(operation, {0, 0, columns});
}

kernels::ElementView elements(Matrix& matrix)
{
    return {matrix.data(), matrix.rows(), false};
}

} // namespace

void TestKernels::elementsAreMultiplied()
{
    for (int rows : sizes)
        for (int columns : {1, 3})
            for (const bool complement : {false, true})
                for (const bool hasSecond : {false, true})
                    for (const bool adds : {false, true}) {
                        Matrix a = randomMatrix(rows, columns), b = randomMatrix(rows, columns);
                        Matrix c = randomMatrix(rows, columns);
                        Matrix expected = complement ? Matrix((1.0 - a.array()).matrix()) : a;
                        if (hasSecond)
                            expected.array() *= b.array();
                        expected = (adds ? 1.0 : 0.0) * c + 0.5 * expected;
                        run(kernelsUnderTest(),
                            {.kind = ElementOperation::Kind::Multiply,
                             .adds = adds,
                             .rows = padded(rows),
                             .a = elements(a),
                             .b = hasSecond ? elements(b) : kernels::ElementView{},
                             .result = elements(c),
                             .coefficient = 0.5,
                             .complement = complement},
                            columns);
                        QVERIFY(largestDifference(c, expected) < 1e-14);
                    }
}

void TestKernels::elementsAreActivatedAsColumnsAre_data()
{
    activationsAreTheLibraryFunctions_data();
}

void TestKernels::elementsAreActivatedAsColumnsAre()
{
    QFETCH(ActivationFunction, function);
    const KernelSet& set = kernelsUnderTest();
    for (int units : sizes)
        for (int columns : {1, 3}) {
            const int rows = padded(units);
            Matrix net = randomMatrix(units, columns), out = net, expected = net;
            set.activate(function, rows, columns, net.data(), rows, expected.data(), rows);
            run(set,
                {.kind = ElementOperation::Kind::Activate,
                 .rows = rows,
                 .a = elements(net),
                 .b = {},
                 .result = elements(out),
                 .f = function},
                columns);
            QVERIFY(bitwiseEqual(out, expected));
            Matrix errors = randomMatrix(units, columns), delta = net;
            expected = net;
            set.activateBackward(function, rows, columns, out.data(), rows, errors.data(), rows,
                                 expected.data(), rows);
            run(set,
                {.kind = ElementOperation::Kind::ActivateBackward,
                 .adds = true,
                 .rows = rows,
                 .a = elements(out),
                 .b = elements(errors),
                 .result = elements(delta),
                 .f = function},
                columns);
            QVERIFY(largestDifference(delta, expected) < 1e-15);
        }
}

/// A view of deltas counts from another column than one of values.
void TestKernels::elementsAreFoundByTheirColumns()
{
    Matrix a = randomMatrix(8, 5), b = randomMatrix(8, 5), c = Matrix::Zero(8, 5);
    ElementOperation operation{.rows = 8, .a = elements(a), .b = elements(b), .result = elements(c)};
    operation.b.isDelta = operation.result.isDelta = true;
    operation.run = kernelsUnderTest().elementKernel(operation);
    operation.run(operation, {3, 1, 2});
    Matrix expected = Matrix::Zero(8, 5);
    expected.middleCols(1, 2) = a.middleCols(3, 2).cwiseProduct(b.middleCols(1, 2));
    QVERIFY(bitwiseEqual(c, expected));
}

void TestKernels::squaresAreSummedUp()
{
    for (int size : sizes) {
        const Matrix x = randomMatrix(size, 1);
        const double sum = kernelsUnderTest().sumOfSquares(static_cast<std::size_t>(size), x.data());
        QVERIFY(std::abs(sum - x.squaredNorm()) <= 1e-14 * x.squaredNorm());
    }
    QCOMPARE(kernelsUnderTest().sumOfSquares(0, nullptr), 0.0);
}

void TestKernels::errorsAreSquaredAndScaled()
{
    for (int size : sizes) {
        const Matrix out = randomMatrix(size, 1), target = randomMatrix(size, 1);
        Matrix delta = Matrix::Constant(out.rows() + 1, 1, 7.0);
        const double loss = kernelsUnderTest().halfSquaredError(static_cast<std::size_t>(size), out.data(),
                                                                target.data(), 0.25, delta.data());
        const Matrix error = (out - target).topRows(size);
        QVERIFY(std::abs(loss - 0.5 * error.squaredNorm()) <= 1e-14 * loss);
        QVERIFY(largestDifference(delta.topRows(size), 0.25 * error) == 0.0);
        QCOMPARE(delta(size, 0), 7.0);
    }
    QCOMPARE(kernelsUnderTest().halfSquaredError(0, nullptr, nullptr, 1.0, nullptr), 0.0);
}

QTEST_APPLESS_MAIN(TestKernels)
#include "test_kernels.moc"
