#pragma once

#include "core/math/activation.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace chronograd::kernels {

/// Columns of a matrix: column n starts at first + n·stride.
struct ConstMatrixView
{
    const double* first;
    std::ptrdiff_t stride;
};

struct MatrixView
{
    double* first;
    std::ptrdiff_t stride;

    operator ConstMatrixView() const { return {first, stride}; }
};

/// The view from column n on.
inline MatrixView column(const MatrixView& view, std::ptrdiff_t n)
{
    return {view.first + n * view.stride, view.stride};
}
inline ConstMatrixView column(const ConstMatrixView& view, std::ptrdiff_t n)
{
    return {view.first + n * view.stride, view.stride};
}

/// Columns of a sum of products: c(:, n) = start(:, n) + U · read(:, n) + A · b(:, n). (Or Aᵀ · b(:, n),
/// without U: KernelSet::transposedKernel.)
struct ColumnProduct
{
    int rows = 0;
    ConstMatrixView start = {}; ///< A bias has stride 0; may be `c` itself.
    int thin = 0;               ///< Columns of U, a few; 0: none.
    ConstMatrixView u = {};
    ConstMatrixView read = {};
    int inner = 0; ///< Columns of A.
    ConstMatrixView a = {};
    ConstMatrixView b = {};
    MatrixView c = {};

    using Run = void (*)(const ColumnProduct& product, std::ptrdiff_t first, int columns);
};

/// A layer of units f over time, going forward: net(:, n) = start(:, n) + U · read(:, n) + W · out(:, n−1),
/// out(:, n) = f(net(:, n)).
struct LayerForward
{
    ActivationFunction f;
    int rows;
    ConstMatrixView start; ///< A bias has stride 0; may be `net` itself.
    int thin = 0;          ///< Columns of U, a few; 0: none.
    ConstMatrixView u = {};
    ConstMatrixView read = {};
    int inner = 0; ///< Columns of W; 0: not recurrent.
    ConstMatrixView w = {};
    MatrixView net;
    MatrixView out;
};

/// The same going back: deltaOut(:, n) = what arrives there + Wᵀ · deltaNet(:, n+1), deltaNet(:, n) = f′ ·
/// deltaOut(:, n), with f′ from `out`.
struct LayerBackward
{
    ActivationFunction f;
    int rows;
    int inner = 0; ///< Columns of the transposed W; 0: not recurrent.
    ConstMatrixView transposed = {};
    ConstMatrixView out;
    MatrixView deltaOut;
    MatrixView deltaNet; ///< May be deltaOut itself where f(x) = x.
    /// Where what arrives need not be summed up by others: the weights of a single unit above, as a column of
    /// `rows` …
    const double* above = nullptr;
    /// … or, of layers with up to mostGathered rows, those of as few units above, aboveUnits × units.
    ConstMatrixView gathered = {};
    int aboveUnits = 0;
    int units = 0;
    ConstMatrixView errors = {}; ///< The deltas of the units above. (Else what arrives lies in deltaOut.)
    static constexpr int mostGathered = 4;
};

/// The steps of one call going back, the last first.
struct SweptSteps
{
    std::ptrdiff_t first;      ///< Column of the first in `out` …
    std::ptrdiff_t firstDelta; ///< … and in the deltas.
    int steps;
    int arrivesFrom;        ///< Something arrives from this one of them on; before, nothing does.
    bool hasNext = false;   ///< There is a step after the last, from which errors come back.
    bool addsToNet = false; ///< deltaNet += instead.
};

/// What an element-wise operation reads or writes: a slot's values or its deltas, from column 0 on.
struct ElementView
{
    double* first = nullptr;
    std::ptrdiff_t stride = 0;
    bool isDelta = false; ///< Deltas count their columns from another step than values do.
};

/// The columns that an operation is done for.
struct ElementColumns
{
    std::ptrdiff_t first;
    std::ptrdiff_t firstDelta; ///< The same step among the deltas.
    int count;
};

/// An operation on vectors, unit by unit.
struct ElementOperation
{
    enum class Kind : std::uint8_t
    {
        Multiply,         ///< result = coefficient · a ⊙ b, with a or 1 − a; without b it counts as 1
        Activate,         ///< result = f(a)
        ActivateBackward, ///< result = f′ ⊙ b, with f′ from the output a
    };
    using Run = void (*)(const ElementOperation& operation, const ElementColumns& columns);
    /// Some in turn.
    using RunChain = void (*)(std::span<const ElementOperation> operations, const ElementColumns& columns);

    Kind kind = Kind::Multiply;
    bool adds = false; ///< result += instead.
    int rows = 0;
    ElementView a;
    ElementView b;
    ElementView result;
    double coefficient = 1.0;
    bool complement = false; ///< 1 − a
    ActivationFunction f = {};
    Run run = nullptr; ///< KernelSet::elementKernel() of all this.
};

/// Columns of a sum over time.
struct TimeRange
{
    std::ptrdiff_t firstDelta; ///< First column of D …
    std::ptrdiff_t firstRead;  ///< … and of S.
    int columns;
};

struct MomentumStep
{
    double momentum; ///< γ
    double rate;     ///< α · scale of the gradient
};

/// The parameters, and what an update changes with them.
struct ParameterVectors
{
    double* weights;
    double* velocity;
    double* gradient; ///< May be null: not kept.
};

/// A weight matrix in the parameter vector, and what its gradient D · Sᵀ is made of: D has `rows` rows, S has
/// `inner`, and over time as many columns. A bias is the case inner = 1 with S = {1}, stride 0.
struct TrainedMatrix
{
    /// For each of some matrices that step together: g = D · Sᵀ, v ← γ·v − rate·g, w ← w + v in one pass;
    /// returns Σ g². (The gradient is that of outerProductAdd() into zeros, bit for bit.)
    using Step = double (*)(std::span<const TrainedMatrix> matrices, const TimeRange& range,
                            const MomentumStep& step, const ParameterVectors& vectors);

    std::ptrdiff_t offset;
    std::ptrdiff_t stride;
    int rows;
    int inner;
    ConstMatrixView d;
    ConstMatrixView s;

    bool isRow() const { return rows == 1 && stride == 1; } ///< It lies in memory as a column does.
    /// One call can do this and then `next`.
    bool stepsWith(const TrainedMatrix& next) const
    {
        return d.first == next.d.first && rows == next.rows && isRow() == next.isRow() &&
               (!isRow() || next.inner == inner || next.inner == 1);
    }
};

/// The kernels compiled for one instruction set.
struct KernelSet
{
    std::string_view name; ///< "x86-64-v4", "x86-64-v3", "x86-64" or "plain"

    /// C(:, n) = start(:, n) + A · B(:, n) for n = 0 … columns−1; A is rows × inner. B is read at its first
    /// `inner` rows only. Rows are padded rows. `start` may be C: then it is added to.
    using Product = void (*)(int rows, int inner, int columns, const ConstMatrixView& start,
                             const ConstMatrixView& a, const ConstMatrixView& b, const MatrixView& c);
    Product product;
    /// The code for matrices of this size and so many columns a call, chosen once for many calls. A · b is
    /// summed as product() sums it, U · read column by column of U.
    ColumnProduct::Run (*productKernel)(int rows, int inner, int columns);

    /// C(:, n) = start(:, n) + Aᵀ · B(:, n): C has `inner` rows (A's columns), B has `rows` rows.
    Product transposedProduct;
    /// The code for c(:, n) = start(:, n) + Aᵀ · b(:, n) where `rows` columns of A have `inner` elements
    /// each; null: for matrices of this size a transposed copy of A serves better.
    ColumnProduct::Run (*transposedKernel)(int rows, int inner);

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
    /// for each update, then product() with it instead of transposedProduct().
    void (*transpose)(int rows, int columns, const double* a, std::ptrdiff_t lda, double* b,
                      std::ptrdiff_t ldb);

    /// A layer's `steps` columns from `first` on in one call; how they are grouped into calls does not matter
    /// to a bit. These choose the code for layers of this size, once for many calls. Going back, it returns Σ
    /// deltaNet².
    using ForwardSteps = void (*)(const LayerForward& layer, std::ptrdiff_t first, int steps);
    using BackwardSteps = double (*)(const LayerBackward& layer, const SweptSteps& steps);
    ForwardSteps (*layerForward)(int rows, int inner);
    BackwardSteps (*layerBackward)(int rows, int inner);

    /// The code that does an operation.
    ElementOperation::Run (*elementKernel)(const ElementOperation& operation);
    /// … and some in turn, whose `run` is set.
    ElementOperation::RunChain (*chainKernel)(std::span<const ElementOperation> operations);

    /// The code that makes a step with a matrix and those that step with it: with sums over one column only,
    /// or over any number of them; with a gradient to be kept, or without one.
    TrainedMatrix::Step (*momentumKernel)(const TrainedMatrix& matrix, bool isOneColumn, bool keepsGradient);

    /// delta = scale · (out − target); returns ½ Σ (out − target)².
    double (*halfSquaredError)(std::size_t size, const double* out, const double* target, double scale,
                               double* delta);

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
