#pragma once

#include <cstddef>
#include <cstdint>

namespace yardstick::YARDSTICK_SET {

template<int N>
struct VectorOf;
template<>
struct VectorOf<2>
{
    using D = double __attribute__((vector_size(16)));
    using I = std::int64_t __attribute__((vector_size(16)));
};
#if YARDSTICK_LANES >= 4
template<>
struct VectorOf<4>
{
    using D = double __attribute__((vector_size(32)));
    using I = std::int64_t __attribute__((vector_size(32)));
};
#endif
#if YARDSTICK_LANES >= 8
template<>
struct VectorOf<8>
{
    using D = double __attribute__((vector_size(64)));
    using I = std::int64_t __attribute__((vector_size(64)));
};
#endif

template<int V>
using Lanes = typename VectorOf<V>::D;
template<typename T, int N>
using Array = T[static_cast<std::size_t>(N)];

#define YARDSTICK_INLINE [[gnu::always_inline]] inline

template<int V>
YARDSTICK_INLINE Lanes<V> load(const double* from)
{
    return *reinterpret_cast<const Lanes<V>*>(from);
}
template<int V>
YARDSTICK_INLINE void store(double* to, Lanes<V> x)
{
    *reinterpret_cast<Lanes<V>*>(to) = x;
}
template<int V>
YARDSTICK_INLINE Lanes<V> splat(double x)
{
    if constexpr (V == 8)
        return Lanes<V>{x, x, x, x, x, x, x, x};
    else if constexpr (V == 4)
        return Lanes<V>{x, x, x, x};
    else
        return Lanes<V>{x, x};
}
template<int V>
YARDSTICK_INLINE double sum(Lanes<V> x)
{
    if constexpr (V == 8)
        return sum<4>(__builtin_shufflevector(x, x, 0, 1, 2, 3) + __builtin_shufflevector(x, x, 4, 5, 6, 7));
    else if constexpr (V == 4)
        return sum<2>(__builtin_shufflevector(x, x, 0, 1) + __builtin_shufflevector(x, x, 2, 3));
    else
        return x[0] + x[1];
}

/// ((s−1)q + (s+1)p) / ((s+1)q + (s−1)p) with e^2x = s (q+p)/(q−p), s = 2^n: nothing cancels near 0.
template<int V>
YARDSTICK_INLINE Lanes<V> tanhOf(Lanes<V> x)
{
    using D = Lanes<V>;
    using I = typename VectorOf<V>::I;
    const D high = splat<V>(20.0);
    const D low = splat<V>(-20.0);
    x = x < low ? low : x;
    x = x > high ? high : x;
    const D y = x + x;
    const D t = y * splat<V>(1.4426950408889634074) + splat<V>(6755399441055744.0);
    const D n = t - splat<V>(6755399441055744.0);
    D r = y - n * 6.93145751953125E-1;
    r = r - n * 1.42860682030941723212E-6;
    const D z = r * r;
    D p = splat<V>(1.26177193074810590878E-4) * z + 3.02994407707441961300E-2;
    p = p * z + 9.99999999999999999910E-1;
    const D px = r * p;
    D q = splat<V>(3.00198505138664455042E-6) * z + 2.52448340349684104192E-3;
    q = q * z + 2.27265548208155028766E-1;
    q = q * z + 2.00000000000000000005E0;
    const I bits = (__builtin_bit_cast(I, t) << 52) + (std::int64_t{1023} << 52);
    const D s = __builtin_bit_cast(D, bits);
    const D minus = s - 1.0;
    const D plus = s + 1.0;
    return (minus * q + plus * px) / (plus * q + minus * px);
}

} // namespace yardstick::YARDSTICK_SET
