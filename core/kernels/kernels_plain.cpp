#include "core/kernels/kernel_set.h"

#include <algorithm>
#include <cassert>
#include <cmath>

/// The kernels as plain loops: for machines without vector code of their own, and what the fast ones are held
/// against.
namespace chronograd::kernels {
namespace plain {

void productAdd(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda, const double* b,
                std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    for (int n = 0; n < columns; ++n)
        for (int k = 0; k < inner; ++k)
            for (int m = 0; m < rows; ++m)
                c[n * ldc + m] += a[k * lda + m] * b[n * ldb + k];
}

void transposedProductAdd(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda,
                          const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    for (int n = 0; n < columns; ++n)
        for (int k = 0; k < inner; ++k) {
            double sum = 0.0;
            for (int m = 0; m < rows; ++m)
                sum += a[k * lda + m] * b[n * ldb + m];
            c[n * ldc + k] += sum;
        }
}

void outerProductAdd(int rows, int inner, int columns, const double* d, std::ptrdiff_t ldd, const double* s,
                     std::ptrdiff_t lds, double* g, std::ptrdiff_t ldg)
{
    for (int n = 0; n < columns; ++n)
        for (int k = 0; k < inner; ++k)
            for (int m = 0; m < rows; ++m)
                g[k * ldg + m] += d[n * ldd + m] * s[n * lds + k];
}

void columnSumAdd(int rows, int columns, const double* d, std::ptrdiff_t ldd, double* g)
{
    for (int n = 0; n < columns; ++n)
        for (int m = 0; m < rows; ++m)
            g[m] += d[n * ldd + m];
}

void fillColumns(int rows, int columns, const double* b, double* c, std::ptrdiff_t ldc)
{
    for (int n = 0; n < columns; ++n)
        std::copy_n(b, rows, c + n * ldc);
}

template<typename Function>
void forEach(int rows, int columns, const double* in, std::ptrdiff_t ldi, double* out, std::ptrdiff_t ldo,
             Function function)
{
    for (int n = 0; n < columns; ++n)
        for (int m = 0; m < rows; ++m)
            function(in[n * ldi + m], out[n * ldo + m]);
}

double sigmoid(double x)
{
    const double e = std::exp(-std::abs(x)); // cannot overflow
    return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

void activate(ActivationFunction f, int rows, int columns, const double* net, std::ptrdiff_t ldn, double* out,
              std::ptrdiff_t ldo)
{
    switch (f.kind) {
    case Activation::Identity:
        return forEach(rows, columns, net, ldn, out, ldo, [](double x, double& y) { y = x; });
    case Activation::Sigmoid:
        return forEach(rows, columns, net, ldn, out, ldo,
                       [slope = f.slope](double x, double& y) { y = sigmoid(slope * x); });
    case Activation::Tanh:
        return forEach(rows, columns, net, ldn, out, ldo, [](double x, double& y) { y = std::tanh(x); });
    case Activation::Relu:
        return forEach(rows, columns, net, ldn, out, ldo, [](double x, double& y) { y = x < 0.0 ? 0.0 : x; });
    case Activation::Softmax:
        break;
    }
    assert(!"softmax is not elementwise");
}

void activateBackward(ActivationFunction f, int rows, int columns, const double* out, std::ptrdiff_t ldo,
                      const double* deltaOut, std::ptrdiff_t ldd, double* deltaNet, std::ptrdiff_t ldn)
{
    const auto slopeAt = [f](double y) {
        switch (f.kind) {
        case Activation::Identity:
            return 1.0;
        case Activation::Sigmoid:
            return f.slope * y * (1.0 - y);
        case Activation::Tanh:
            return 1.0 - y * y;
        case Activation::Relu:
            return y > 0.0 ? 1.0 : 0.0;
        case Activation::Softmax:
            break;
        }
        assert(!"softmax is not elementwise");
        return 0.0;
    };
    for (int n = 0; n < columns; ++n)
        for (int m = 0; m < rows; ++m)
            deltaNet[n * ldn + m] += slopeAt(out[n * ldo + m]) * deltaOut[n * ldd + m];
}

void momentumUpdate(std::size_t size, double momentum, double learningRate, double gradientScale,
                    const double* g, double* v, double* w)
{
    const double rate = learningRate * gradientScale;
    for (std::size_t i = 0; i < size; ++i) {
        v[i] = momentum * v[i] - rate * g[i];
        w[i] += v[i];
    }
}

double sumOfSquares(std::size_t size, const double* x)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < size; ++i)
        sum += x[i] * x[i];
    return sum;
}

void transpose(int rows, int columns, const double* a, std::ptrdiff_t lda, double* b, std::ptrdiff_t ldb)
{
    for (int k = 0; k < columns; ++k)
        for (int m = 0; m < rows; ++m)
            b[m * ldb + k] = a[k * lda + m];
}

void recurrentForward(ActivationFunction f, int rows, int inner, int steps, const ConstMatrixView& weights,
                      const MatrixView& net, const MatrixView& out)
{
    for (int n = 0; n < steps; ++n) {
        double* here = net.first + n * net.stride;
        double* result = out.first + n * out.stride;
        productAdd(rows, inner, 1, weights.first, weights.stride, result - out.stride, out.stride, here,
                   net.stride);
        activate(f, rows, 1, here, net.stride, result, out.stride);
    }
}

void recurrentBackward(ActivationFunction f, int rows, int inner, int steps,
                       const ConstMatrixView& transposedWeights, const ConstMatrixView& out,
                       const MatrixView& deltaOut, const MatrixView& deltaNet)
{
    for (int n = steps - 1; n >= 0; --n) {
        double* arriving = deltaOut.first + n * deltaOut.stride;
        double* leaving = deltaNet.first + n * deltaNet.stride;
        productAdd(rows, inner, 1, transposedWeights.first, transposedWeights.stride,
                   leaving + deltaNet.stride, deltaNet.stride, arriving, deltaOut.stride);
        activateBackward(f, rows, 1, out.first + n * out.stride, out.stride, arriving, deltaOut.stride,
                         leaving, deltaNet.stride);
    }
}

double outerProductMomentum(int rows, int inner, int columns, const ConstMatrixView& d,
                            const ConstMatrixView& s, const MomentumStep& step, const TrainedMatrix& matrix)
{
    double squares = 0.0;
    for (int k = 0; k < inner; ++k)
        for (int m = 0; m < rows; ++m) {
            const std::ptrdiff_t at = k * matrix.stride + m;
            double gradient = 0.0;
            for (int n = 0; n < columns; ++n)
                gradient += d.first[n * d.stride + m] * s.first[n * s.stride + k];
            if (matrix.gradient)
                matrix.gradient[at] = gradient;
            matrix.velocity[at] = step.momentum * matrix.velocity[at] - step.rate * gradient;
            matrix.weights[at] += matrix.velocity[at];
            squares += gradient * gradient;
        }
    return squares;
}

void exponential(std::size_t size, const double* x, double* y)
{
    for (std::size_t i = 0; i < size; ++i)
        y[i] = std::exp(x[i]);
}

} // namespace plain

extern const KernelSet plainSet;
constinit const KernelSet plainSet{.name = "plain",
                                   .productAdd = plain::productAdd,
                                   .transposedProductAdd = plain::transposedProductAdd,
                                   .outerProductAdd = plain::outerProductAdd,
                                   .columnSumAdd = plain::columnSumAdd,
                                   .fillColumns = plain::fillColumns,
                                   .activate = plain::activate,
                                   .activateBackward = plain::activateBackward,
                                   .momentumUpdate = plain::momentumUpdate,
                                   .sumOfSquares = plain::sumOfSquares,
                                   .transpose = plain::transpose,
                                   .recurrentForward = plain::recurrentForward,
                                   .recurrentBackward = plain::recurrentBackward,
                                   .outerProductMomentum = plain::outerProductMomentum,
                                   .exponential = plain::exponential};

} // namespace chronograd::kernels
