#pragma once

#include "core/kernels/vector/outer_product.h"

#include <span>

/// Steps of the weights with momentum: of a gradient that is there, or with the gradient in one pass.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

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

    [[gnu::always_inline]] StepWithMomentum(const MomentumStep& step)
        : momentum(step.momentum)
        , rate(step.rate)
    {}

    [[gnu::always_inline]] inline void begin(const TrainedMatrix& matrix, const ParameterVectors& vectors)
    {
        weights = vectors.weights + matrix.offset;
        velocity = vectors.velocity + matrix.offset;
        gradient = KeepsGradient ? vectors.gradient + matrix.offset : nullptr;
        stride = matrix.stride;
    }

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

using Matrices = std::span<const TrainedMatrix>;

/// One matrix, the rows from `first` on that Vectors vectors hold; 0 Vectors: all of them, however many.
/// Flipped: the matrix is one row, which is a column of as many rows.
template<bool KeepsGradient, bool Flipped, int V, int Vectors>
[[gnu::noinline]] double stepRows(const TrainedMatrix& matrix, int first, const TimeRange& range,
                                  const MomentumStep& step, const ParameterVectors& vectors)
{
    constexpr int tall = widest == 8 ? 4 : 2;
    ConstMatrixView d = column(matrix.d, range.firstDelta);
    ConstMatrixView s = column(matrix.s, range.firstRead);
    if constexpr (Flipped)
        std::swap(d, s);
    const int columns = range.columns;
    const int count = ((Flipped ? matrix.inner : matrix.rows) - first) / V;
    StepWithMomentum<V, KeepsGradient> update(step);
    update.begin(matrix, vectors);
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

template<bool KeepsGradient, bool Flipped, int V, int Vectors>
double stepWhole(Matrices matrices, const TimeRange& range, const MomentumStep& step,
                 const ParameterVectors& vectors)
{
    double squares = 0.0;
    for (const TrainedMatrix& matrix : matrices)
        squares += Flipped && matrix.inner == 1
                       ? stepRows<KeepsGradient, Flipped, 1, 1>(matrix, 0, range, step, vectors)
                       : stepRows<KeepsGradient, Flipped, V, Vectors>(matrix, 0, range, step, vectors);
    return squares;
}

/// A single number, as the bias of a single unit.
template<bool KeepsGradient>
[[gnu::always_inline]] inline double stepNumber(const TrainedMatrix& matrix, double gradient,
                                                const MomentumStep& step, const ParameterVectors& vectors)
{
    StepWithMomentum<1, KeepsGradient> update(step);
    update.begin(matrix, vectors);
    update.template finish<1, 1, 1>(0, 0, {{gradient}});
    return update.squares;
}

/// The same for a sum over one column only: no sum at all.
template<bool KeepsGradient, bool Flipped, int V, int Vectors>
double stepOneColumn(Matrices matrices, const TimeRange& range, const MomentumStep& step,
                     const ParameterVectors& vectors)
{
    StepWithMomentum<V, KeepsGradient> update(step);
    double ofNumbers = 0.0;
    Array<Lanes<V>, Vectors> x;
    const auto loadColumn = [&](const double* at) CHRONOGRAD_INLINED {
        repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { x[r] = load<V>(at + r * V); });
    };
    if constexpr (!Flipped)
        loadColumn(column(matrices.front().d, range.firstDelta).first);
#pragma GCC unroll 1
    for (const TrainedMatrix& matrix : matrices) {
        const double* factors = column(matrix.s, range.firstRead).first;
        if constexpr (Flipped) {
            const double* d = column(matrix.d, range.firstDelta).first;
            if (V * Vectors > 1 && matrix.inner == 1) {
                ofNumbers += stepNumber<KeepsGradient>(matrix, *d * *factors, step, vectors);
                continue;
            }
            loadColumn(factors);
            factors = d;
        }
        update.begin(matrix, vectors);
#pragma GCC unroll 1
        for (int left = Flipped ? 1 : matrix.inner; left > 0; --left, ++factors) {
            const Lanes<V> factor = splat<V>(*factors);
            Array<Array<Lanes<V>, Vectors>, 1> products;
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
                products[0][r] = multiplyAdd<V>(x[r], factor, splat<V>(0.0));
            });
            update.template finish<V, Vectors, 1>(0, 0, products);
            update.goOn(1);
        }
    }
    return laneSum<V>(update.squares) + ofNumbers;
}

/// Rows that are not whole vectors of one kind.
template<bool KeepsGradient, bool Flipped>
double stepParts(Matrices matrices, const TimeRange& range, const MomentumStep& step,
                 const ParameterVectors& vectors)
{
    double squares = 0.0;
    for (const TrainedMatrix& matrix : matrices)
        forEachWidth(Flipped ? matrix.inner : matrix.rows, [&]<int V>(int first, int) CHRONOGRAD_INLINED {
            constexpr int all = V == widest ? 0 : 1;
            squares += stepRows<KeepsGradient, Flipped, V, all>(matrix, first, range, step, vectors);
        });
    return squares;
}

template<bool KeepsGradient, bool Flipped>
TrainedMatrix::Step findStep(int rows, bool isOneColumn)
{
    constexpr int most = widest == 8 ? 4 : 2; ///< Vectors that a block holds in registers.
    TrainedMatrix::Step found = stepParts<KeepsGradient, Flipped>;
    const auto choose = [&]<int V, int Vectors>() CHRONOGRAD_INLINED {
        found = isOneColumn ? stepOneColumn<KeepsGradient, Flipped, V, Vectors>
                            : stepWhole<KeepsGradient, Flipped, V, Vectors>;
    };
    if (rows % widest == 0 && rows > most * widest)
        found = stepWhole<KeepsGradient, Flipped, widest, 0>;
    else if (rows % widest == 0)
        repeat<most>([&]<int vectors>() CHRONOGRAD_INLINED {
            if (rows == (vectors + 1) * widest)
                choose.template operator()<widest, vectors + 1>();
        });
    else if (rows == 1 || rows == 2 || rows == 4)
        forEachWidth(rows, [&]<int V>(int, int) CHRONOGRAD_INLINED { choose.template operator()<V, 1>(); });
    return found;
}

inline TrainedMatrix::Step momentumKernel(const TrainedMatrix& matrix, bool isOneColumn, bool keepsGradient)
{
    if (matrix.isRow())
        return keepsGradient ? findStep<true, true>(matrix.inner, isOneColumn)
                             : findStep<false, true>(matrix.inner, isOneColumn);
    return keepsGradient ? findStep<true, false>(matrix.rows, isOneColumn)
                         : findStep<false, false>(matrix.rows, isOneColumn);
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

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
