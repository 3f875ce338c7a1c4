#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/lanes.h"

#include <utility>

/// Matrix products. Every element of a result is summed in one order, which depends on the numbers of rows
/// and inner elements only: partial sums that take turns over k, then added by halves. So columns may be
/// computed one by one or in tiles: the results are the same to the last bit.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Few vectors of rows leave the adders waiting for their own results; more partial sums keep them busy.
template<int Vectors>
inline constexpr int partialSums = Vectors >= 8   ? 1
                                   : Vectors >= 4 ? 2
                                   : Vectors >= 2 ? 4
                                                  : 8;

/// Vectors of rows in one block of a single column's product.
inline constexpr int mostVectors = 12;

/// sums[n] += A · b(:, n) for a block of Vectors·V rows and Columns columns.
template<int V, int Vectors, int Sums, int Columns = 1>
[[gnu::always_inline]] inline void addProduct(int inner, const double* a, std::ptrdiff_t lda, const double* b,
                                              std::ptrdiff_t ldb,
                                              Array<Array<Lanes<V>, Vectors>, Columns>& sums)
{
    Array<Array<Array<Lanes<V>, Vectors>, Columns>, Sums> parts;
    const auto forEachSum = [](const auto& body) CHRONOGRAD_INLINED {
        repeat<Columns>([&]<int n>() CHRONOGRAD_INLINED {
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { body.template operator()<n, r>(); });
        });
    };
    forEachSum([&]<int n, int r>() CHRONOGRAD_INLINED {
        parts[0][n][r] = sums[n][r];
        repeat<Sums - 1>([&]<int s>() CHRONOGRAD_INLINED { parts[s + 1][n][r] = splat<V>(0.0); });
    });
    const auto addElement = [&]<int s>(int k) CHRONOGRAD_INLINED {
        repeat<Columns>([&]<int n>() CHRONOGRAD_INLINED {
            const Lanes<V> factor = splat<V>(b[n * ldb + k]);
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
                parts[s][n][r] = multiplyAdd<V>(load<V>(a + r * V), factor, parts[s][n][r]);
            });
        });
        a += lda;
    };
    const double* const end = b + inner;
#pragma GCC unroll 1
    for (; b + Sums <= end; b += Sums)
        repeat<Sums>([&]<int s>() CHRONOGRAD_INLINED { addElement.template operator()<s>(s); });
    if constexpr (Sums > 1) {
#pragma GCC unroll 1
        for (; b < end; ++b)
            addElement.template operator()<0>(0);
    }
    const auto addHalf = [&]<int half>() CHRONOGRAD_INLINED {
        if constexpr (half < Sums)
            forEachSum([&]<int n, int r>() CHRONOGRAD_INLINED {
                repeat<half>([&]<int s>() CHRONOGRAD_INLINED { parts[s][n][r] += parts[s + half][n][r]; });
            });
    };
    addHalf.template operator()<4>();
    addHalf.template operator()<2>();
    addHalf.template operator()<1>();
    forEachSum([&]<int n, int r>() CHRONOGRAD_INLINED { sums[n][r] = parts[0][n][r]; });
}

/// Sums that the registers hold at a time.
inline constexpr int sumsAtOnce = widest == 8 ? 24 : 12;

/// The kernel product() for Vectors·V rows, few columns at a time. Not inlined, and with the arguments
/// of the kernel: choosing it is then no more than a jump.
template<int V, int Vectors, int Sums>
[[gnu::noinline]] void multiplyColumns(int /*rows*/, int inner, int columns, const ConstMatrixView& start,
                                       const ConstMatrixView& a, const ConstMatrixView& b,
                                       const MatrixView& c)
{
    constexpr int most = sumsAtOnce / (Vectors * Sums);
    const auto multiply = [&]<int Columns>(int n) CHRONOGRAD_INLINED {
        Array<Array<Lanes<V>, Vectors>, Columns> sums;
        for (int i = 0; i < Columns; ++i)
            for (int r = 0; r < Vectors; ++r)
                sums[i][r] = load<V>(start.first + (n + i) * start.stride + r * V);
        addProduct<V, Vectors, Sums, Columns>(inner, a.first, a.stride, b.first + n * b.stride, b.stride,
                                              sums);
        for (int i = 0; i < Columns; ++i)
            for (int r = 0; r < Vectors; ++r)
                store<V>(c.first + (n + i) * c.stride + r * V, sums[i][r]);
    };
    int n = 0;
    if constexpr (most > 1)
        for (; n + most <= columns; n += most)
            multiply.template operator()<most>(n);
#pragma GCC unroll 1
    for (; n < columns; ++n)
        multiply.template operator()<1>(n);
}

/// Functions for each number of vectors and each number of partial sums.
template<typename Function>
struct Variants
{
    Array<Array<Function, 4>, mostVectors> of; ///< [vectors − 1][log₂ of the sums that `inner` allows]
};

/// No more partial sums than there are elements to sum.
constexpr unsigned sumsIndex(int inner)
{
    return inner >= 8 ? 3 : inner >= 4 ? 2 : inner >= 2 ? 1 : 0;
}

constexpr int fewer(int a, int b)
{
    return a < b ? a : b;
}

template<int V, int Vectors>
inline constexpr KernelSet::Product columnsVariants[4] = {
    multiplyColumns<V, Vectors, 1>, multiplyColumns<V, Vectors, fewer(2, partialSums<Vectors>)>,
    multiplyColumns<V, Vectors, fewer(4, partialSums<Vectors>)>,
    multiplyColumns<V, Vectors, partialSums<Vectors>>};

template<int... N>
constexpr auto wholeColumns(std::integer_sequence<int, N...>)
{
    return Variants<KernelSet::Product>{
        {{columnsVariants<widest, N + 1>[0], columnsVariants<widest, N + 1>[1],
          columnsVariants<widest, N + 1>[2], columnsVariants<widest, N + 1>[3]}...}};
}

/// Rows of more than mostVectors are cut into about equal parts, none shorter than this.
inline constexpr int fewestVectors = (mostVectors + 1) / 2;

template<int... N>
constexpr auto partsOfColumns(std::integer_sequence<int, N...>)
{
    struct Table
    {
        Array<KernelSet::Product, mostVectors + 1 - fewestVectors> of;
    };
    return Table{{multiplyColumns<widest, N + fewestVectors, 1>...}};
}

inline void multiplyInParts(int rows, int inner, int columns, ConstMatrixView start, ConstMatrixView a,
                            const ConstMatrixView& b, MatrixView c)
{
    static constexpr auto parts =
        partsOfColumns(std::make_integer_sequence<int, mostVectors + 1 - fewestVectors>{});
    int vectors = rows / widest;
    for (int blocks = (vectors + mostVectors - 1) / mostVectors; blocks > 0; --blocks) {
        const int length = vectors / blocks;
        parts.of[length - fewestVectors](rows, inner, columns, start, a, b, c);
        vectors -= length;
        start.first += length * widest;
        a.first += length * widest;
        c.first += length * widest;
    }
}

/// The same for Columns columns at a time, with one sum for each element.
template<int V, int Vectors, int Columns>
inline void multiplyTile(int inner, const ConstMatrixView& start, const ConstMatrixView& a,
                         const ConstMatrixView& b, const MatrixView& c)
{
    Array<Array<Lanes<V>, Columns>, Vectors> sums;
    for (int r = 0; r < Vectors; ++r)
        for (int n = 0; n < Columns; ++n)
            sums[r][n] = load<V>(start.first + n * start.stride + r * V);
    for (int k = 0; k < inner; ++k) {
        Array<Lanes<V>, Columns> factor;
        for (int n = 0; n < Columns; ++n)
            factor[n] = splat<V>(b.first[n * b.stride + k]);
#pragma GCC unroll 4
        for (int r = 0; r < Vectors; ++r) {
            const Lanes<V> x = load<V>(a.first + k * a.stride + r * V);
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n)
                sums[r][n] += x * factor[n];
        }
    }
    for (int r = 0; r < Vectors; ++r)
        for (int n = 0; n < Columns; ++n)
            store<V>(c.first + n * c.stride + r * V, sums[r][n]);
}

inline constexpr int tileColumns = widest == 8 ? 6 : widest == 4 ? 3 : 2;

[[gnu::noinline]] inline void multiplyTiles(int vectors, int inner, ConstMatrixView start, ConstMatrixView a,
                                            const ConstMatrixView& b, MatrixView c)
{
    const auto goDown = [&](int rows) {
        start.first += rows;
        a.first += rows;
        c.first += rows;
    };
    for (; vectors >= 4; vectors -= 4, goDown(4 * widest))
        multiplyTile<widest, 4, tileColumns>(inner, start, a, b, c);
    for (; vectors > 0; --vectors, goDown(widest))
        multiplyTile<widest, 1, tileColumns>(inner, start, a, b, c);
}

/// product() for rows that are whole vectors of the widest kind.
inline void multiplyWidest(int rows, int inner, int columns, const ConstMatrixView& start,
                           const ConstMatrixView& a, const ConstMatrixView& b, const MatrixView& c)
{
    static constexpr auto whole = wholeColumns(std::make_integer_sequence<int, mostVectors>{});
    const unsigned vectors = static_cast<unsigned>(rows) / widest;
    int n = 0;
    constexpr int few = 4;           // not worth tiles
    if (vectors >= 8 && inner > few) // one sum for each element, in tiles too
        for (; n + tileColumns <= columns; n += tileColumns)
            multiplyTiles(static_cast<int>(vectors), inner, column(start, n), a, column(b, n), column(c, n));
    if (n == columns)
        return;
    if (vectors > mostVectors)
        return multiplyInParts(rows, inner, columns - n, column(start, n), a, column(b, n), column(c, n));
    return whole.of[vectors - 1][sumsIndex(inner)](rows, inner, columns - n, column(start, n), a,
                                                   column(b, n), column(c, n));
}

/// Count inner products of `length` elements: results[i] = x(:, i) · y.
template<int V, int Count>
[[gnu::always_inline]] inline void dots(int length, const double* x, std::ptrdiff_t ldx, const double* y,
                                        double* results)
{
    if constexpr (V > 1)
        if (length < V)
            return dots<V / 2, Count>(length, x, ldx, y, results);
    Array<Array<Lanes<V>, 2>, Count> sums;
    for (int i = 0; i < Count; ++i)
        sums[i][0] = sums[i][1] = splat<V>(0.0);
    int m = 0;
    for (; m + 2 * V <= length; m += 2 * V)
        for (int i = 0; i < Count; ++i) {
            sums[i][0] += load<V>(x + i * ldx + m) * load<V>(y + m);
            sums[i][1] += load<V>(x + i * ldx + m + V) * load<V>(y + m + V);
        }
    if (m + V <= length) {
        for (int i = 0; i < Count; ++i)
            sums[i][0] += load<V>(x + i * ldx + m) * load<V>(y + m);
        m += V;
    }
    Array<Lanes<V>, Count> total;
    for (int i = 0; i < Count; ++i)
        total[i] = sums[i][0] + sums[i][1];
    if constexpr (Count == 4)
        laneSums<V>(total, results);
    else
        for (int i = 0; i < Count; ++i)
            results[i] = laneSum<V>(total[i]);
    if constexpr (V > 1)
        if (m < length) {
            Array<double, Count> rest;
            dots<V / 2, Count>(length - m, x + m, ldx, y + m, rest);
            for (int i = 0; i < Count; ++i)
                results[i] += rest[i];
        }
}

/// out[i · stride] = start[i · startStride] + x(:, i) · y for i = 0 … count − 1.
inline void addDots(int count, int length, const ConstMatrixView& start, const ConstMatrixView& x,
                    const double* y, const MatrixView& out)
{
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        double results[4];
        dots<widest, 4>(length, x.first + i * x.stride, x.stride, y, results);
        for (int j = 0; j < 4; ++j)
            out.first[(i + j) * out.stride] = start.first[(i + j) * start.stride] + results[j];
    }
    for (; i < count; ++i) {
        double result;
        dots<widest, 1>(length, x.first + i * x.stride, x.stride, y, &result);
        out.first[i * out.stride] = start.first[i * start.stride] + result;
    }
}

/// product() for any number of rows.
[[gnu::noinline]] inline void multiplyAnyRows(int rows, int inner, int columns, const ConstMatrixView& start,
                                              const ConstMatrixView& a, const ConstMatrixView& b,
                                              const MatrixView& c)
{
    forEachWidth(rows, [&]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
        const ConstMatrixView from{start.first + first, start.stride};
        const ConstMatrixView left{a.first + first, a.stride};
        const MatrixView to{c.first + first, c.stride};
        if constexpr (V == widest)
            multiplyWidest(vectors * V, inner, columns, from, left, b, to);
        else // only one vector is ever left over
            columnsVariants<V, 1>[sumsIndex(inner)](V, inner, columns, from, left, b, to);
    });
}

inline void product(int rows, int inner, int columns, const ConstMatrixView& start, const ConstMatrixView& a,
                    const ConstMatrixView& b, const MatrixView& c)
{
    if (rows == 1 && a.stride == 1)
        return addDots(columns, inner, start, b, a.first, c);
    if (static_cast<unsigned>(rows) % widest == 0)
        return multiplyWidest(rows, inner, columns, start, a, b, c);
    return multiplyAnyRows(rows, inner, columns, start, a, b, c);
}

inline void transposedProduct(int rows, int inner, int columns, const ConstMatrixView& start,
                              const ConstMatrixView& a, const ConstMatrixView& b, const MatrixView& c)
{
    for (int n = 0; n < columns; ++n) {
        const double* from = start.first + n * start.stride;
        const double* factors = b.first + n * b.stride;
        double* to = c.first + n * c.stride;
        if (rows == 1 && a.stride == 1)
            forEachWidth(inner, [=]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
                const Lanes<V> factor = splat<V>(*factors);
                for (int k = first; k < first + vectors * V; k += V)
                    store<V>(to + k, load<V>(from + k) + load<V>(a.first + k) * factor);
            });
        else
            addDots(inner, rows, {from, 1}, a, factors, {to, 1});
    }
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
