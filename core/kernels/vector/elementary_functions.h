#pragma once

#include "core/kernels/vector/lanes.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

/// exp, tanh and sigmoid to 4 units in the last place over the whole range of doubles. All rest on the
/// rational approximation of Cephes' exp: e^y = 2^n · (q + p) / (q − p) with y = n·ln 2 + r, |r| ≤ ½ ln 2.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

template<int V>
struct ReducedExponential
{
    Lanes<V> n;
    Lanes<V> p;
    Lanes<V> q;
};

/// x + roundToInteger is x rounded to an integer, which then stands in the low bits of the sum.
inline constexpr double roundToInteger = 6755399441055744.0; // 1.5 · 2⁵²

template<int V>
[[gnu::always_inline]] inline ReducedExponential<V> reduceExponential(Lanes<V> y)
{
    const Lanes<V> n = (y * 1.4426950408889634074 + roundToInteger) - roundToInteger;
    Lanes<V> r = y - n * 6.93145751953125E-1; // ln 2 in two parts: n times the first is exact
    r = r - n * 1.42860682030941723212E-6;
    const Lanes<V> z = r * r;
    const Lanes<V> p = z * 1.26177193074810590878E-4 + 3.02994407707441961300E-2;
    const Lanes<V> high = z * 3.00198505138664455042E-6 + 2.52448340349684104192E-3;
    const Lanes<V> low = z * 2.27265548208155028766E-1 + 2.00000000000000000005E0;
    return {n, p * (r * z) + r * 9.99999999999999999910E-1, high * (z * z) + low};
}

/// 2^n for integers n in −1022 … 1023.
template<int V>
[[gnu::always_inline]] inline Lanes<V> powerOfTwo(Lanes<V> n)
{
    using Bits = typename VectorOf<V>::Bits;
    const Bits integer = __builtin_bit_cast(Bits, n + (roundToInteger + 1023.0));
    return __builtin_bit_cast(Lanes<V>, integer << 52);
}

/// Keeps NaN: of two operands the instructions give the second then. (A comparison that chooses would wait
/// several times as long.)
template<int V>
[[gnu::always_inline]] inline Lanes<V> clamp(Lanes<V> x, double low, double high)
{
    const Lanes<V> lowest = splat<V>(low);
    const Lanes<V> highest = splat<V>(high);
#if CHRONOGRAD_LANES >= 8
    if constexpr (V == 8) // with a mask of all: g++ 12 warns of its own header otherwise
        return _mm512_maskz_min_pd(0xff, highest, _mm512_maskz_max_pd(0xff, lowest, x));
#endif
#if CHRONOGRAD_LANES >= 4
    if constexpr (V == 4)
        return _mm256_min_pd(highest, _mm256_max_pd(lowest, x));
#endif
#ifdef __SSE2__
    if constexpr (V == 2)
        return _mm_min_pd(highest, _mm_max_pd(lowest, x));
#endif
    x = x < lowest ? lowest : x;
    return x > highest ? highest : x;
}

template<int V>
[[gnu::always_inline]] inline Lanes<V> exponential(Lanes<V> x)
{
    const auto [n, p, q] = reduceExponential<V>(clamp<V>(x, -746.0, 710.0)); // beyond: 0 and ∞
    const Lanes<V> half = (n * 0.5 + roundToInteger) - roundToInteger;       // 2^n itself may be out of range
    return (q + p) / (q - p) * powerOfTwo<V>(half) * powerOfTwo<V>(n - half);
}

/// With s = 2^n of e^2x: tanh x = ((sq−q) + (sp+p)) / ((sq+q) + (sp−p)). Near 0, s = 1 and p/q is left:
/// nothing cancels, unlike in 1 − 2/(e^2x + 1). No sum here is of two products, so that there is only one way
/// to fuse multiplication and addition.
template<int V>
[[gnu::always_inline]] inline Lanes<V> hyperbolicTangent(Lanes<V> x)
{
    x = clamp<V>(x, -20.0, 20.0); // beyond: ±1
    const auto [n, p, q] = reduceExponential<V>(x + x);
    const Lanes<V> s = powerOfTwo<V>(n);
    return ((q * s - q) + (p * s + p)) / ((q * s + q) + (p * s - p));
}

/// 1 / (1 + e^−x) = (q+p) / ((q+p) + 2^−n (q−p)). 2^−n passes the range of doubles before the result does, so
/// both are held 2^100 smaller.
template<int V>
[[gnu::always_inline]] inline Lanes<V> logistic(Lanes<V> x)
{
    constexpr double small = 0x1p-100;
    const auto [n, p, q] = reduceExponential<V>(clamp<V>(x, -746.0, 40.0)); // beyond: 0 and 1
    const Lanes<V> sum = q + p;
    const Lanes<V> above = sum * small;
    return above / (above + (q - p) * powerOfTwo<V>(-100.0 - n));
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
