#pragma once

#include "core/kernels/vector/activation.h"
#include "core/kernels/vector/product.h"

#include <utility>

/// The time loop of a recurrent layer in one call: what the single kernels would do one after the other, bit
/// for bit, with the sums kept in registers from the product to the activation.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

template<int V, int Vectors, int Sums>
inline void forwardSteps(ActivationFunction f, int inner, int steps, const ConstMatrixView& weights,
                         const MatrixView& net, const MatrixView& out)
{
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
inline void backwardSteps(ActivationFunction f, int inner, int steps,
                          const ConstMatrixView& transposedWeights, const ConstMatrixView& out,
                          const MatrixView& deltaOut, const MatrixView& deltaNet)
{
    for (int n = steps - 1; n >= 0; --n) {
        const double* output = out.first + n * out.stride;
        double* arriving = deltaOut.first + n * deltaOut.stride;
        double* leaving = deltaNet.first + n * deltaNet.stride;
        Array<Lanes<V>, Vectors> sums;
        for (int r = 0; r < Vectors; ++r)
            sums[r] = load<V>(arriving + r * V);
        addColumnProduct<V, Vectors, Sums>(inner, transposedWeights.first, transposedWeights.stride,
                                           leaving + deltaNet.stride, sums);
        for (int r = 0; r < Vectors; ++r) {
            store<V>(arriving + r * V, sums[r]);
            store<V>(leaving + r * V, slopeFromOutput<V>(f, load<V>(output + r * V)) * sums[r] + 0.0);
        }
    }
}

template<int... N>
constexpr ByVectors<decltype(&forwardSteps<1, 1, 1>)> forwardTable(std::integer_sequence<int, N...>)
{
    return {{forwardSteps<widest, N + 1, partialSums<N + 1>>...}};
}

template<int... N>
constexpr ByVectors<decltype(&backwardSteps<1, 1, 1>)> backwardTable(std::integer_sequence<int, N...>)
{
    return {{backwardSteps<widest, N + 1, partialSums<N + 1>>...}};
}

/// Rows that one block holds in registers.
inline bool isOneBlock(int rows)
{
    return rows % widest == 0 && rows / widest <= mostVectors;
}

inline void recurrentForward(ActivationFunction f, int rows, int inner, int steps,
                             const ConstMatrixView& weights, const MatrixView& net, const MatrixView& out)
{
    static constexpr auto table = forwardTable(std::make_integer_sequence<int, mostVectors>{});
    if (isOneBlock(rows))
        return table.of[rows / widest - 1](f, inner, steps, weights, net, out);
    if constexpr (widest > 4)
        if (rows == 4)
            return forwardSteps<widest / 2, 1, partialSums<1>>(f, inner, steps, weights, net, out);
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
    if (isOneBlock(rows))
        return table.of[rows / widest - 1](f, inner, steps, transposedWeights, out, deltaOut, deltaNet);
    if constexpr (widest > 4)
        if (rows == 4)
            return backwardSteps<widest / 2, 1, partialSums<1>>(f, inner, steps, transposedWeights, out,
                                                                deltaOut, deltaNet);
    for (int n = steps - 1; n >= 0; --n) {
        double* arriving = deltaOut.first + n * deltaOut.stride;
        double* leaving = deltaNet.first + n * deltaNet.stride;
        productAdd(rows, inner, 1, transposedWeights.first, transposedWeights.stride,
                   leaving + deltaNet.stride, deltaNet.stride, arriving, deltaOut.stride);
        for (int m = 0; m < rows; ++m)
            leaving[m] = 0.0;
        activateBackward(f, rows, 1, out.first + n * out.stride, rows, arriving, rows, leaving, rows);
    }
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
