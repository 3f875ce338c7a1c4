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

/// sums += A · b for a block of Vectors·V rows, b one column.
template<int V, int Vectors, int Sums>
[[gnu::always_inline]] inline void addColumnProduct(int inner, const double* a, std::ptrdiff_t lda,
                                                    const double* b, Lanes<V>* sums)
{
    Array<Array<Lanes<V>, Vectors>, Sums> parts;
    for (int s = 0; s < Sums; ++s)
        for (int r = 0; r < Vectors; ++r)
            parts[s][r] = s == 0 ? sums[r] : splat<V>(0.0);
    const double* const end = b + inner;
#pragma GCC unroll 1
    for (; b + Sums <= end; b += Sums) {
#pragma GCC unroll 8
        for (int s = 0; s < Sums; ++s, a += lda) {
            const Lanes<V> factor = splat<V>(b[s]);
#pragma GCC unroll 16
            for (int r = 0; r < Vectors; ++r)
                parts[s][r] += load<V>(a + r * V) * factor;
        }
    }
    if constexpr (Sums > 1) {
#pragma GCC unroll 1
        for (; b < end; ++b, a += lda) {
            const Lanes<V> factor = splat<V>(*b);
            for (int r = 0; r < Vectors; ++r)
                parts[0][r] += load<V>(a + r * V) * factor;
        }
    }
#pragma GCC unroll 4
    for (int half = Sums / 2; half > 0; half /= 2)
        for (int s = 0; s < half; ++s)
            for (int r = 0; r < Vectors; ++r)
                parts[s][r] += parts[s + half][r];
    for (int r = 0; r < Vectors; ++r)
        sums[r] = parts[0][r];
}

/// The kernel productAdd() for Vectors·V rows, one column after the other. Not inlined, and with the
/// arguments of the kernel: choosing it is then no more than a jump.
template<int V, int Vectors, int Sums>
[[gnu::noinline]] void addColumns(int /*rows*/, int inner, int columns, const double* a, std::ptrdiff_t lda,
                                  const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
#pragma GCC unroll 1
    for (int n = 0; n < columns; ++n, b += ldb, c += ldc) {
        Array<Lanes<V>, Vectors> sums;
        for (int r = 0; r < Vectors; ++r)
            sums[r] = load<V>(c + r * V);
        addColumnProduct<V, Vectors, Sums>(inner, a, lda, b, sums);
        for (int r = 0; r < Vectors; ++r)
            store<V>(c + r * V, sums[r]);
    }
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
inline constexpr KernelSet::ProductAdd columnsVariants[4] = {
    addColumns<V, Vectors, 1>, addColumns<V, Vectors, fewer(2, partialSums<Vectors>)>,
    addColumns<V, Vectors, fewer(4, partialSums<Vectors>)>, addColumns<V, Vectors, partialSums<Vectors>>};

template<int... N>
constexpr auto wholeColumns(std::integer_sequence<int, N...>)
{
    return Variants<KernelSet::ProductAdd>{
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
        Array<KernelSet::ProductAdd, mostVectors + 1 - fewestVectors> of;
    };
    return Table{{addColumns<widest, N + fewestVectors, 1>...}};
}

inline void addColumnsInParts(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda,
                              const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    static constexpr auto parts =
        partsOfColumns(std::make_integer_sequence<int, mostVectors + 1 - fewestVectors>{});
    int vectors = rows / widest;
    for (int blocks = (vectors + mostVectors - 1) / mostVectors; blocks > 0; --blocks) {
        const int length = vectors / blocks;
        parts.of[length - fewestVectors](rows, inner, columns, a, lda, b, ldb, c, ldc);
        vectors -= length;
        a += length * widest;
        c += length * widest;
    }
}

/// The same for Columns columns at a time, with one sum for each element.
template<int V, int Vectors, int Columns>
inline void addTile(int inner, const double* a, std::ptrdiff_t lda, const double* b, std::ptrdiff_t ldb,
                    double* c, std::ptrdiff_t ldc)
{
    Array<Array<Lanes<V>, Columns>, Vectors> sums;
    for (int r = 0; r < Vectors; ++r)
        for (int n = 0; n < Columns; ++n)
            sums[r][n] = load<V>(c + n * ldc + r * V);
    for (int k = 0; k < inner; ++k) {
        Array<Lanes<V>, Columns> factor;
        for (int n = 0; n < Columns; ++n)
            factor[n] = splat<V>(b[n * ldb + k]);
#pragma GCC unroll 4
        for (int r = 0; r < Vectors; ++r) {
            const Lanes<V> x = load<V>(a + k * lda + r * V);
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n)
                sums[r][n] += x * factor[n];
        }
    }
    for (int r = 0; r < Vectors; ++r)
        for (int n = 0; n < Columns; ++n)
            store<V>(c + n * ldc + r * V, sums[r][n]);
}

inline constexpr int tileColumns = widest == 8 ? 6 : widest == 4 ? 3 : 2;

[[gnu::noinline]] inline void addTiles(int vectors, int inner, const double* a, std::ptrdiff_t lda,
                                       const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    for (; vectors >= 4; vectors -= 4, a += 4 * widest, c += 4 * widest)
        addTile<widest, 4, tileColumns>(inner, a, lda, b, ldb, c, ldc);
    for (; vectors > 0; --vectors, a += widest, c += widest)
        addTile<widest, 1, tileColumns>(inner, a, lda, b, ldb, c, ldc);
}

/// productAdd() for rows that are whole vectors of the widest kind.
inline void addWidest(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda, const double* b,
                      std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    static constexpr auto whole = wholeColumns(std::make_integer_sequence<int, mostVectors>{});
    const unsigned vectors = static_cast<unsigned>(rows) / widest;
    if (vectors >= 8) // one sum for each element, in tiles too
        for (; columns >= tileColumns; columns -= tileColumns, b += tileColumns * ldb, c += tileColumns * ldc)
            addTiles(static_cast<int>(vectors), inner, a, lda, b, ldb, c, ldc);
    if (vectors > mostVectors)
        return addColumnsInParts(rows, inner, columns, a, lda, b, ldb, c, ldc);
    return whole.of[vectors - 1][sumsIndex(inner)](rows, inner, columns, a, lda, b, ldb, c, ldc);
}

/// Count inner products of `length` elements: results[i] = x(:, i) · y.
template<int V, int Count>
[[gnu::always_inline]] inline void dots(int length, const double* x, std::ptrdiff_t ldx, const double* y,
                                        double* results)
{
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

/// out[i · stride] += x(:, i) · y for i = 0 … count − 1.
inline void addDots(int count, int length, const double* x, std::ptrdiff_t ldx, const double* y, double* out,
                    std::ptrdiff_t stride)
{
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        double results[4];
        dots<widest, 4>(length, x + i * ldx, ldx, y, results);
        if (stride == 1)
            for (int j = 0; j < 4; ++j)
                out[i + j] += results[j];
        else
            for (int j = 0; j < 4; ++j)
                out[(i + j) * stride] += results[j];
    }
    for (; i < count; ++i) {
        double result;
        dots<widest, 1>(length, x + i * ldx, ldx, y, &result);
        out[i * stride] += result;
    }
}

/// productAdd() for any number of rows.
[[gnu::noinline]] inline void addAnyRows(int rows, int inner, int columns, const double* a,
                                         std::ptrdiff_t lda, const double* b, std::ptrdiff_t ldb, double* c,
                                         std::ptrdiff_t ldc)
{
    forEachWidth(rows, [=]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
        if constexpr (V == widest)
            addWidest(vectors * V, inner, columns, a + first, lda, b, ldb, c + first, ldc);
        else // only one vector is ever left over
            columnsVariants<V, 1>[sumsIndex(inner)](V, inner, columns, a + first, lda, b, ldb, c + first,
                                                    ldc);
    });
}

inline void productAdd(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda, const double* b,
                       std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    if (rows == 1 && lda == 1)
        return addDots(columns, inner, b, ldb, a, c, ldc);
    if (static_cast<unsigned>(rows) % widest == 0)
        return addWidest(rows, inner, columns, a, lda, b, ldb, c, ldc);
    return addAnyRows(rows, inner, columns, a, lda, b, ldb, c, ldc);
}

inline void transposedProductAdd(int rows, int inner, int columns, const double* a, std::ptrdiff_t lda,
                                 const double* b, std::ptrdiff_t ldb, double* c, std::ptrdiff_t ldc)
{
    for (int n = 0; n < columns; ++n)
        if (rows == 1 && lda == 1)
            forEachWidth(inner, [=]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
                const Lanes<V> factor = splat<V>(b[n * ldb]);
                for (int r = 0; r < vectors; ++r) {
                    double* to = c + n * ldc + first + r * V;
                    store<V>(to, load<V>(to) + load<V>(a + first + r * V) * factor);
                }
            });
        else
            addDots(inner, rows, a, lda, b + n * ldb, c + n * ldc, 1);
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
