#pragma once

#include "core/kernels/vector/activation.h"
#include "core/kernels/vector/product.h"

/// The time loop of a recurrent layer in one call: what the single kernels would do one after the other, bit
/// for bit, with the sums kept in registers from the product to the activation.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Calls body<V, vectors, partial sums>() if rows are a block that a product holds in registers.
template<typename Body>
[[gnu::always_inline]] inline bool asOneBlock(int rows, Body body)
{
    if (rows % widest == 0 && rows / widest <= mostVectors) {
        withVectors(rows / widest,
                    [&]<int Vectors, int Sums>() { body.template operator()<widest, Vectors, Sums>(); });
        return true;
    }
    if constexpr (widest > 4)
        if (rows == 4) {
            body.template operator()<4, 1, partialSums<1>>();
            return true;
        }
    if constexpr (widest > 2)
        if (rows == 2) {
            body.template operator()<2, 1, partialSums<1>>();
            return true;
        }
    return false;
}

inline void recurrentForward(ActivationFunction f, int rows, int inner, int steps, ConstMatrixView weights,
                             MatrixView net, MatrixView out)
{
    const bool done = asOneBlock(rows, [&]<int V, int Vectors, int Sums>() {
        for (int n = 0; n < steps; ++n) {
            double* here = net.first + n * net.stride;
            double* result = out.first + n * out.stride;
            Array<Lanes<V>, Vectors> sums;
            for (int r = 0; r < Vectors; ++r)
                sums[r] = load<V>(here + r * V);
            addColumnProduct<V, Vectors, Sums>(inner, weights.first, weights.stride, result - out.stride,
                                               sums);
            for (int r = 0; r < Vectors; ++r)
                store<V>(here + r * V, sums[r]);
            activateLanes<V, Vectors>(f, sums);
            for (int r = 0; r < Vectors; ++r)
                store<V>(result + r * V, sums[r]);
        }
    });
    if (done)
        return;
    for (int n = 0; n < steps; ++n) {
        double* here = net.first + n * net.stride;
        double* result = out.first + n * out.stride;
        productAdd(rows, inner, 1, weights.first, weights.stride, result - out.stride, out.stride, here,
                   net.stride);
        activate(f, rows, 1, here, rows, result, rows);
    }
}

inline void recurrentBackward(ActivationFunction f, int rows, int inner, int steps,
                              ConstMatrixView transposedWeights, ConstMatrixView out, MatrixView deltaOut,
                              MatrixView deltaNet)
{
    const bool done = asOneBlock(rows, [&]<int V, int Vectors, int Sums>() {
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
                store<V>(leaving + r * V,
                         splat<V>(0.0) + slopeFromOutput<V>(f, load<V>(output + r * V)) * sums[r]);
            }
        }
    });
    if (done)
        return;
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
