#include "core/kernels/kernel_set.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

/// The kernels as plain loops: for machines without vector code of their own, and what the fast ones are held
/// against.
namespace chronograd::kernels {
namespace plain {

void product(int rows, int inner, int columns, const ConstMatrixView& start, const ConstMatrixView& a,
             const ConstMatrixView& b, const MatrixView& c)
{
    for (int n = 0; n < columns; ++n) {
        double* to = c.first + n * c.stride;
        std::copy_n(start.first + n * start.stride, rows, to);
        for (int k = 0; k < inner; ++k)
            for (int m = 0; m < rows; ++m)
                to[m] += a.first[k * a.stride + m] * b.first[n * b.stride + k];
    }
}

void multiplyColumns(const ColumnProduct& p, std::ptrdiff_t first, int columns)
{
    const MatrixView c = column(p.c, first);
    ConstMatrixView start = column(p.start, first);
    if (p.thin > 0) {
        product(p.rows, p.thin, columns, start, p.u, column(p.read, first), c);
        start = c;
    }
    product(p.rows, p.inner, columns, start, p.a, column(p.b, first), c);
}

ColumnProduct::Run productKernel(int /*rows*/, int /*inner*/, int /*columns*/)
{
    return multiplyColumns;
}

void transposedProduct(int rows, int inner, int columns, const ConstMatrixView& start,
                       const ConstMatrixView& a, const ConstMatrixView& b, const MatrixView& c)
{
    for (int n = 0; n < columns; ++n)
        for (int k = 0; k < inner; ++k) {
            double sum = 0.0;
            for (int m = 0; m < rows; ++m)
                sum += a.first[k * a.stride + m] * b.first[n * b.stride + m];
            c.first[n * c.stride + k] = start.first[n * start.stride + k] + sum;
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

void forwardSteps(const LayerForward& layer, std::ptrdiff_t first, int steps)
{
    for (std::ptrdiff_t n = first; n < first + steps; ++n) {
        const MatrixView net = column(layer.net, n);
        const MatrixView out = column(layer.out, n);
        product(layer.rows, layer.thin, 1, column(layer.start, n), layer.u, column(layer.read, n), net);
        product(layer.rows, layer.inner, 1, net, layer.w, {out.first - out.stride, out.stride}, net);
        activate(layer.f, layer.rows, 1, net.first, net.stride, out.first, out.stride);
    }
}

double backwardSteps(const LayerBackward& layer, const SweptSteps& swept)
{
    double squares = 0.0;
    for (int n = swept.steps - 1; n >= 0; --n) {
        const ConstMatrixView out = column(layer.out, swept.first + n);
        const MatrixView deltaOut = column(layer.deltaOut, swept.firstDelta + n);
        const MatrixView net = column(layer.deltaNet, swept.firstDelta + n);
        const double* errors =
            layer.errors.first ? column(layer.errors, swept.firstDelta + n).first : nullptr;
        for (int m = 0; m < layer.rows; ++m)
            if (n < swept.arrivesFrom || (layer.aboveUnits > 0 && m >= layer.units))
                deltaOut.first[m] = 0.0;
            else if (layer.above)
                deltaOut.first[m] = layer.above[m] * *errors;
            else if (layer.aboveUnits > 0)
                deltaOut.first[m] = std::inner_product(errors, errors + layer.aboveUnits,
                                                       column(layer.gathered, m).first, 0.0);
        if (n < swept.steps - 1 || swept.hasNext)
            product(layer.rows, layer.inner, 1, deltaOut, layer.transposed,
                    {net.first + net.stride, net.stride}, deltaOut);
        if (net.first != deltaOut.first) { // f(x) = x: one and the same
            if (!swept.addsToNet)
                std::fill_n(net.first, layer.rows, 0.0);
            activateBackward(layer.f, layer.rows, 1, out.first, out.stride, deltaOut.first, deltaOut.stride,
                             net.first, net.stride);
        }
        squares += sumOfSquares(static_cast<std::size_t>(layer.rows), net.first);
    }
    return squares;
}

KernelSet::ForwardSteps layerForward(int /*rows*/, int /*inner*/)
{
    return forwardSteps;
}

KernelSet::BackwardSteps layerBackward(int /*rows*/, int /*inner*/)
{
    return backwardSteps;
}

double* at(const ElementView& view, const ElementColumns& columns)
{
    return view.first + (view.isDelta ? columns.firstDelta : columns.first) * view.stride;
}

void runElements(const ElementOperation& operation, const ElementColumns& columns)
{
    const auto& [kind, adds, rows, viewOfA, viewOfB, viewOfResult, coefficient, complement, f, run] =
        operation;
    const double* a = at(viewOfA, columns);
    const double* b = at(viewOfB, columns);
    double* result = at(viewOfResult, columns);
    for (int n = 0; n < columns.count; ++n) {
        if (!adds)
            std::fill_n(result, rows, 0.0);
        if (kind == ElementOperation::Kind::Activate)
            activate(f, rows, 1, a, viewOfA.stride, result, viewOfResult.stride);
        else if (kind == ElementOperation::Kind::ActivateBackward)
            activateBackward(f, rows, 1, a, viewOfA.stride, b, viewOfB.stride, result, viewOfResult.stride);
        else
            for (int m = 0; m < rows; ++m)
                result[m] += coefficient * (complement ? 1.0 - a[m] : a[m]) * (viewOfB.first ? b[m] : 1.0);
        a += viewOfA.stride;
        b += viewOfB.stride;
        result += viewOfResult.stride;
    }
}

ElementOperation::Run elementKernel(const ElementOperation& /*operation*/)
{
    return runElements;
}

void runInTurn(std::span<const ElementOperation> operations, const ElementColumns& columns)
{
    for (const ElementOperation& operation : operations)
        operation.run(operation, columns);
}

ElementOperation::RunChain chainKernel(std::span<const ElementOperation> /*operations*/)
{
    return runInTurn;
}

double stepWithMomentum(std::span<const TrainedMatrix> matrices, const TimeRange& range,
                        const MomentumStep& step, const ParameterVectors& vectors)
{
    double squares = 0.0;
    for (const TrainedMatrix& matrix : matrices) {
        const ConstMatrixView d = column(matrix.d, range.firstDelta);
        const ConstMatrixView s = column(matrix.s, range.firstRead);
        for (int k = 0; k < matrix.inner; ++k)
            for (int m = 0; m < matrix.rows; ++m) {
                const std::ptrdiff_t at = matrix.offset + k * matrix.stride + m;
                double gradient = 0.0;
                for (int n = 0; n < range.columns; ++n)
                    gradient += d.first[n * d.stride + m] * s.first[n * s.stride + k];
                if (vectors.gradient)
                    vectors.gradient[at] = gradient;
                vectors.velocity[at] = step.momentum * vectors.velocity[at] - step.rate * gradient;
                vectors.weights[at] += vectors.velocity[at];
                squares += gradient * gradient;
            }
    }
    return squares;
}

ColumnProduct::Run transposedKernel(int /*rows*/, int /*inner*/)
{
    return nullptr;
}

TrainedMatrix::Step momentumKernel(const TrainedMatrix& /*matrix*/, bool /*isOneColumn*/,
                                   bool /*keepsGradient*/)
{
    return stepWithMomentum;
}

double halfSquaredError(std::size_t size, const double* out, const double* target, double scale,
                        double* delta)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
        const double error = out[i] - target[i];
        delta[i] = scale * error;
        sum += 0.5 * error * error;
    }
    return sum;
}

void exponential(std::size_t size, const double* x, double* y)
{
    for (std::size_t i = 0; i < size; ++i)
        y[i] = std::exp(x[i]);
}

} // namespace plain

extern const KernelSet plainSet;
constinit const KernelSet plainSet{.name = "plain",
                                   .product = plain::product,
                                   .productKernel = plain::productKernel,
                                   .transposedProduct = plain::transposedProduct,
                                   .transposedKernel = plain::transposedKernel,
                                   .outerProductAdd = plain::outerProductAdd,
                                   .columnSumAdd = plain::columnSumAdd,
                                   .fillColumns = plain::fillColumns,
                                   .activate = plain::activate,
                                   .activateBackward = plain::activateBackward,
                                   .momentumUpdate = plain::momentumUpdate,
                                   .sumOfSquares = plain::sumOfSquares,
                                   .transpose = plain::transpose,
                                   .layerForward = plain::layerForward,
                                   .layerBackward = plain::layerBackward,
                                   .elementKernel = plain::elementKernel,
                                   .chainKernel = plain::chainKernel,
                                   .momentumKernel = plain::momentumKernel,
                                   .halfSquaredError = plain::halfSquaredError,
                                   .exponential = plain::exponential};

} // namespace chronograd::kernels
