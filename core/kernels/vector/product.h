#pragma once

#include "core/kernels/vector/dots.h"
#include "core/kernels/vector/sums.h"

#include <utility>

/// Matrix products (how they are summed: sums.h).
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Sums that the registers hold at a time.
inline constexpr int sumsAtOnce = widest == 8 ? 24 : 12;

/// A ColumnProduct of Vectors·V rows, few columns at a time. Not inlined, and with the arguments of the
/// kernel: choosing it is then no more than a jump.
template<int V, int Vectors, int Sums>
[[gnu::noinline]] void multiplyColumns(const ColumnProduct& p, std::ptrdiff_t first, int columns)
{
    constexpr int most = sumsAtOnce / (Vectors * Sums);
    const auto multiply = [&]<int Columns>(std::ptrdiff_t n) CHRONOGRAD_INLINED {
        Array<Array<Lanes<V>, Vectors>, Columns> sums;
        const auto forEachSum = [](const auto& body) CHRONOGRAD_INLINED {
            repeat<Columns>([&]<int i>() CHRONOGRAD_INLINED {
                repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED { body.template operator()<i, r>(); });
            });
        };
        const double* start = p.start.first + n * p.start.stride;
        forEachSum([&]<int i, int r>()
                       CHRONOGRAD_INLINED { sums[i][r] = load<V>(start + i * p.start.stride + r * V); });
        const double* column = p.u.first;
#pragma GCC unroll 1
        for (int k = 0; k < p.thin; ++k, column += p.u.stride) {
            const double* factors = p.read.first + n * p.read.stride + k;
            forEachSum([&]<int i, int r>() CHRONOGRAD_INLINED {
                sums[i][r] =
                    multiplyAdd<V>(load<V>(column + r * V), splat<V>(factors[i * p.read.stride]), sums[i][r]);
            });
        }
        addMatrix<V, Vectors, Sums, Columns>(p.rows, p.inner, p.a, p.b.first + n * p.b.stride, p.b.stride,
                                             n % 2 != 0, sums);
        double* c = p.c.first + n * p.c.stride;
        forEachSum([&]<int i, int r>()
                       CHRONOGRAD_INLINED { store<V>(c + i * p.c.stride + r * V, sums[i][r]); });
    };
    const std::ptrdiff_t end = first + columns;
    if constexpr (most > 1)
        for (; first + most <= end; first += most)
            multiply.template operator()<most>(first);
#pragma GCC unroll 1
    for (; first < end; ++first)
        multiply.template operator()<1>(first);
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
inline constexpr ColumnProduct::Run columnsVariants[4] = {
    multiplyColumns<V, Vectors, 1>, multiplyColumns<V, Vectors, fewer(2, partialSums<Vectors>)>,
    multiplyColumns<V, Vectors, fewer(4, partialSums<Vectors>)>,
    multiplyColumns<V, Vectors, partialSums<Vectors>>};

template<int... N>
constexpr auto wholeColumns(std::integer_sequence<int, N...>)
{
    return Variants<ColumnProduct::Run>{
        {{columnsVariants<widest, N + 1>[0], columnsVariants<widest, N + 1>[1],
          columnsVariants<widest, N + 1>[2], columnsVariants<widest, N + 1>[3]}...}};
}

template<int... N>
constexpr auto partsOfColumns(std::integer_sequence<int, N...>)
{
    struct Table
    {
        Array<ColumnProduct::Run, mostVectors + 1 - fewestVectors> of;
    };
    return Table{{multiplyColumns<widest, N + fewestVectors, 1>...}};
}

inline void multiplyInParts(const ColumnProduct& p, std::ptrdiff_t first, int columns)
{
    static constexpr auto parts =
        partsOfColumns(std::make_integer_sequence<int, mostVectors + 1 - fewestVectors>{});
    const int vectors = p.rows / widest;
    const int blocks = (vectors + mostVectors - 1) / mostVectors;
    for (int i = 0; i < blocks; ++i) {
        const int block = first % 2 != 0 ? blocks - 1 - i : i;
        const int from = vectors * block / blocks;
        const int length = vectors * (block + 1) / blocks - from;
        ColumnProduct part = p;
        part.start.first += from * widest;
        if (p.thin > 0)
            part.u.first += from * widest;
        part.a.first += from * widest;
        part.c.first += from * widest;
        parts.of[length - fewestVectors](part, first, columns);
    }
}

/// The same for Columns columns at a time, with one sum for each element.
template<int V, int Vectors, int Columns>
inline void multiplyTile(bool isHalved, int inner, const ConstMatrixView& start, const ConstMatrixView& a,
                         const ConstMatrixView& b, const MatrixView& c)
{
    Array<Array<Lanes<V>, Columns>, Vectors> sums;
    for (int r = 0; r < Vectors; ++r)
        for (int n = 0; n < Columns; ++n)
            sums[r][n] = load<V>(start.first + n * start.stride + r * V);
    const auto addRange = [&](int first, int end) CHRONOGRAD_INLINED {
        for (int k = first; k < end; ++k) {
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
    };
    const auto at = [&](int r, int n) CHRONOGRAD_INLINED { return c.first + n * c.stride + r * V; };
    if (!isHalved) {
        addRange(0, inner);
        for (int r = 0; r < Vectors; ++r)
            for (int n = 0; n < Columns; ++n)
                store<V>(at(r, n), sums[r][n]);
        return;
    }
    addRange(0, inner / 2);
    for (int r = 0; r < Vectors; ++r)
        for (int n = 0; n < Columns; ++n) {
            store<V>(at(r, n), sums[r][n]);
            sums[r][n] = splat<V>(0.0);
        }
    addRange(inner / 2, inner);
    for (int r = 0; r < Vectors; ++r)
        for (int n = 0; n < Columns; ++n)
            store<V>(at(r, n), load<V>(at(r, n)) + sums[r][n]);
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
    const bool isHalved = isLarge(vectors * widest, inner);
    for (; vectors >= 4; vectors -= 4, goDown(4 * widest))
        multiplyTile<widest, 4, tileColumns>(isHalved, inner, start, a, b, c);
    for (; vectors > 0; --vectors, goDown(widest))
        multiplyTile<widest, 1, tileColumns>(isHalved, inner, start, a, b, c);
}

/// Columns one by one, of so many whole vectors of the widest kind.
inline ColumnProduct::Run wholeProduct(unsigned vectors, int inner)
{
    static constexpr auto whole = wholeColumns(std::make_integer_sequence<int, mostVectors>{});
    return vectors > mostVectors ? multiplyInParts : whole.of[vectors - 1][sumsIndex(inner)];
}

/// Are so many columns worth tiles? (There is one sum for each element, in tiles too.)
inline bool hasTiles(unsigned vectors, int inner, int columns)
{
    constexpr int few = 4;
    return vectors >= 8 && inner > few && columns >= tileColumns;
}

/// product() for rows that are whole vectors of the widest kind.
inline void multiplyWidest(int rows, int inner, int columns, const ConstMatrixView& start,
                           const ConstMatrixView& a, const ConstMatrixView& b, const MatrixView& c)
{
    const unsigned vectors = static_cast<unsigned>(rows) / widest;
    int n = 0;
    if (hasTiles(vectors, inner, columns))
        for (; n + tileColumns <= columns; n += tileColumns)
            multiplyTiles(static_cast<int>(vectors), inner, column(start, n), a, column(b, n), column(c, n));
    if (n < columns)
        wholeProduct(vectors, inner)({.rows = rows, .start = start, .inner = inner, .a = a, .b = b, .c = c},
                                     n, columns - n);
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
            columnsVariants<V, 1>[sumsIndex(inner)](
                {.rows = V, .start = from, .inner = inner, .a = left, .b = b, .c = to}, 0, columns);
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

/// A ColumnProduct of any size.
inline void multiplyInTurn(const ColumnProduct& p, std::ptrdiff_t first, int columns)
{
    const MatrixView c = column(p.c, first);
    ConstMatrixView start = column(p.start, first);
    if (p.thin > 0) {
        product(p.rows, p.thin, columns, start, p.u, column(p.read, first), c);
        start = c;
    }
    product(p.rows, p.inner, columns, start, p.a, column(p.b, first), c);
}

inline ColumnProduct::Run productKernel(int rows, int inner, int columns)
{
    const unsigned vectors = static_cast<unsigned>(rows) / widest;
    const bool isWhole = vectors > 0 && rows % widest == 0 && rows > 1;
    return isWhole && !hasTiles(vectors, inner, columns) ? wholeProduct(vectors, inner) : multiplyInTurn;
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
