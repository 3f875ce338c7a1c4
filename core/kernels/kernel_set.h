#pragma once

#include "core/math/activation.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace chronograd::kernels {

/// Columns of a matrix: column n starts at first + n·stride.
struct MatrixView
{
    double* first;
    std::ptrdiff_t stride;
};

struct ConstMatrixView
{
    const double* first;
    std::ptrdiff_t stride;
};

struct MomentumStep
{
    double momentum; ///< γ
    double rate;     ///< α · scale of the gradient
};

/// A weight matrix in the parameter vector and what belongs to it elsewhere, all with the same stride.
struct TrainedMatrix
{
    double* weights;
    double* velocity;
    double* gradient; ///< May be null: not kept.
    std::ptrdiff_t stride;
};

/// The kernels compiled for one instruction set.
struct KernelSet
{
    std::string_view name; ///< "x86-64-v4", "x86-64-v3", "x86-64" or "plain"

    /// C(:, n) += A · B(:, n) for n = 0 … columns−1; A is rows × inner with leading dimension lda. B is read
    /// at its first `inner` rows only. Rows are padded rows.
    using ProductAdd = void (*)(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda,
                                const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc);
    ProductAdd productAdd;

    /// C(:, n) += Aᵀ · B(:, n): C has `inner` rows (A's columns), B has `rows` rows.
    void (*transposedProductAdd)(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda,
                                 const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc);

    /// G += D · Sᵀ, summed over `columns` time steps: G is rows × inner, D rows × columns, S inner × columns.
    void (*outerProductAdd)(int rows, int inner, int columns, const double* d, std::ptrdiff_t ldd,
                            const double* s, std::ptrdiff_t lds, double* g, std::ptrdiff_t ldg);

    /// g(:) += Σ over columns of D(:, n).
    void (*columnSumAdd)(int rows, int columns, const double* d, std::ptrdiff_t ldd, double* g);

    /// C(:, n) = b(:) for every column.
    void (*fillColumns)(int rows, int columns, const double* b, double* c, std::ptrdiff_t ldc);

    /// out = f(net), elementwise activations (not softmax).
    void (*activate)(ActivationFunction f, int rows, int columns, const double* net, std::ptrdiff_t ldn,
                     double* out, std::ptrdiff_t ldo);

    /// deltaNet += f′ · deltaOut, with f′ from the output.
    void (*activateBackward)(ActivationFunction f, int rows, int columns, const double* out,
                             std::ptrdiff_t ldo, const double* deltaOut, std::ptrdiff_t ldd, double* deltaNet,
                             std::ptrdiff_t ldn);

    /// v ← γ·v − α·scale·g ; w ← w + v
    void (*momentumUpdate)(std::size_t size, double momentum, double learningRate, double gradientScale,
                           const double* g, double* v, double* w);

    /// Σ x² over the array, in a fixed order.
    double (*sumOfSquares)(std::size_t size, const double* x);

    /// B = Aᵀ; A is rows × columns (no padding counted). For weights that go backward through time: one copy
    /// for each update, then productAdd() with it instead of transposedProductAdd().
    void (*transpose)(int rows, int columns, const double* a, std::ptrdiff_t lda, double* b,
                      std::ptrdiff_t ldb);

    /// For n = 0 … steps−1: net(:, n) += W · out(:, n−1); out(:, n) = f(net(:, n)). `out` has a column before
    /// its first. Bit for bit productAdd() and activate() step by step.
    using RecurrentForward = void (*)(ActivationFunction f, int rows, int inner, int steps,
                                      const ConstMatrixView& weights, const MatrixView& net,
                                      const MatrixView& out);
    RecurrentForward recurrentForward;

    /// For n = steps−1 … 0: deltaOut(:, n) += Wᵀ · deltaNet(:, n+1); deltaNet(:, n) += f′ · deltaOut(:, n),
    /// with f′ from `out`. `deltaNet` has a column after its last. Bit for bit productAdd() with the
    /// transposed weights and activateBackward(), step by step.
    using RecurrentBackward = void (*)(ActivationFunction f, int rows, int inner, int steps,
                                       const ConstMatrixView& transposedWeights, const ConstMatrixView& out,
                                       const MatrixView& deltaOut, const MatrixView& deltaNet);
    RecurrentBackward recurrentBackward;

    /// g = D · Sᵀ, v ← γ·v − rate·g, w ← w + v in one pass; returns Σ g². A bias is the case inner = 1 with S
    /// = {1}, stride 0. (The gradient is that of outerProductAdd() into zeros, bit for bit.)
    double (*outerProductMomentum)(int rows, int inner, int columns, const ConstMatrixView& d,
                                   const ConstMatrixView& s, const MomentumStep& step,
                                   const TrainedMatrix& matrix);

    /// y = e^x
    void (*exponential)(std::size_t size, const double* x, double* y);
};

/// The sets that this machine can run, the best first; plain code is always the last.
std::span<const KernelSet* const> supportedKernelSets();

extern const KernelSet* chosenKernelSet;

/// The set in use: the best, chosen when the program starts. The environment variable CHRONOGRAD_KERNELS can
/// force one that the machine has.
inline const KernelSet& kernelSet()
{
    return *chosenKernelSet;
}

} // namespace chronograd::kernels
