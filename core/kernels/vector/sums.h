#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/lanes.h"

/// Sums of products in registers. Every element of a result is summed in one order, which depends on the
/// numbers of rows and inner elements only: partial sums that take turns over k, then added by halves; or two
/// halves of the matrix. So columns may be computed one by one or in tiles: the results are the same to the
/// last bit.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Few vectors of rows leave the adders waiting for their own results; more partial sums keep them busy.
template<int Vectors>
inline constexpr int partialSums = Vectors >= 8   ? 1
                                   : Vectors >= 4 ? 2
                                   : Vectors >= 2 ? 4
                                                  : 8;

/// Vectors of rows in one block of a single column's product.
inline constexpr int mostVectors = widest == 8 ? 16 : 12;

/// Rows of more than that are cut into about equal parts, none shorter than this.
inline constexpr int fewestVectors = mostVectors / 2;

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

/// Too large for the first-level cache with what else there is: summed up in two halves, (start + Σ first
/// half)
/// + Σ second half. Every other column begins with the half that the one before ended with, which is still in
/// the cache.
inline bool isLarge(int rows, int inner)
{
    constexpr int doubles = 3072;
    return rows * inner >= doubles;
}

/// addProduct() of a matrix that isLarge().
template<int V, int Vectors, int Sums, int Columns>
[[gnu::always_inline]] inline void addHalves(int inner, const double* a, std::ptrdiff_t lda, const double* b,
                                             std::ptrdiff_t ldb, bool isSecondFirst,
                                             Array<Array<Lanes<V>, Vectors>, Columns>& sums)
{
    const int half = inner / 2;
    Array<Array<Lanes<V>, Vectors>, Columns> second;
    for (int n = 0; n < Columns; ++n)
        for (int r = 0; r < Vectors; ++r)
            second[n][r] = splat<V>(0.0);
    const auto addFirst = [&]() CHRONOGRAD_INLINED {
        addProduct<V, Vectors, Sums, Columns>(half, a, lda, b, ldb, sums);
    };
    const auto addSecond = [&]() CHRONOGRAD_INLINED {
        addProduct<V, Vectors, Sums, Columns>(inner - half, a + half * lda, lda, b + half, ldb, second);
    };
    if (isSecondFirst) {
        addSecond();
        addFirst();
    } else {
        addFirst();
        addSecond();
    }
    for (int n = 0; n < Columns; ++n)
        for (int r = 0; r < Vectors; ++r)
            sums[n][r] += second[n][r];
}

/// sums[n] += A · b(:, n) for a block of rows of A, in the order that is of A's size.
template<int V, int Vectors, int Sums, int Columns = 1>
[[gnu::always_inline]] inline void addMatrix(int rows, int inner, const ConstMatrixView& a, const double* b,
                                             std::ptrdiff_t ldb, bool isSecondFirst,
                                             Array<Array<Lanes<V>, Vectors>, Columns>& sums)
{
    constexpr bool isOfTiles = Sums == 1 && Vectors >= fewestVectors;
    if constexpr (isOfTiles || (Vectors >= 4 && Sums == partialSums<Vectors>))
        if (isLarge(rows, inner))
            return addHalves<V, Vectors, Sums, Columns>(inner, a.first, a.stride, b, ldb, isSecondFirst,
                                                        sums);
    addProduct<V, Vectors, Sums, Columns>(inner, a.first, a.stride, b, ldb, sums);
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
