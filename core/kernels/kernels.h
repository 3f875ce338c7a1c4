#pragma once

#include "core/kernels/kernel_set.h"

/// The hot loops, on plain column-major arrays: the only part of the engine that is written for speed.
///
/// Contract that the exactness of stepping rests on: **a result column does not depend on how many columns a
/// call computes**: product(…, n = 20, …) gives bit for bit what 20 calls with n = 1 give (fixed order of
/// summation).
///
/// Rows come padded to paddedRows() (a multiple of the vector width), columns start aligned; padding rows of
/// weights and deltas are zero. No kernel allocates.
namespace chronograd::kernels {

inline void product(int rows, int inner, int columns, const ConstMatrixView& start, const ConstMatrixView& a,
                    const ConstMatrixView& b, const MatrixView& c)
{
    kernelSet().product(rows, inner, columns, start, a, b, c);
}

inline ColumnProduct::Run productKernel(int rows, int inner, int columns)
{
    return kernelSet().productKernel(rows, inner, columns);
}

inline void transposedProduct(int rows, int inner, int columns, const ConstMatrixView& start,
                              const ConstMatrixView& a, const ConstMatrixView& b, const MatrixView& c)
{
    kernelSet().transposedProduct(rows, inner, columns, start, a, b, c);
}

inline ColumnProduct::Run transposedKernel(int rows, int inner)
{
    return kernelSet().transposedKernel(rows, inner);
}

inline void outerProductAdd(int rows, int inner, int columns, const double* d, std::ptrdiff_t ldd,
                            const double* s, std::ptrdiff_t lds, double* g, std::ptrdiff_t ldg)
{
    kernelSet().outerProductAdd(rows, inner, columns, d, ldd, s, lds, g, ldg);
}

inline void columnSumAdd(int rows, int columns, const double* d, std::ptrdiff_t ldd, double* g)
{
    kernelSet().columnSumAdd(rows, columns, d, ldd, g);
}

inline void fillColumns(int rows, int columns, const double* b, double* c, std::ptrdiff_t ldc)
{
    kernelSet().fillColumns(rows, columns, b, c, ldc);
}

inline void activate(ActivationFunction f, int rows, int columns, const double* net, std::ptrdiff_t ldn,
                     double* out, std::ptrdiff_t ldo)
{
    kernelSet().activate(f, rows, columns, net, ldn, out, ldo);
}

inline void activateBackward(ActivationFunction f, int rows, int columns, const double* out,
                             std::ptrdiff_t ldo, const double* deltaOut, std::ptrdiff_t ldd, double* deltaNet,
                             std::ptrdiff_t ldn)
{
    kernelSet().activateBackward(f, rows, columns, out, ldo, deltaOut, ldd, deltaNet, ldn);
}

inline void momentumUpdate(std::size_t size, double momentum, double learningRate, double gradientScale,
                           const double* g, double* v, double* w)
{
    kernelSet().momentumUpdate(size, momentum, learningRate, gradientScale, g, v, w);
}

inline double sumOfSquares(std::size_t size, const double* x)
{
    return kernelSet().sumOfSquares(size, x);
}

inline void transpose(int rows, int columns, const double* a, std::ptrdiff_t lda, double* b,
                      std::ptrdiff_t ldb)
{
    kernelSet().transpose(rows, columns, a, lda, b, ldb);
}

inline KernelSet::ForwardSteps layerForward(int rows, int inner)
{
    return kernelSet().layerForward(rows, inner);
}

inline KernelSet::BackwardSteps layerBackward(int rows, int inner)
{
    return kernelSet().layerBackward(rows, inner);
}

inline ElementOperation::Run elementKernel(const ElementOperation& operation)
{
    return kernelSet().elementKernel(operation);
}

inline ElementOperation::RunChain chainKernel(std::span<const ElementOperation> operations)
{
    return kernelSet().chainKernel(operations);
}

inline TrainedMatrix::Step momentumKernel(const TrainedMatrix& matrix, bool isOneColumn, bool keepsGradient)
{
    return kernelSet().momentumKernel(matrix, isOneColumn, keepsGradient);
}

inline double halfSquaredError(std::size_t size, const double* out, const double* target, double scale,
                               double* delta)
{
    return kernelSet().halfSquaredError(size, out, target, scale, delta);
}

inline void exponential(std::size_t size, const double* x, double* y)
{
    kernelSet().exponential(size, x, y);
}

/// Which instruction set the kernels were chosen for (see KernelSet::name): for --version.
inline std::string_view kernelSetName()
{
    return kernelSet().name;
}

} // namespace chronograd::kernels
