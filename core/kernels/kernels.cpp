#include "core/kernels/kernels.h"

#include "core/kernels/kernel_set.h"

namespace chronograd::kernels {

void productAdd(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda, const double* b,
                std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    kernelSet().productAdd(rows, inner, columns, a, lda, b, ldb, c, ldc);
}

void transposedProductAdd(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda,
                          const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    kernelSet().transposedProductAdd(rows, inner, columns, a, lda, b, ldb, c, ldc);
}

void outerProductAdd(int rows, int inner, int columns, const double* d, std::ptrdiff_t ldd, const double* s,
                     std::ptrdiff_t lds, double* g, std::ptrdiff_t ldg)
{
    kernelSet().outerProductAdd(rows, inner, columns, d, ldd, s, lds, g, ldg);
}

void columnSumAdd(int rows, int columns, const double* d, std::ptrdiff_t ldd, double* g)
{
    kernelSet().columnSumAdd(rows, columns, d, ldd, g);
}

void fillColumns(int rows, int columns, const double* b, double* c, std::ptrdiff_t ldc)
{
    kernelSet().fillColumns(rows, columns, b, c, ldc);
}

void activate(ActivationFunction f, int rows, int columns, const double* net, std::ptrdiff_t ldn, double* out,
              std::ptrdiff_t ldo)
{
    kernelSet().activate(f, rows, columns, net, ldn, out, ldo);
}

void activateBackward(ActivationFunction f, int rows, int columns, const double* out, std::ptrdiff_t ldo,
                      const double* deltaOut, std::ptrdiff_t ldd, double* deltaNet, std::ptrdiff_t ldn)
{
    kernelSet().activateBackward(f, rows, columns, out, ldo, deltaOut, ldd, deltaNet, ldn);
}

void momentumUpdate(std::size_t size, double momentum, double learningRate, double gradientScale,
                    const double* g, double* v, double* w)
{
    kernelSet().momentumUpdate(size, momentum, learningRate, gradientScale, g, v, w);
}

double sumOfSquares(std::size_t size, const double* x)
{
    return kernelSet().sumOfSquares(size, x);
}

void transpose(int rows, int columns, const double* a, std::ptrdiff_t lda, double* b, std::ptrdiff_t ldb)
{
    kernelSet().transpose(rows, columns, a, lda, b, ldb);
}

void recurrentForward(ActivationFunction f, int rows, int inner, int steps, ConstMatrixView weights,
                      MatrixView net, MatrixView out)
{
    kernelSet().recurrentForward(f, rows, inner, steps, weights, net, out);
}

void recurrentBackward(ActivationFunction f, int rows, int inner, int steps,
                       ConstMatrixView transposedWeights, ConstMatrixView out, MatrixView deltaOut,
                       MatrixView deltaNet)
{
    kernelSet().recurrentBackward(f, rows, inner, steps, transposedWeights, out, deltaOut, deltaNet);
}

double outerProductMomentum(int rows, int inner, int columns, ConstMatrixView d, ConstMatrixView s,
                            MomentumStep step, TrainedMatrix matrix)
{
    return kernelSet().outerProductMomentum(rows, inner, columns, d, s, step, matrix);
}

void exponential(std::size_t size, const double* x, double* y)
{
    kernelSet().exponential(size, x, y);
}

std::string_view kernelSetName()
{
    return kernelSet().name;
}

} // namespace chronograd::kernels
