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

/// Makes one step with tiles as its gradient, and gathers Σ of squares in lanes.
template<int Lane, bool KeepsGradient>
struct StepWithMomentum
{
    double momentum;
    double rate;
    double* weights; ///< Of the tile's first column; velocity and gradient alike.
    double* velocity;
    double* gradient;
    std::ptrdiff_t stride;
    Lanes<Lane> squares = splat<Lane>(0.0);

    [[gnu::always_inline]] inline void goOn(int columns)
    {
        weights += columns * stride;
        velocity += columns * stride;
        if constexpr (KeepsGradient)
            gradient += columns * stride;
    }

    template<int V, int Vectors, int Columns>
    [[gnu::always_inline]] inline void finish(int row, int /*k*/,
                                              const Array<Array<Lanes<V>, Vectors>, Columns>& sums)
    {
        Array<Lanes<V>, Vectors> tile;
        repeat<Columns>([&]<int c>() CHRONOGRAD_INLINED {
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
                const std::ptrdiff_t at = c * stride + row + r * V;
                const Lanes<V> g = sums[c][r];
                if constexpr (KeepsGradient)
                    store<V>(gradient + at, g);
                const Lanes<V> v = load<V>(velocity + at) * momentum - g * rate;
                store<V>(velocity + at, v);
                store<V>(weights + at, load<V>(weights + at) + v);
                tile[r] = c == 0 ? g * g : tile[r] + g * g;
            });
        });
        repeat<Vectors - 1>([&]<int r>() CHRONOGRAD_INLINED { tile[0] += tile[r + 1]; });
        squares += tile[0];
    }
};

/// The rows from `first` on that Vectors vectors hold; 0 Vectors: all of them, however many. Flipped: the
/// matrix is one row, which is a column of as many rows.
template<bool KeepsGradient, bool Flipped, int V, int Vectors>
[[gnu::noinline]] double stepRows(const TrainedMatrix& matrix, int first, const TimeRange& range,
                                  const MomentumStep& step, const ParameterVectors& vectors)
{
    constexpr int tall = widest == 8 ? 4 : 2;
    ConstMatrixView d = column(matrix.d, range.firstDelta);
    ConstMatrixView s = column(matrix.s, range.firstRead);
    if constexpr (Flipped)
        std::swap(d, s);
    const std::ptrdiff_t offset = matrix.offset;
    const int columns = range.columns;
    const int count = ((Flipped ? matrix.inner : matrix.rows) - first) / V;
    StepWithMomentum<V, KeepsGradient> update{step.momentum,
                                              step.rate,
                                              vectors.weights + offset,
                                              vectors.velocity + offset,
                                              KeepsGradient ? vectors.gradient + offset : nullptr,
                                              matrix.stride};
    const auto stepColumns = [&]<int Columns>() CHRONOGRAD_INLINED {
        if constexpr (Vectors > 0) {
            outerTile<V, Vectors, Columns>(first, 0, columns, d, s, update);
        } else { // in memory order
            int r = 0;
            for (; r + tall <= count; r += tall)
                outerTile<V, tall, Columns>(first + r * V, 0, columns, d, s, update);
            for (; r < count; ++r)
                outerTile<V, 1, Columns>(first + r * V, 0, columns, d, s, update);
        }
        update.goOn(Columns);
        s.first += Columns;
    };
    int left = Flipped ? 1 : matrix.inner;
    if constexpr (!Flipped)
#pragma GCC unroll 1
        for (; left >= 4; left -= 4)
            stepColumns.template operator()<4>();
#pragma GCC unroll 1
    for (; left > 0; --left)
        stepColumns.template operator()<1>();
    return laneSum<V>(update.squares);
}

/// The same for a sum over one column only: no sum at all.
template<bool KeepsGradient, bool Flipped, int V, int Vectors>
[[gnu::noinline]] double stepOneColumn(const TrainedMatrix& matrix, int first, const TimeRange& range,
                                       const MomentumStep& step, const ParameterVectors& vectors)
{
    const double* d = matrix.d.first + range.firstDelta * matrix.d.stride;
    const double* s = matrix.s.first + range.firstRead * matrix.s.stride;
    if constexpr (Flipped)
        std::swap(d, s);
    StepWithMomentum<V, KeepsGradient> update{step.momentum,
                                              step.rate,
                                              vectors.weights + matrix.offset,
                                              vectors.velocity + matrix.offset,
                                              KeepsGradient ? vectors.gradient + matrix.offset : nullptr,
                                              matrix.stride};
    Array<Lanes<V>, Vectors> x;
    repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { x[r] = load<V>(d + first + r * V); });
#pragma GCC unroll 1
    for (int left = Flipped ? 1 : matrix.inner; left > 0; --left, ++s) {
        const Lanes<V> factor = splat<V>(*s);
        Array<Array<Lanes<V>, Vectors>, 1> products;
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
            products[0][r] = multiplyAdd<V>(x[r], factor, splat<V>(0.0));
        });
        update.template finish<V, Vectors, 1>(first, 0, products);
        update.goOn(1);
    }
    return laneSum<V>(update.squares);
}

/// The rows from `first` on that Vectors vectors hold, with any number of columns.
template<bool Flipped, int V, int Vectors>
inline double stepPart(const TrainedMatrix& matrix, int first, const TimeRange& range,
                       const MomentumStep& step, const ParameterVectors& vectors)
{
    if constexpr (Vectors > 0)
        if (range.columns == 1)
            return vectors.gradient
                       ? stepOneColumn<true, Flipped, V, Vectors>(matrix, first, range, step, vectors)
                       : stepOneColumn<false, Flipped, V, Vectors>(matrix, first, range, step, vectors);
    return vectors.gradient ? stepRows<true, Flipped, V, Vectors>(matrix, first, range, step, vectors)
                            : stepRows<false, Flipped, V, Vectors>(matrix, first, range, step, vectors);
}

template<bool Flipped, int V, int Vectors>
inline double stepWhole(const TrainedMatrix& matrix, const TimeRange& range, const MomentumStep& step,
                        const ParameterVectors& vectors)
{
    return stepPart<Flipped, V, Vectors>(matrix, 0, range, step, vectors);
}

/// Rows that are not whole vectors of one kind.
template<bool Flipped>
inline double stepParts(const TrainedMatrix& matrix, const TimeRange& range, const MomentumStep& step,
                        const ParameterVectors& vectors)
{
    double squares = 0.0;
    forEachWidth(Flipped ? matrix.inner : matrix.rows, [&]<int V>(int first, int) CHRONOGRAD_INLINED {
        squares += stepPart < Flipped, V, V == widest ? 0 : 1 > (matrix, first, range, step, vectors);
    });
    return squares;
}

template<bool Flipped>
inline TrainedMatrix::Step findStep(int rows)
{
    static constexpr TrainedMatrix::Step whole[] = {stepWhole<Flipped, widest, 0>,
                                                    stepWhole<Flipped, widest, 1>,
                                                    stepWhole<Flipped, widest, 2>,
                                                    stepWhole < Flipped,
                                                    widest,
                                                    widest == 8 ? 3 : 0 >
                                                    , stepWhole < Flipped, widest, widest == 8 ? 4 : 0 > };
    if (rows % widest == 0)
        return whole[rows <= 4 * widest ? rows / widest : 0];
    TrainedMatrix::Step found = stepParts<Flipped>;
    if (rows == 1 || rows == 2 || rows == 4)
        forEachWidth(rows, [&]<int V>(int, int) CHRONOGRAD_INLINED { found = stepWhole<Flipped, V, 1>; });
    return found;
}

inline TrainedMatrix::Step momentumKernel(const TrainedMatrix& matrix)
{
    return matrix.rows == 1 && matrix.stride == 1 ? findStep<true>(matrix.inner)
                                                  : findStep<false>(matrix.rows);
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
