#pragma once

#include "tests/benchmarks/yardstick/problem.h"
#include "tests/benchmarks/yardstick/vector_math.h"

/// Products with sizes known to the compiler. Matrices are column by column.
namespace yardstick::YARDSTICK_SET {

inline constexpr int mostSums = YARDSTICK_LANES == 8 ? 24 : 12;

/// C = A · B for a tile of RV vectors × NC columns.
template<int V, int RV, int NC>
YARDSTICK_INLINE void productTile(const double* a, long lda, const double* b, long ldb, int inner, double* c,
                                  long ldc)
{
    Array<Array<Lanes<V>, NC>, RV> sums;
    for (int r = 0; r < RV; ++r)
        for (int n = 0; n < NC; ++n)
            sums[r][n] = splat<V>(0.0);
    for (int k = 0; k < inner; ++k) {
        Array<Lanes<V>, RV> x;
#pragma GCC unroll 16
        for (int r = 0; r < RV; ++r)
            x[r] = load<V>(a + k * lda + r * V);
#pragma GCC unroll 16
        for (int n = 0; n < NC; ++n) {
            const Lanes<V> factor = splat<V>(b[n * ldb + k]);
#pragma GCC unroll 16
            for (int r = 0; r < RV; ++r)
                sums[r][n] += x[r] * factor;
        }
    }
    for (int r = 0; r < RV; ++r)
        for (int n = 0; n < NC; ++n)
            store<V>(c + n * ldc + r * V, sums[r][n]);
}

/// C (M × columns) = A (M × inner) · B
template<int V, int M>
inline void product(const double* a, long lda, const double* b, long ldb, int inner, double* c, long ldc,
                    int columns)
{
    constexpr int vectors = M / V;
    constexpr int RV = vectors >= 4 ? 4 : vectors;
    constexpr int NC = RV * 4 <= mostSums ? 4 : 2;
    int n = 0;
    for (; n + NC <= columns; n += NC)
        for (int m = 0; m < vectors; m += RV)
            productTile<V, RV, NC>(a + m * V, lda, b + n * ldb, ldb, inner, c + n * ldc + m * V, ldc);
    for (; n < columns; ++n)
        for (int m = 0; m < vectors; m += RV)
            productTile<V, RV, 1>(a + m * V, lda, b + n * ldb, ldb, inner, c + n * ldc + m * V, ldc);
}

/// g = A · Bᵀ over `steps`; v ← μv + g; w ← w − rate·v, for a tile.
template<int V, int RV, int NC>
YARDSTICK_INLINE void updateTile(const double* a, long lda, const double* b, long ldb, int steps, double* w,
                                 double* v, long ldw, double rate)
{
    Array<Array<Lanes<V>, NC>, RV> sums;
    for (int r = 0; r < RV; ++r)
        for (int c = 0; c < NC; ++c)
            sums[r][c] = splat<V>(0.0);
    for (int k = 0; k < steps; ++k) {
        Array<Lanes<V>, RV> x;
#pragma GCC unroll 16
        for (int r = 0; r < RV; ++r)
            x[r] = load<V>(a + k * lda + r * V);
#pragma GCC unroll 16
        for (int c = 0; c < NC; ++c) {
            const Lanes<V> factor = splat<V>(b[k * ldb + c]);
#pragma GCC unroll 16
            for (int r = 0; r < RV; ++r)
                sums[r][c] += x[r] * factor;
        }
    }
    for (int c = 0; c < NC; ++c)
        for (int r = 0; r < RV; ++r) {
            double* weight = w + c * ldw + r * V;
            double* velocity = v + c * ldw + r * V;
            const Lanes<V> next = load<V>(velocity) * Problem::momentum + sums[r][c];
            store<V>(velocity, next);
            store<V>(weight, load<V>(weight) - next * rate);
        }
}

template<int V, int M>
inline void update(const double* a, long lda, const double* b, long ldb, int steps, double* w, double* v,
                   int columns, double rate)
{
    constexpr int vectors = M / V;
    constexpr int RV = vectors >= 4 ? (mostSums >= 16 ? 4 : 2) : vectors;
    constexpr int NC = RV == 4 ? 4 : RV == 2 ? (mostSums >= 16 ? 8 : 4) : 8;
    int n = 0;
    for (; n + NC <= columns; n += NC)
        for (int m = 0; m < vectors; m += RV)
            updateTile<V, RV, NC>(a + m * V, lda, b + n, ldb, steps, w + n * M + m * V, v + n * M + m * V, M,
                                  rate);
    for (; n + 2 <= columns; n += 2)
        for (int m = 0; m < vectors; m += RV)
            updateTile<V, RV, 2>(a + m * V, lda, b + n, ldb, steps, w + n * M + m * V, v + n * M + m * V, M,
                                 rate);
    for (; n < columns; ++n)
        for (int m = 0; m < vectors; m += RV)
            updateTile<V, RV, 1>(a + m * V, lda, b + n, ldb, steps, w + n * M + m * V, v + n * M + m * V, M,
                                 rate);
}

template<int V>
YARDSTICK_INLINE void transposeBlock(const double* from, long lds, double* to, long ldd)
{
    Array<Lanes<V>, V> r;
    for (int i = 0; i < V; ++i)
        r[i] = load<V>(from + i * lds);
    if constexpr (V == 8) {
        Array<Lanes<V>, V> a;
        Array<Lanes<V>, V> b;
        for (int i = 0; i < 8; i += 2) {
            a[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
            a[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
        }
        for (int g = 0; g < 8; g += 4)
            for (int j = 0; j < 2; ++j) {
                b[g + j] = __builtin_shufflevector(a[g + j], a[g + 2 + j], 0, 1, 8, 9, 4, 5, 12, 13);
                b[g + 2 + j] = __builtin_shufflevector(a[g + j], a[g + 2 + j], 2, 3, 10, 11, 6, 7, 14, 15);
            }
        for (int j = 0; j < 4; ++j) {
            store<V>(to + j * ldd, __builtin_shufflevector(b[j], b[4 + j], 0, 1, 2, 3, 8, 9, 10, 11));
            store<V>(to + (4 + j) * ldd, __builtin_shufflevector(b[j], b[4 + j], 4, 5, 6, 7, 12, 13, 14, 15));
        }
    } else if constexpr (V == 4) {
        const Lanes<V> a0 = __builtin_shufflevector(r[0], r[1], 0, 4, 2, 6);
        const Lanes<V> a1 = __builtin_shufflevector(r[0], r[1], 1, 5, 3, 7);
        const Lanes<V> a2 = __builtin_shufflevector(r[2], r[3], 0, 4, 2, 6);
        const Lanes<V> a3 = __builtin_shufflevector(r[2], r[3], 1, 5, 3, 7);
        store<V>(to, __builtin_shufflevector(a0, a2, 0, 1, 4, 5));
        store<V>(to + ldd, __builtin_shufflevector(a1, a3, 0, 1, 4, 5));
        store<V>(to + 2 * ldd, __builtin_shufflevector(a0, a2, 2, 3, 6, 7));
        store<V>(to + 3 * ldd, __builtin_shufflevector(a1, a3, 2, 3, 6, 7));
    } else {
        store<V>(to, __builtin_shufflevector(r[0], r[1], 0, 2));
        store<V>(to + ldd, __builtin_shufflevector(r[0], r[1], 1, 3));
    }
}

template<int V, int Rows, int Columns>
inline void transpose(const double* from, double* to)
{
    for (int c = 0; c < Columns; c += V)
        for (int r = 0; r < Rows; r += V)
            transposeBlock<V>(from + c * Rows + r, Rows, to + r * Columns + c, Columns);
}

/// out += W · h
template<int V, int H>
YARDSTICK_INLINE void addProduct(const double* __restrict w, const double* __restrict h, Lanes<V>* out)
{
    constexpr int vectors = H / V;
    constexpr int RB = vectors > 8 ? 8 : vectors;
    constexpr int S = RB >= 8 ? 1 : RB == 4 ? 2 : RB == 2 ? 4 : H >= 8 ? 8 : 4;
    for (int m = 0; m < vectors; m += RB) {
        Array<Array<Lanes<V>, RB>, S> sums;
        for (int s = 0; s < S; ++s)
            for (int r = 0; r < RB; ++r)
                sums[s][r] = s == 0 ? out[m + r] : splat<V>(0.0);
#pragma GCC unroll 2
        for (int j = 0; j < H; j += S) {
#pragma GCC unroll 16
            for (int s = 0; s < S; ++s) {
                const Lanes<V> factor = splat<V>(h[j + s]);
#pragma GCC unroll 16
                for (int r = 0; r < RB; ++r)
                    sums[s][r] += load<V>(w + (j + s) * H + (m + r) * V) * factor;
            }
        }
        for (int half = S / 2; half > 0; half /= 2)
            for (int s = 0; s < half; ++s)
                for (int r = 0; r < RB; ++r)
                    sums[s][r] += sums[s + half][r];
        for (int r = 0; r < RB; ++r)
            out[m + r] = sums[0][r];
    }
}

} // namespace yardstick::YARDSTICK_SET
