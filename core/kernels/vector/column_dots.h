#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/lanes.h"

/// Aᵀ · b without a transposed copy of A: inner products with the columns of A, as many at a time as a vector
/// has lanes, so that their sums leave the registers as one vector.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Lane i of the result = the sum of the lanes of x[i].
template<int V>
[[gnu::always_inline]] inline Lanes<V> sumsInLanes(const Array<Lanes<V>, V>& x)
{
    if constexpr (V == 2) {
        return __builtin_shufflevector(x[0], x[1], 0, 2) + __builtin_shufflevector(x[0], x[1], 1, 3);
    } else if constexpr (V == 4) {
        Array<Lanes<V>, 2> pairs;
        for (int i = 0; i < 2; ++i)
            pairs[i] = __builtin_shufflevector(x[2 * i], x[2 * i + 1], 0, 4, 2, 6) +
                       __builtin_shufflevector(x[2 * i], x[2 * i + 1], 1, 5, 3, 7);
        return __builtin_shufflevector(pairs[0], pairs[1], 0, 1, 4, 5) +
               __builtin_shufflevector(pairs[0], pairs[1], 2, 3, 6, 7);
    } else if constexpr (V == 8) {
        Array<Lanes<V>, 4> pairs;
        for (int i = 0; i < 4; ++i)
            pairs[i] = __builtin_shufflevector(x[2 * i], x[2 * i + 1], 0, 8, 2, 10, 4, 12, 6, 14) +
                       __builtin_shufflevector(x[2 * i], x[2 * i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
        Array<Lanes<V>, 2> quads;
        for (int i = 0; i < 2; ++i)
            quads[i] = __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 0, 1, 8, 9, 4, 5, 12, 13) +
                       __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 2, 3, 10, 11, 6, 7, 14, 15);
        return __builtin_shufflevector(quads[0], quads[1], 0, 1, 2, 3, 8, 9, 10, 11) +
               __builtin_shufflevector(quads[0], quads[1], 4, 5, 6, 7, 12, 13, 14, 15);
    } else {
        return x[0];
    }
}

/// See KernelSet::transposedKernel.
[[gnu::noinline]] inline void multiplyTransposed(const ColumnProduct& p, std::ptrdiff_t first, int columns)
{
    constexpr int V = widest;
    /// Sums of their own for each column: else the adders wait for their own results.
    constexpr int parts = 8 / V;
    const int length = p.inner;
    const std::ptrdiff_t lda = p.a.stride;
    const std::ptrdiff_t end = first + columns;
#pragma GCC unroll 1
    for (std::ptrdiff_t n = first; n < end; ++n) {
        const double* b = p.b.first + n * p.b.stride;
        const double* start = p.start.first + n * p.start.stride;
        double* c = p.c.first + n * p.c.stride;
        const double* a = p.a.first;
#pragma GCC unroll 1
        for (int j = 0; j < p.rows; j += V, a += V * lda) {
            Array<Array<Lanes<V>, V>, parts> sums;
            repeat<parts>([&]<int s>() CHRONOGRAD_INLINED {
                repeat<V>([&]<int i>() CHRONOGRAD_INLINED { sums[s][i] = splat<V>(0.0); });
            });
#pragma GCC unroll 1
            for (int m = 0; m < length; m += parts * V)
                repeat<parts>([&]<int s>() CHRONOGRAD_INLINED {
                    const Lanes<V> y = load<V>(b + m + s * V);
                    repeat<V>([&]<int i>() CHRONOGRAD_INLINED {
                        sums[s][i] = multiplyAdd<V>(load<V>(a + i * lda + m + s * V), y, sums[s][i]);
                    });
                });
            repeat<parts - 1>([&]<int s>() CHRONOGRAD_INLINED {
                repeat<V>([&]<int i>() CHRONOGRAD_INLINED { sums[0][i] += sums[s + 1][i]; });
            });
            store<V>(c + j, load<V>(start + j) + sumsInLanes<V>(sums[0]));
        }
    }
}

inline ColumnProduct::Run transposedKernel(int rows, int inner)
{
    constexpr int line = 8; ///< Doubles that the inner loop takes at a time.
    return rows % line == 0 && inner % line == 0 && inner >= 4 * line ? multiplyTransposed : nullptr;
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
