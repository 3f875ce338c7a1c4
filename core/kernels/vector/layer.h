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
[[gnu::noinline]] void forwardSteps(const LayerForward& layer, std::ptrdiff_t first, int steps)
{
    const ActivationFunction f = layer.f;
    const int inner = layer.inner;
    const int thin = layer.thin;
    const ConstWalk w(layer.w);
    const ConstWalk u(layer.u);
    ConstWalk start(layer.start, first);
    ConstWalk read(layer.read, first);
    Walk net(layer.net, first);
    Walk out(layer.out, first);
#pragma GCC unroll 1
    for (int n = steps; n > 0; --n) {
        Array<Array<Lanes<V>, Vectors>, 1> sums;
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { sums[0][r] = load<V>(start.at + r * V); });
        const double* column = u.at;
#pragma GCC unroll 1
        for (int k = 0; k < thin; ++k, column += u.stride) {
            const Lanes<V> factor = splat<V>(read.at[k]);
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
                sums[0][r] = multiplyAdd<V>(load<V>(column + r * V), factor, sums[0][r]);
            });
        }
        if (inner > 0)
            addProduct<V, Vectors, Sums>(inner, w.at, w.stride, out.at - out.stride, 0, sums);
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { store<V>(net.at + r * V, sums[0][r]); });
        activateLanes<V, Vectors>(f, sums[0]);
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { store<V>(out.at + r * V, sums[0][r]); });
        start.at += start.stride;
        read.at += read.stride;
        net.at += net.stride;
        out.at += out.stride;
    }
}

template<int V, int Vectors, int Sums>
[[gnu::noinline]] double backwardSteps(const LayerBackward& layer, const SweptSteps& swept)
{
    const ActivationFunction f = layer.f;
    const int inner = layer.inner;
    const int arrivesFrom = swept.arrivesFrom;
    const bool addsToNet = swept.addsToNet;
    bool hasNext = swept.hasNext;
    const int last = swept.steps - 1;
    const ConstWalk transposed(layer.transposed);
    ConstWalk out(layer.out, swept.first + last);
    Walk deltaOut(layer.deltaOut, swept.firstDelta + last);
    Walk deltaNet(layer.deltaNet, swept.firstDelta + last);
    Lanes<V> squares = splat<V>(0.0);
#pragma GCC unroll 1
    for (int n = last; n >= 0; --n) {
        Array<Array<Lanes<V>, Vectors>, 1> sums;
        if (n >= arrivesFrom)
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { sums[0][r] = load<V>(deltaOut.at + r * V); });
        else
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { sums[0][r] = splat<V>(0.0); });
        if (hasNext)
            addProduct<V, Vectors, Sums>(inner, transposed.at, transposed.stride,
                                         deltaNet.at + deltaNet.stride, 0, sums);
        hasNext = inner > 0;
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { store<V>(deltaOut.at + r * V, sums[0][r]); });
        Array<Lanes<V>, Vectors> before;
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
            before[r] = addsToNet ? load<V>(deltaNet.at + r * V) : splat<V>(0.0);
        });
        withKind(f.kind, [&]<Activation kind>() CHRONOGRAD_INLINED {
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
                sums[0][r] =
                    addThroughSlope<kind, V>(before[r], f.slope, load<V>(out.at + r * V), sums[0][r]);
            });
        });
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
            store<V>(deltaNet.at + r * V, sums[0][r]);
            squares += sums[0][r] * sums[0][r];
        });
        out.at -= out.stride;
        deltaOut.at -= deltaOut.stride;
        deltaNet.at -= deltaNet.stride;
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

[[gnu::noinline]] inline double backwardInParts(const LayerBackward& layer, const SweptSteps& swept)
{
    double squares = 0.0;
    bool hasNext = swept.hasNext;
    for (int n = swept.steps - 1; n >= 0; --n) {
        const MatrixView deltaOut = column(layer.deltaOut, swept.firstDelta + n);
        const MatrixView net = column(layer.deltaNet, swept.firstDelta + n);
        if (n < swept.arrivesFrom)
            clear(layer.rows, deltaOut.first);
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
