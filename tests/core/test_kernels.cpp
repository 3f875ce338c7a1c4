#include "core/kernels/kernels.h"

#include "core/math/matrix.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <vector>

using namespace chronograd;

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
    void squaresAreSummedUp();
};

void TestKernels::productIsTheMatrixProduct()
{
    forEachShape([](int rows, int inner, int columns) {
        const Matrix a = randomMatrix(rows, inner);
        const Matrix b = randomMatrix(inner, columns);
        Matrix c = randomMatrix(rows, columns);
        const Matrix expected = c + a * b.topRows(inner);
        kernels::productAdd(padded(rows), inner, columns, a.data(), a.rows(), b.data(), b.rows(), c.data(),
                            c.rows());
        QVERIFY(largestDifference(c, expected) < 1e-12);
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
        kernels::transposedProductAdd(padded(rows), inner, columns, a.data(), a.rows(), b.data(), b.rows(),
                                      c.data(), c.rows());
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
        kernels::outerProductAdd(padded(rows), inner, columns, d.data(), d.rows(), s.data(), s.rows(),
                                 g.data(), g.rows());
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

        kernels::productAdd(padded(rows), inner, columns, a.data(), a.rows(), b.data(), b.rows(),
                            forward.data(), forward.rows());
        kernels::activate(tanh, padded(rows), columns, forward.data(), forward.rows(), forward.data(),
                          forward.rows());
        kernels::transposedProductAdd(padded(rows), inner, columns, a.data(), a.rows(), d.data(), d.rows(),
                                      backward.data(), backward.rows());
        for (int n = 0; n < columns; ++n) {
            double* column = forwardByColumn.col(n).data();
            kernels::productAdd(padded(rows), inner, 1, a.data(), a.rows(), b.col(n).data(), b.rows(), column,
                                forward.rows());
            kernels::activate(tanh, padded(rows), 1, column, forward.rows(), column, forward.rows());
            kernels::transposedProductAdd(padded(rows), inner, 1, a.data(), a.rows(), d.col(n).data(),
                                          d.rows(), backwardByColumn.col(n).data(), backward.rows());
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
        kernels::productAdd(padded(rows), inner, columns, a.data(), a.rows(), b.data(), b.rows(),
                            forward.data(), forward.rows());
        kernels::transposedProductAdd(padded(rows), inner, columns, a.data(), a.rows(), d.data(), d.rows(),
                                      backward.data(), backward.rows());
        kernels::outerProductAdd(padded(rows), inner, columns, d.data(), d.rows(), b.data(), b.rows(),
                                 gradient.data(), gradient.rows());
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
            kernels::fillColumns(padded(rows), columns, bias.data(), c.data(), c.rows());
            for (int n = 0; n < columns; ++n)
                QVERIFY(bitwiseEqual(c.col(n), bias));

            const Matrix d = randomMatrix(rows, columns);
            Matrix g = randomMatrix(rows, 1);
            const Matrix expected = g + d.rowwise().sum();
            kernels::columnSumAdd(padded(rows), columns, d.data(), d.rows(), g.data());
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
            kernels::activate(function, padded(rows), columns, net.data(), net.rows(), out.data(),
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
            kernels::activateBackward(function, padded(rows), columns, out.data(), out.rows(),
                                      deltaOut.data(), deltaOut.rows(), deltaNet.data(), deltaNet.rows());
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
        kernels::momentumUpdate(static_cast<std::size_t>(size), 0.9, 0.05, 0.25, g.data(), v.data(),
                                w.data());
        QVERIFY(largestDifference(v.topRows(size), velocity.topRows(size)) < 1e-15);
        QVERIFY(largestDifference(w.topRows(size), weights.topRows(size)) < 1e-15);
    }
}

void TestKernels::squaresAreSummedUp()
{
    for (int size : sizes) {
        const Matrix x = randomMatrix(size, 1);
        const double sum = kernels::sumOfSquares(static_cast<std::size_t>(size), x.data());
        QVERIFY(std::abs(sum - x.squaredNorm()) <= 1e-14 * x.squaredNorm());
    }
    QCOMPARE(kernels::sumOfSquares(0, nullptr), 0.0);
}

QTEST_APPLESS_MAIN(TestKernels)
#include "test_kernels.moc"
