#include "tests/support/kernel_matrices.h"

#include <algorithm>
#include <cmath>

using namespace chronograd;
using namespace chronograd::test;

class TestKernels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { addKernelSets(); }
    void productIsTheMatrixProduct();
    void transposedProductIsTheMatrixProduct();
    void codeForTransposedProductsGivesThem();
    void outerProductSumsOverTheColumns();
    void columnsDoNotDependOnHowManyAreComputed();
    void codeForASizeGivesWhatItsProductsGive();
    void largeMatricesAreSummedInOneOrder();
    void nothingOutsideTheResultIsTouched();
    void biasesAreFilledInAndSummedUp();
    void activationsAreTheLibraryFunctions_data() { addActivations(); }
    void activationsAreTheLibraryFunctions();
    void slopesComeFromTheOutput_data() { addActivations(); }
    void slopesComeFromTheOutput();
    void transposedCopyIsTheTranspose();
    void squaresAreSummedUp();
    void errorsAreSquaredAndScaled();
};

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

void TestKernels::codeForTransposedProductsGivesThem()
{
    for (const int rows : {8, 16, 32, 64}) {
        for (const int inner : {32, 40, 96, 128}) {
            const kernels::ColumnProduct::Run run = kernelsUnderTest().transposedKernel(rows, inner);
            if (run == nullptr) {
                QCOMPARE(kernelsUnderTest().name, "plain");
                continue;
            }
            constexpr int columns = 5;
            const Matrix a = randomMatrix(inner, rows);
            const Matrix b = randomMatrix(inner, columns);
            Matrix c = randomMatrix(rows, columns);
            const Matrix before = c;
            Matrix alone = c;
            const auto callOn = [&](Matrix& result) {
                return kernels::ColumnProduct{.rows = rows,
                                              .start = view(result),
                                              .inner = inner,
                                              .a = view(a),
                                              .b = view(b),
                                              .c = changing(result)};
            };
            run(callOn(c), 1, columns - 2);
            QVERIFY(largestDifference(c.middleCols(1, columns - 2),
                                      (before + a.transpose() * b).middleCols(1, columns - 2)) < 1e-12);
            QCOMPARE(c.col(0), before.col(0));
            QCOMPARE(c.col(columns - 1), before.col(columns - 1));
            for (int n = 1; n < columns - 1; ++n) {
                run(callOn(alone), n, 1);
            }
            QCOMPARE(alone, c);
        }
    }
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

void TestKernels::codeForASizeGivesWhatItsProductsGive()
{
    const KernelSet& set = kernelsUnderTest();
    forEachShape([&set](int rows, int inner, int columns) {
        for (const int thin : {0, 1, 3}) {
            const Matrix u = randomMatrix(rows, std::max(1, thin)), a = randomMatrix(rows, inner);
            const Matrix read = randomMatrix(std::max(1, thin), columns + 1);
            const Matrix b = randomMatrix(inner, columns + 1), bias = randomMatrix(rows, 1);
            Matrix c = randomMatrix(rows, columns + 1), expected = c;
            const kernels::ColumnProduct product{.rows = padded(rows),
                                                 .start = {bias.data(), 0},
                                                 .thin = thin,
                                                 .u = view(u),
                                                 .read = view(read),
                                                 .inner = inner,
                                                 .a = view(a),
                                                 .b = view(b),
                                                 .c = changing(c)};
            set.productKernel(padded(rows), inner, columns)(product, 1, columns);
            expected.rightCols(columns).colwise() = bias.col(0);
            set.product(padded(rows), thin, columns, view(expected, 1), view(u), view(read, 1),
                        changing(expected, 1));
            set.product(padded(rows), inner, columns, view(expected, 1), view(a), view(b, 1),
                        changing(expected, 1));
            QVERIFY(thin > 1 ? largestDifference(c, expected) < 1e-12 : bitwiseEqual(c, expected));
        }
    });
}

/// Whichever half comes first, and in tiles.
void TestKernels::largeMatricesAreSummedInOneOrder()
{
    const KernelSet& set = kernelsUnderTest();
    for (const int rows : {32, 64, 96, 128, 200, 256})
        for (const int inner : {31, 64, 128}) {
            constexpr int columns = 9;
            const Matrix a = randomMatrix(rows, inner), b = randomMatrix(inner, columns);
            const Matrix start = randomMatrix(rows, columns);
            Matrix together = start, shifted = start;
            const auto multiply = [&](Matrix& c, int first, int count) {
                set.productKernel(rows, inner, count)({.rows = rows,
                                                       .start = view(c),
                                                       .inner = inner,
                                                       .a = view(a),
                                                       .b = view(b),
                                                       .c = changing(c)},
                                                      first, count);
            };
            multiply(together, 0, columns);
            for (int n = 0; n < columns; ++n) {
                Matrix alone = start.col(n);
                set.product(rows, inner, 1, view(alone), view(a), view(b, n), changing(alone));
                multiply(shifted, n, 1);
                QVERIFY(bitwiseEqual(alone, together.col(n)));
            }
            QVERIFY(bitwiseEqual(shifted, together));
            QVERIFY(largestDifference(together, start + a * b.topRows(inner)) < 1e-12);
        }
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
