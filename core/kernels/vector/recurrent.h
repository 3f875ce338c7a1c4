#pragma once

#include "core/kernels/vector/activation.h"
#include "core/kernels/vector/product.h"

#include <utility>

/// The time loop of a recurrent layer in one call: what the single kernels would do one after the other, bit
/// for bit, with the sums kept in registers from the product to the activation.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

template<int V, int Vectors, int Sums>
[[gnu::noinline]] void forwardSteps(ActivationFunction f, int /*rows*/, int inner, int steps,
                                    const ConstMatrixView& weights, const MatrixView& net,
                                    const MatrixView& out)
{
#pragma GCC unroll 1
    for (int n = 0; n < steps; ++n) {
        double* here = net.first + n * net.stride;
        double* result = out.first + n * out.stride;
        Array<Lanes<V>, Vectors> sums;
        for (int r = 0; r < Vectors; ++r)
            sums[r] = load<V>(here + r * V);
        addColumnProduct<V, Vectors, Sums>(inner, weights.first, weights.stride, result - out.stride, sums);
        for (int r = 0; r < Vectors; ++r)
            store<V>(here + r * V, sums[r]);
        activateLanes<V, Vectors>(f, sums);
        for (int r = 0; r < Vectors; ++r)
            store<V>(result + r * V, sums[r]);
    }
}

template<int V, int Vectors, int Sums>
[[gnu::noinline]] void backwardSteps(ActivationFunction f, int /*rows*/, int inner, int steps,
                                     const ConstMatrixView& transposedWeights, const ConstMatrixView& out,
                                     const MatrixView& deltaOut, const MatrixView& deltaNet)
{
#pragma GCC unroll 1
    for (int n = steps - 1; n >= 0; --n) {
        const double* output = out.first + n * out.stride;
        double* arriving = deltaOut.first + n * deltaOut.stride;
        double* leaving = deltaNet.first + n * deltaNet.stride;
        Array<Lanes<V>, Vectors> sums;
        for (int r = 0; r < Vectors; ++r)
            sums[r] = load<V>(arriving + r * V);
        addColumnProduct<V, Vectors, Sums>(inner, transposedWeights.first, transposedWeights.stride,
                                           leaving + deltaNet.stride, sums);
        for (int r = 0; r < Vectors; ++r)
            store<V>(arriving + r * V, sums[r]);
        withKind(f.kind, [&]<Activation kind>() CHRONOGRAD_INLINED {
            for (int r = 0; r < Vectors; ++r)
                store<V>(leaving + r * V, addThroughSlope<kind, V>(load<V>(leaving + r * V), f.slope,
                                                                   load<V>(output + r * V), sums[r]));
        });
    }
}

template<int V, int Vectors>
inline constexpr KernelSet::RecurrentForward forwardVariants[4] = {
    forwardSteps<V, Vectors, 1>, forwardSteps<V, Vectors, fewer(2, partialSums<Vectors>)>,
    forwardSteps<V, Vectors, fewer(4, partialSums<Vectors>)>, forwardSteps<V, Vectors, partialSums<Vectors>>};

template<int V, int Vectors>
inline constexpr KernelSet::RecurrentBackward backwardVariants[4] = {
    backwardSteps<V, Vectors, 1>, backwardSteps<V, Vectors, fewer(2, partialSums<Vectors>)>,
    backwardSteps<V, Vectors, fewer(4, partialSums<Vectors>)>,
    backwardSteps<V, Vectors, partialSums<Vectors>>};

template<int... N>
constexpr auto forwardTable(std::integer_sequence<int, N...>)
{
    return Variants<KernelSet::RecurrentForward>{
        {{forwardVariants<widest, N + 1>[0], forwardVariants<widest, N + 1>[1],
          forwardVariants<widest, N + 1>[2], forwardVariants<widest, N + 1>[3]}...}};
}

template<int... N>
constexpr auto backwardTable(std::integer_sequence<int, N...>)
{
    return Variants<KernelSet::RecurrentBackward>{
        {{backwardVariants<widest, N + 1>[0], backwardVariants<widest, N + 1>[1],
          backwardVariants<widest, N + 1>[2], backwardVariants<widest, N + 1>[3]}...}};
}

/// Rows that one block holds in registers, in vectors of the widest kind; 0: more, or not whole vectors.
inline unsigned oneBlock(int rows)
{
    const auto count = static_cast<unsigned>(rows);
    return count % widest == 0 && count <= mostVectors * widest ? count / widest : 0;
}

inline void recurrentForward(ActivationFunction f, int rows, int inner, int steps,
                             const ConstMatrixView& weights, const MatrixView& net, const MatrixView& out)
{
    static constexpr auto table = forwardTable(std::make_integer_sequence<int, mostVectors>{});
    if (const unsigned vectors = oneBlock(rows))
        return table.of[vectors - 1][sumsIndex(inner)](f, rows, inner, steps, weights, net, out);
    if constexpr (widest > 4)
        if (rows == 4)
            return forwardVariants<widest / 2, 1>[sumsIndex(inner)](f, rows, inner, steps, weights, net, out);
    for (int n = 0; n < steps; ++n) {
        double* here = net.first + n * net.stride;
        double* result = out.first + n * out.stride;
        productAdd(rows, inner, 1, weights.first, weights.stride, result - out.stride, out.stride, here,
                   net.stride);
        activate(f, rows, 1, here, rows, result, rows);
    }
}

inline void recurrentBackward(ActivationFunction f, int rows, int inner, int steps,
                              const ConstMatrixView& transposedWeights, const ConstMatrixView& out,
                              const MatrixView& deltaOut, const MatrixView& deltaNet)
{
    static constexpr auto table = backwardTable(std::make_integer_sequence<int, mostVectors>{});
    if (const unsigned vectors = oneBlock(rows))
        return table.of[vectors - 1][sumsIndex(inner)](f, rows, inner, steps, transposedWeights, out,
                                                       deltaOut, deltaNet);
    if constexpr (widest > 4)
        if (rows == 4)
            return backwardVariants<widest / 2, 1>[sumsIndex(inner)](f, rows, inner, steps, transposedWeights,
                                                                     out, deltaOut, deltaNet);
    for (int n = steps - 1; n >= 0; --n) {
        double* arriving = deltaOut.first + n * deltaOut.stride;
        double* leaving = deltaNet.first + n * deltaNet.stride;
        productAdd(rows, inner, 1, transposedWeights.first, transposedWeights.stride,
                   leaving + deltaNet.stride, deltaNet.stride, arriving, deltaOut.stride);
        activateBackward(f, rows, 1, out.first + n * out.stride, rows, arriving, rows, leaving, rows);
    }
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
