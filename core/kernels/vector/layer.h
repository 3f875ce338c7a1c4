#pragma once

#include "core/kernels/vector/activation.h"
#include "core/kernels/vector/outer_product.h"
#include "core/kernels/vector/product.h"

/// A layer over time in one call: the sums stay in registers from the product to the activation, and from the
/// product to the delta.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// A view whose numbers stay in registers.
struct Walk
{
    double* at;
    std::ptrdiff_t stride;

    [[gnu::always_inline]] explicit Walk(const MatrixView& view, std::ptrdiff_t n = 0)
        : at(view.first + n * view.stride)
        , stride(view.stride)
    {}
};

struct ConstWalk
{
    const double* at;
    std::ptrdiff_t stride;

    [[gnu::always_inline]] explicit ConstWalk(const ConstMatrixView& view, std::ptrdiff_t n = 0)
        : at(view.first + n * view.stride)
        , stride(view.stride)
    {}
};

template<int V, int Vectors, int Sums>
[[gnu::always_inline]] inline void forwardStep(const LayerForward& layer, ActivationFunction f,
                                               const double* start, const double* read, double* net,
                                               double* out, bool isSecondFirst = false)
{
    Array<Array<Lanes<V>, Vectors>, 1> sums;
    repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { sums[0][r] = load<V>(start + r * V); });
    const double* column = layer.u.first;
#pragma GCC unroll 1
    for (int k = 0; k < layer.thin; ++k, column += layer.u.stride) {
        const Lanes<V> factor = splat<V>(read[k]);
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
            sums[0][r] = multiplyAdd<V>(load<V>(column + r * V), factor, sums[0][r]);
        });
    }
    if (layer.inner > 0)
        addMatrix<V, Vectors, Sums>(layer.rows, layer.inner, layer.w, out - layer.out.stride, 0,
                                    isSecondFirst, sums);
    repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { store<V>(net + r * V, sums[0][r]); });
    activateLanes<V, Vectors>(f, sums[0]);
    repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { store<V>(out + r * V, sums[0][r]); });
}

template<int V, int Vectors, int Sums>
[[gnu::noinline]] void forwardSteps(const LayerForward& given, std::ptrdiff_t first, int steps)
{
    const LayerForward layer = given; // in registers
    const ActivationFunction f = layer.f;
    ConstWalk start(layer.start, first);
    ConstWalk read(layer.read, first);
    Walk net(layer.net, first);
    Walk out(layer.out, first);
    if constexpr (Vectors <= 2)
        if (steps == 1) // preparing for many would take longer than the step
            return forwardStep<V, Vectors, Sums>(given, f, start.at, read.at, net.at, out.at);
#pragma GCC unroll 1
    for (int n = steps; n > 0; --n) {
        forwardStep<V, Vectors, Sums>(layer, f, start.at, read.at, net.at, out.at, n % 2 != 0);
        start.at += start.stride;
        read.at += read.stride;
        net.at += net.stride;
        out.at += out.stride;
    }
}

/// Of one step: what it has, and where its numbers lie.
struct BackwardStep
{
    bool arrives;
    bool hasNext;
    bool addsToNet;
    const double* out;
    double* deltaOut;
    double* deltaNet;
    const double* error;
    bool isSecondFirst = false; ///< See isLarge().
};

/// gatheredᵀ · errors, in a register: numbers stored one by one could not be read as a vector at once.
template<int V, int First>
[[gnu::always_inline]] inline Lanes<V> gatherFromAbove(const LayerBackward& layer, const double* errors)
{
    Lanes<V> result = splat<V>(0.0);
    const double* weights = layer.gathered.first + First * layer.gathered.stride;
    repeat<V>([&]<int m>() CHRONOGRAD_INLINED {
        if (First + m < layer.units) {
            double sum = weights[0] * errors[0];
            for (int o = 1; o < layer.aboveUnits; ++o)
                sum = multiplyAdd<1>(weights[o], errors[o], sum);
            if constexpr (V == 1)
                result = sum;
            else
                result[m] = sum;
            weights += layer.gathered.stride;
        }
    });
    return result;
}

template<int V, int Vectors, int Sums>
[[gnu::always_inline]] inline void backwardStep(const LayerBackward& layer, ActivationFunction f,
                                                const BackwardStep& step, Lanes<V>& squares)
{
    Array<Array<Lanes<V>, Vectors>, 1> sums;
    if (!step.arrives) {
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { sums[0][r] = splat<V>(0.0); });
    } else if (layer.above) {
        const Lanes<V> factor = splat<V>(*step.error);
        repeat<Vectors>([&]<int r>()
                            CHRONOGRAD_INLINED { sums[0][r] = load<V>(layer.above + r * V) * factor; });
    } else {
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { sums[0][r] = load<V>(step.deltaOut + r * V); });
        if constexpr (V * Vectors <= LayerBackward::mostGathered)
            if (layer.aboveUnits > 0)
                repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
                    sums[0][r] = gatherFromAbove<V, r * V>(layer, step.error);
                });
    }
    if (step.hasNext)
        addMatrix<V, Vectors, Sums>(layer.rows, layer.inner, layer.transposed,
                                    step.deltaNet + layer.deltaNet.stride, 0, step.isSecondFirst, sums);
    repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { store<V>(step.deltaOut + r * V, sums[0][r]); });
    Array<Lanes<V>, Vectors> before;
    repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
        before[r] = step.addsToNet ? load<V>(step.deltaNet + r * V) : splat<V>(0.0);
    });
    withKind(f.kind, [&]<Activation kind>() CHRONOGRAD_INLINED {
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
            sums[0][r] = addThroughSlope<kind, V>(before[r], f.slope, load<V>(step.out + r * V), sums[0][r]);
        });
    });
    repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
        store<V>(step.deltaNet + r * V, sums[0][r]);
        squares += sums[0][r] * sums[0][r];
    });
}

template<int V, int Vectors, int Sums>
[[gnu::noinline]] double backwardSteps(const LayerBackward& given, const SweptSteps& swept)
{
    const LayerBackward layer = given; // in registers
    const ActivationFunction f = layer.f;
    const int last = swept.steps - 1;
    ConstWalk out(layer.out, swept.first + last);
    Walk deltaOut(layer.deltaOut, swept.firstDelta + last);
    Walk deltaNet(layer.deltaNet, swept.firstDelta + last);
    ConstWalk error(layer.errors, swept.firstDelta + last);
    BackwardStep step{last >= swept.arrivesFrom,
                      swept.hasNext,
                      swept.addsToNet,
                      out.at,
                      deltaOut.at,
                      deltaNet.at,
                      error.at};
    Lanes<V> squares = splat<V>(0.0);
    if constexpr (Vectors <= 2)
        if (last == 0) { // preparing for many would take longer than the step
            backwardStep<V, Vectors, Sums>(given, f, step, squares);
            return laneSum<V>(squares);
        }
#pragma GCC unroll 1
    for (int n = last; n >= 0; --n) {
        step.arrives = n >= swept.arrivesFrom;
        backwardStep<V, Vectors, Sums>(layer, f, step, squares);
        step.hasNext = layer.inner > 0;
        step.isSecondFirst = !step.isSecondFirst;
        step.out -= out.stride;
        step.deltaOut -= deltaOut.stride;
        step.deltaNet -= deltaNet.stride;
        step.error -= error.stride;
    }
    return laneSum<V>(squares);
}

using ForwardSteps = KernelSet::ForwardSteps;
using BackwardSteps = KernelSet::BackwardSteps;

template<int V, int Vectors>
inline constexpr ForwardSteps forwardVariants[4] = {
    forwardSteps<V, Vectors, 1>, forwardSteps<V, Vectors, fewer(2, partialSums<Vectors>)>,
    forwardSteps<V, Vectors, fewer(4, partialSums<Vectors>)>, forwardSteps<V, Vectors, partialSums<Vectors>>};

template<int V, int Vectors>
inline constexpr BackwardSteps backwardVariants[4] = {
    backwardSteps<V, Vectors, 1>, backwardSteps<V, Vectors, fewer(2, partialSums<Vectors>)>,
    backwardSteps<V, Vectors, fewer(4, partialSums<Vectors>)>,
    backwardSteps<V, Vectors, partialSums<Vectors>>};

template<int... N>
constexpr auto forwardTable(std::integer_sequence<int, N...>)
{
    return Variants<ForwardSteps>{
        {{forwardVariants<widest, N + 1>[0], forwardVariants<widest, N + 1>[1],
          forwardVariants<widest, N + 1>[2], forwardVariants<widest, N + 1>[3]}...}};
}

template<int... N>
constexpr auto backwardTable(std::integer_sequence<int, N...>)
{
    return Variants<BackwardSteps>{
        {{backwardVariants<widest, N + 1>[0], backwardVariants<widest, N + 1>[1],
          backwardVariants<widest, N + 1>[2], backwardVariants<widest, N + 1>[3]}...}};
}

/// Rows that one block holds in registers, in vectors of the widest kind; 0: more, or not whole vectors.
inline unsigned oneBlock(int rows)
{
    const auto count = static_cast<unsigned>(rows);
    return count % widest == 0 && count <= mostVectors * widest ? count / widest : 0;
}

/// More rows than the registers hold.
[[gnu::noinline]] inline void forwardInParts(const LayerForward& layer, std::ptrdiff_t first, int steps)
{
    for (std::ptrdiff_t n = first; n < first + steps; ++n) {
        const MatrixView net = column(layer.net, n);
        const MatrixView out = column(layer.out, n);
        product(layer.rows, layer.thin, 1, column(layer.start, n), layer.u, column(layer.read, n), net);
        if (layer.inner > 0)
            product(layer.rows, layer.inner, 1, net, layer.w, {out.first - out.stride, out.stride}, net);
        activate(layer.f, layer.rows, 1, net.first, layer.rows, out.first, layer.rows);
    }
}

inline void clear(int rows, double* column)
{
    for (int m = 0; m < rows; ++m)
        column[m] = 0.0;
}

inline void multiply(int rows, const double* x, double factor, double* result)
{
    for (int m = 0; m < rows; ++m)
        result[m] = x[m] * factor;
}

[[gnu::noinline]] inline double backwardInParts(const LayerBackward& layer, const SweptSteps& swept)
{
    double squares = 0.0;
    bool hasNext = swept.hasNext;
    for (int n = swept.steps - 1; n >= 0; --n) {
        const MatrixView deltaOut = column(layer.deltaOut, swept.firstDelta + n);
        const MatrixView net = column(layer.deltaNet, swept.firstDelta + n);
        if (n < swept.arrivesFrom)
            clear(layer.rows, deltaOut.first);
        else if (layer.above)
            multiply(layer.rows, layer.above, *column(layer.errors, swept.firstDelta + n).first,
                     deltaOut.first);
        if (hasNext)
            product(layer.rows, layer.inner, 1, deltaOut, layer.transposed,
                    {net.first + net.stride, net.stride}, deltaOut);
        hasNext = layer.inner > 0;
        if (net.first != deltaOut.first) { // f(x) = x: one and the same
            if (!swept.addsToNet)
                clear(layer.rows, net.first);
            activateBackward(layer.f, layer.rows, 1, column(layer.out, swept.first + n).first, layer.rows,
                             deltaOut.first, layer.rows, net.first, layer.rows);
        }
        squares += sumOfSquares(static_cast<std::size_t>(layer.rows), net.first);
    }
    return squares;
}

inline ForwardSteps layerForward(int rows, int inner)
{
    static constexpr auto table = forwardTable(std::make_integer_sequence<int, mostVectors>{});
    const unsigned sums = sumsIndex(inner);
    if (const unsigned vectors = oneBlock(rows))
        return table.of[vectors - 1][sums];
    ForwardSteps found = forwardInParts;
    if (rows == 1 || rows == 2 || rows == 4)
        forEachWidth(rows, [&]<int V>(int, int) CHRONOGRAD_INLINED { found = forwardVariants<V, 1>[sums]; });
    return found;
}

inline BackwardSteps layerBackward(int rows, int inner)
{
    static constexpr auto table = backwardTable(std::make_integer_sequence<int, mostVectors>{});
    const unsigned sums = sumsIndex(inner);
    if (const unsigned vectors = oneBlock(rows))
        return table.of[vectors - 1][sums];
    BackwardSteps found = backwardInParts;
    if (rows == 1 || rows == 2 || rows == 4)
        forEachWidth(rows, [&]<int V>(int, int) CHRONOGRAD_INLINED { found = backwardVariants<V, 1>[sums]; });
    return found;
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
