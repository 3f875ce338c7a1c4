#pragma once

#include "core/kernels/kernel_set.h"
#include "core/math/matrix.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <vector>

/// Random matrices, and the set of kernels that a test runs for.
namespace chronograd::test {

using kernels::KernelSet;

inline const std::vector<int> sizes{1, 2, 3, 4, 5, 8, 17, 24, 64, 65};

inline int padded(int rows)
{
    return rows <= 2 ? rows : rows <= 4 ? 4 : (rows + 7) / 8 * 8;
}

inline std::mt19937_64& generator()
{
    static std::mt19937_64 engine(20240607);
    return engine;
}

/// rows × columns random numbers, padded below with zeros.
inline Matrix randomMatrix(int rows, int columns)
{
    std::normal_distribution<double> normal;
    Matrix matrix = Matrix::Zero(padded(rows), columns);
    for (int n = 0; n < columns; ++n)
        for (int m = 0; m < rows; ++m)
            matrix(m, n) = normal(generator());
    return matrix;
}

inline bool bitwiseEqual(const Matrix& a, const Matrix& b)
{
    return a.rows() == b.rows() && a.cols() == b.cols() &&
           std::memcmp(a.data(), b.data(), sizeof(double) * static_cast<std::size_t>(a.size())) == 0;
}

inline double largestDifference(const Matrix& a, const Matrix& b)
{
    return a.size() == 0 ? 0.0 : (a - b).cwiseAbs().maxCoeff();
}

inline kernels::ConstMatrixView view(const Matrix& matrix, int column = 0)
{
    return {matrix.col(column).data(), matrix.rows()};
}

inline kernels::MatrixView changing(Matrix& matrix, int column = 0)
{
    return {matrix.col(column).data(), matrix.rows()};
}

/// The kernels under test: every test runs for each set of this machine.
inline const KernelSet& kernelsUnderTest()
{
    using Set = const KernelSet*;
    if (const Set* set = static_cast<const Set*>(QTest::qGlobalData("set", qMetaTypeId<Set>())))
        return **set;
    qFatal("no kernel set");
}

/// Every combination of output size, input size and number of columns.
inline void forEachShape(const std::function<void(int rows, int inner, int columns)>& body)
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

/// In initTestCase_data(): every test runs for each set of this machine.
inline void addKernelSets()
{
    QTest::addColumn<const KernelSet*>("set");
    for (const KernelSet* set : kernels::supportedKernelSets())
        QTest::newRow(std::string(set->name).c_str()) << set;
}

inline void addActivations()
{
    QTest::addColumn<ActivationFunction>("function");
    QTest::newRow("identity") << ActivationFunction{Activation::Identity};
    QTest::newRow("sigmoid") << ActivationFunction{Activation::Sigmoid};
    QTest::newRow("sigmoid of slope 2.5") << ActivationFunction{Activation::Sigmoid, 2.5};
    QTest::newRow("tanh") << ActivationFunction{Activation::Tanh};
    QTest::newRow("relu") << ActivationFunction{Activation::Relu};
}

} // namespace chronograd::test
