#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/lanes.h"

/// Gradients: products of deltas and what was read, summed over time.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Σ over n of D(:, n) · S(:, n)ᵀ for a tile of Vectors·V rows and Columns columns; ends in
/// finish<V, Vectors, Columns>(row, k, sums).
template<int V, int Vectors, int Columns, typename Finish>
[[gnu::always_inline]] inline void outerTile(int row, int k, int columns, const ConstMatrixView& d,
                                             const ConstMatrixView& s, Finish& finish)
{
    Array<Array<Lanes<V>, Vectors>, Columns> sums;
    repeat<Columns>([&]<int c>() CHRONOGRAD_INLINED {
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { sums[c][r] = splat<V>(0.0); });
    });
    const double* from = d.first + row;
    const double* read = s.first + k;
#pragma GCC unroll 1
    for (int n = columns; n > 0; --n, from += d.stride, read += s.stride) {
        Array<Lanes<V>, Vectors> x;
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { x[r] = load<V>(from + r * V); });
        repeat<Columns>([&]<int c>() CHRONOGRAD_INLINED {
            const Lanes<V> factor = splat<V>(read[c]);
            repeat<Vectors>(
                [&]<int r>() CHRONOGRAD_INLINED { sums[c][r] = multiplyAdd<V>(x[r], factor, sums[c][r]); });
        });
    }
    finish.template finish<V, Vectors, Columns>(row, k, sums);
}

/// The rows of Columns columns, in memory order: walking down the matrix in strips would meet the same cache
/// sets again and again.
template<int Columns, typename Finish>
[[gnu::always_inline]] inline void outerColumns(int rows, int k, int columns, const ConstMatrixView& d,
                                                const ConstMatrixView& s, Finish& finish)
{
    forEachWidth(rows, [=, &finish]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
        if constexpr (V == widest) {
            constexpr int tall = Columns <= 2 || widest == 8 ? 4 : 2;
            int r = 0;
            for (; r + tall <= vectors; r += tall)
                outerTile<V, tall, Columns>(first + r * V, k, columns, d, s, finish);
            for (; r < vectors; ++r)
                outerTile<V, 1, Columns>(first + r * V, k, columns, d, s, finish);
        } else {
            outerTile<V, 1, Columns>(first, k, columns, d, s, finish);
        }
    });
}

template<typename Finish>
[[gnu::always_inline]] inline void forEachOuterTile(int rows, int inner, int columns,
                                                    const ConstMatrixView& d, const ConstMatrixView& s,
                                                    Finish& finish)
{
    int k = 0;
    for (; k + 4 <= inner; k += 4)
        outerColumns<4>(rows, k, columns, d, s, finish);
    for (; k < inner; ++k)
        outerColumns<1>(rows, k, columns, d, s, finish);
}

/// Adds a tile to the gradient.
struct AddToGradient
{
    double* gradient;
    std::ptrdiff_t stride;

    template<int V, int Vectors, int Columns>
    [[gnu::always_inline]] inline void finish(int row, int k,
                                              const Array<Array<Lanes<V>, Vectors>, Columns>& sums)
    {
        for (int c = 0; c < Columns; ++c)
            for (int r = 0; r < Vectors; ++r) {
                double* to = gradient + (k + c) * stride + row + r * V;
                store<V>(to, load<V>(to) + sums[c][r]);
            }
    }
};

inline void outerProductAdd(int rows, int inner, int columns, const double* d, std::ptrdiff_t ldd,
                            const double* s, std::ptrdiff_t lds, double* g, std::ptrdiff_t ldg)
{
    AddToGradient add{g, ldg};
    if (rows == 1 && ldg == 1) // a row is a column of as many rows
        forEachOuterTile(inner, 1, columns, {s, lds}, {d, ldd}, add);
    else
        forEachOuterTile(rows, inner, columns, {d, ldd}, {s, lds}, add);
}

inline void columnSumAdd(int rows, int columns, const double* d, std::ptrdiff_t ldd, double* g)
{
    const double one = 1.0;
    outerProductAdd(rows, 1, columns, d, ldd, &one, 0, g, rows);
}

inline double sumOfSquares(std::size_t size, const double* x)
{
    constexpr int parts = 4;
    Lanes<widest> sums[parts];
    for (int p = 0; p < parts; ++p)
        sums[p] = splat<widest>(0.0);
    std::size_t i = 0;
    for (; i + parts * widest <= size; i += parts * widest)
        for (int p = 0; p < parts; ++p) {
            const Lanes<widest> value = load<widest>(x + i + static_cast<std::size_t>(p * widest));
            sums[p] += value * value;
        }
    double rest = 0.0;
    for (; i < size; ++i)
        rest += x[i] * x[i];
    return laneSum<widest>((sums[0] + sums[1]) + (sums[2] + sums[3])) + rest;
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
