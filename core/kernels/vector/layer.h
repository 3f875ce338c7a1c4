#pragma once

#include "core/kernels/vector/activation.h"
#include "core/kernels/vector/product.h"

#include <utility>

/// A layer over time in one call: the sums stay in registers from the product to the activation, and from the
/// product to the delta.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// A view whose numbers stay in registers: one by one, because reading a structure at once that has just been
/// written field by field makes the processor wait.
struct Walk
{
    double* at;
    std::ptrdiff_t stride;

    [[gnu::always_inline]] explicit Walk(const MatrixView& view, int n = 0)
        : at(view.first + n * view.stride)
        , stride(view.stride)
    {}
};

struct ConstWalk
{
    const double* at;
    std::ptrdiff_t stride;

    [[gnu::always_inline]] explicit ConstWalk(const ConstMatrixView& view, int n = 0)
        : at(view.first + n * view.stride)
        , stride(view.stride)
    {}
};

template<int V, int Vectors, int Sums>
[[gnu::noinline]] void forwardSteps(const LayerForward& layer)
{
    const ActivationFunction f = layer.f;
    const int inner = layer.inner;
    const int thin = layer.thin;
    const ConstWalk w(layer.w);
    const ConstWalk u(layer.u);
    ConstWalk start(layer.start);
    ConstWalk read(layer.read);
    Walk net(layer.net);
    Walk out(layer.out);
#pragma GCC unroll 1
    for (int n = layer.steps; n > 0; --n) {
        Array<Array<Lanes<V>, Vectors>, 1> sums;
        for (int r = 0; r < Vectors; ++r)
            sums[0][r] = load<V>(start.at + r * V);
#pragma GCC unroll 1
        for (int k = 0; k < thin; ++k) {
            const Lanes<V> factor = splat<V>(read.at[k]);
            for (int r = 0; r < Vectors; ++r)
                sums[0][r] = multiplyAdd<V>(load<V>(u.at + k * u.stride + r * V), factor, sums[0][r]);
        }
        if (inner > 0)
            addProduct<V, Vectors, Sums>(inner, w.at, w.stride, out.at - out.stride, 0, sums);
        for (int r = 0; r < Vectors; ++r)
            store<V>(net.at + r * V, sums[0][r]);
        activateLanes<V, Vectors>(f, sums[0]);
        for (int r = 0; r < Vectors; ++r)
            store<V>(out.at + r * V, sums[0][r]);
        start.at += start.stride;
        read.at += read.stride;
        net.at += net.stride;
        out.at += out.stride;
    }
}

template<int V, int Vectors, int Sums>
[[gnu::noinline]] void backwardSteps(const LayerBackward& layer)
{
    const ActivationFunction f = layer.f;
    const int inner = layer.inner;
    const int arrivesFrom = layer.arrivesFrom;
    const bool addsToNet = layer.addsToNet;
    bool hasNext = layer.hasNext;
    const int last = layer.steps - 1;
    const ConstWalk transposed(layer.transposed);
    ConstWalk out(layer.out, last);
    Walk deltaOut(layer.deltaOut, last);
    Walk deltaNet(layer.deltaNet, last);
#pragma GCC unroll 1
    for (int n = last; n >= 0; --n) {
        Array<Array<Lanes<V>, Vectors>, 1> sums;
        if (n >= arrivesFrom)
            for (int r = 0; r < Vectors; ++r)
                sums[0][r] = load<V>(deltaOut.at + r * V);
        else
            for (int r = 0; r < Vectors; ++r)
                sums[0][r] = splat<V>(0.0);
        if (hasNext)
            addProduct<V, Vectors, Sums>(inner, transposed.at, transposed.stride,
                                         deltaNet.at + deltaNet.stride, 0, sums);
        hasNext = inner > 0;
        for (int r = 0; r < Vectors; ++r)
            store<V>(deltaOut.at + r * V, sums[0][r]);
        Array<Lanes<V>, Vectors> before;
        for (int r = 0; r < Vectors; ++r)
            before[r] = addsToNet ? load<V>(deltaNet.at + r * V) : splat<V>(0.0);
        withKind(f.kind, [&]<Activation kind>() CHRONOGRAD_INLINED {
            for (int r = 0; r < Vectors; ++r)
                store<V>(deltaNet.at + r * V,
                         addThroughSlope<kind, V>(before[r], f.slope, load<V>(out.at + r * V), sums[0][r]));
        });
        out.at -= out.stride;
        deltaOut.at -= deltaOut.stride;
        deltaNet.at -= deltaNet.stride;
    }
}

using ForwardSteps = void (*)(const LayerForward&);
using BackwardSteps = void (*)(const LayerBackward&);

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
[[gnu::noinline]] inline void forwardInParts(const LayerForward& layer)
{
    for (int n = 0; n < layer.steps; ++n) {
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

[[gnu::noinline]] inline void backwardInParts(const LayerBackward& layer)
{
    bool hasNext = layer.hasNext;
    for (int n = layer.steps - 1; n >= 0; --n) {
        const MatrixView out = column(layer.deltaOut, n);
        const MatrixView net = column(layer.deltaNet, n);
        if (n < layer.arrivesFrom)
            clear(layer.rows, out.first);
        if (hasNext)
            product(layer.rows, layer.inner, 1, out, layer.transposed, {net.first + net.stride, net.stride},
                    out);
        hasNext = layer.inner > 0;
        if (net.first == out.first)
            continue; // f(x) = x: one and the same
        if (!layer.addsToNet)
            clear(layer.rows, net.first);
        activateBackward(layer.f, layer.rows, 1, layer.out.first + n * layer.out.stride, layer.rows,
                         out.first, layer.rows, net.first, layer.rows);
    }
}

inline void layerForward(const LayerForward& layer)
{
    static constexpr auto table = forwardTable(std::make_integer_sequence<int, mostVectors>{});
    const unsigned sums = sumsIndex(layer.inner);
    if (const unsigned vectors = oneBlock(layer.rows))
        return table.of[vectors - 1][sums](layer);
    if (layer.rows == 1 || layer.rows == 2 || layer.rows == 4)
        return forEachWidth(layer.rows,
                            [&]<int V>(int, int) CHRONOGRAD_INLINED { forwardVariants<V, 1>[sums](layer); });
    forwardInParts(layer);
}

inline void layerBackward(const LayerBackward& layer)
{
    static constexpr auto table = backwardTable(std::make_integer_sequence<int, mostVectors>{});
    const unsigned sums = sumsIndex(layer.inner);
    if (const unsigned vectors = oneBlock(layer.rows))
        return table.of[vectors - 1][sums](layer);
    if (layer.rows == 1 || layer.rows == 2 || layer.rows == 4)
        return forEachWidth(layer.rows,
                            [&]<int V>(int, int) CHRONOGRAD_INLINED { backwardVariants<V, 1>[sums](layer); });
    backwardInParts(layer);
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
