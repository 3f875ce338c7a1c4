#pragma once

#include "core/kernels/vector/lanes.h"

namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// A block of V × V numbers.
template<int V>
[[gnu::always_inline]] inline void transposeBlock(const double* a, std::ptrdiff_t lda, double* b,
                                                  std::ptrdiff_t ldb)
{
    Array<Lanes<V>, V> x;
    for (int i = 0; i < V; ++i)
        x[i] = load<V>(a + i * lda);
    if constexpr (V == 2) {
        store<2>(b, __builtin_shufflevector(x[0], x[1], 0, 2));
        store<2>(b + ldb, __builtin_shufflevector(x[0], x[1], 1, 3));
    } else if constexpr (V == 4) {
        Array<Lanes<V>, V> pairs;
        for (int i = 0; i < 4; i += 2) {
            pairs[i] = __builtin_shufflevector(x[i], x[i + 1], 0, 4, 2, 6);
            pairs[i + 1] = __builtin_shufflevector(x[i], x[i + 1], 1, 5, 3, 7);
        }
        for (int i = 0; i < 2; ++i) {
            store<V>(b + i * ldb, __builtin_shufflevector(pairs[i], pairs[i + 2], 0, 1, 4, 5));
            store<V>(b + (i + 2) * ldb, __builtin_shufflevector(pairs[i], pairs[i + 2], 2, 3, 6, 7));
        }
    } else {
        *b = x[0];
    }
}

/// As many columns at a time as make a line of the cache in the result.
template<int V>
inline void transposeBy(int rows, int columns, const double* a, std::ptrdiff_t lda, double* b,
                        std::ptrdiff_t ldb)
{
    constexpr int line = 8;
    const auto blocks = [=]<int Blocks>(int k) CHRONOGRAD_INLINED {
        int m = 0;
        for (; m + V <= rows; m += V)
            repeat<Blocks>([&]<int i>() CHRONOGRAD_INLINED {
                transposeBlock<V>(a + (k + i * V) * lda + m, lda, b + m * ldb + k + i * V, ldb);
            });
        for (; m < rows; ++m)
            for (int i = 0; i < Blocks * V; ++i)
                b[m * ldb + k + i] = a[(k + i) * lda + m];
    };
    int k = 0;
    for (; k + line <= columns; k += line)
        blocks.template operator()<line / V>(k);
    for (; k + V <= columns; k += V)
        blocks.template operator()<1>(k);
    for (; k < columns; ++k)
        for (int m = 0; m < rows; ++m)
            b[m * ldb + k] = a[k * lda + m];
}

inline void transpose(int rows, int columns, const double* a, std::ptrdiff_t lda, double* b,
                      std::ptrdiff_t ldb)
{
    transposeBy<(widest < 4 ? 2 : 4)>(rows, columns, a, lda, b, ldb);
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
