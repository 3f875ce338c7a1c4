#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/lanes.h"

/// Gradients: products of deltas and what was read, summed over time, alone or with the update of the
/// weights.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Σ over n of D(:, n) · S(:, n)ᵀ for a tile of Vectors·V rows and Columns columns; ends in
/// finish<V, Vectors, Columns>(row, k, sums).
template<int V, int Vectors, int Columns, typename Finish>
[[gnu::always_inline]] inline void outerTile(int row, int k, int columns, const ConstMatrixView& d,
                                             const ConstMatrixView& s, Finish& finish)
{
    Array<Array<Lanes<V>, Vectors>, Columns> sums;
    for (int c = 0; c < Columns; ++c)
        for (int r = 0; r < Vectors; ++r)
            sums[c][r] = splat<V>(0.0);
    for (int n = 0; n < columns; ++n) {
        const double* from = d.first + n * d.stride + row;
        const double* read = s.first + n * s.stride + k;
        Array<Lanes<V>, Vectors> x;
        for (int r = 0; r < Vectors; ++r)
            x[r] = load<V>(from + r * V);
#pragma GCC unroll 8
        for (int c = 0; c < Columns; ++c) {
            const Lanes<V> factor = splat<V>(read[c]);
#pragma GCC unroll 4
            for (int r = 0; r < Vectors; ++r)
                sums[c][r] += x[r] * factor;
        }
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

/// Makes one step with a tile as its gradient, and gathers Σ of squares in lanes.
template<bool KeepsGradient>
struct StepWithMomentum
{
    double momentum;
    double rate;
    TrainedMatrix matrix;
    Lanes<widest> squares = splat<widest>(0.0);
    double restOfSquares = 0.0;

    template<int V, int Vectors, int Columns>
    [[gnu::always_inline]] inline void finish(int row, int k,
                                              const Array<Array<Lanes<V>, Vectors>, Columns>& sums)
    {
        Array<Lanes<V>, Vectors> tile;
        for (int c = 0; c < Columns; ++c)
            for (int r = 0; r < Vectors; ++r) {
                const std::ptrdiff_t at = (k + c) * matrix.stride + row + r * V;
                const Lanes<V> gradient = sums[c][r];
                if constexpr (KeepsGradient)
                    store<V>(matrix.gradient + at, gradient);
                const Lanes<V> velocity = load<V>(matrix.velocity + at) * momentum - gradient * rate;
                store<V>(matrix.velocity + at, velocity);
                store<V>(matrix.weights + at, load<V>(matrix.weights + at) + velocity);
                tile[r] = c == 0 ? gradient * gradient : tile[r] + gradient * gradient;
            }
        for (int r = 1; r < Vectors; ++r)
            tile[0] += tile[r];
        if constexpr (V == widest)
            squares += tile[0];
        else
            restOfSquares += laneSum<V>(tile[0]);
    }
};

template<bool KeepsGradient>
inline double stepWithMomentum(int rows, int inner, int columns, const ConstMatrixView& d,
                               const ConstMatrixView& s, const MomentumStep& step,
                               const TrainedMatrix& matrix)
{
    StepWithMomentum<KeepsGradient> update{step.momentum, step.rate, matrix};
    if (rows == 1 && matrix.stride == 1)
        forEachOuterTile(inner, 1, columns, s, d, update);
    else
        forEachOuterTile(rows, inner, columns, d, s, update);
    return update.restOfSquares + laneSum<widest>(update.squares);
}

inline double outerProductMomentum(int rows, int inner, int columns, const ConstMatrixView& d,
                                   const ConstMatrixView& s, const MomentumStep& step,
                                   const TrainedMatrix& matrix)
{
    return matrix.gradient ? stepWithMomentum<true>(rows, inner, columns, d, s, step, matrix)
                           : stepWithMomentum<false>(rows, inner, columns, d, s, step, matrix);
}

inline void columnSumAdd(int rows, int columns, const double* d, std::ptrdiff_t ldd, double* g)
{
    const double one = 1.0;
    outerProductAdd(rows, 1, columns, d, ldd, &one, 0, g, rows);
}

inline void momentumUpdate(std::size_t size, double momentum, double learningRate, double gradientScale,
                           const double* g, double* v, double* w)
{
    const double rate = learningRate * gradientScale;
    const auto update = [=]<int V>(std::size_t i) CHRONOGRAD_INLINED {
        const Lanes<V> velocity = load<V>(v + i) * momentum - load<V>(g + i) * rate;
        store<V>(v + i, velocity);
        store<V>(w + i, load<V>(w + i) + velocity);
    };
    std::size_t i = 0;
    for (; i + widest <= size; i += widest)
        update.template operator()<widest>(i);
    for (; i < size; ++i)
        update.template operator()<1>(i);
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
