#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

/// The kernels are one source, compiled once per instruction set. A translation unit says which before it
/// includes this: the namespace that keeps the copies apart, and the widest vector (in doubles) that the set
/// has registers for.
#ifndef CHRONOGRAD_INSTRUCTION_SET
#define CHRONOGRAD_INSTRUCTION_SET baseline
#define CHRONOGRAD_LANES 2
#endif

/// For lambdas: what they capture then stays in registers.
#define CHRONOGRAD_INLINED __attribute__((always_inline))

namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Vectors of V doubles (GCC vector extensions), as values and as they lie in memory: at any double.
template<int V>
struct VectorOf;

template<>
struct VectorOf<1>
{
    using Value = double;
    using Bits = std::uint64_t;
    using InMemory = double;
};

template<>
struct VectorOf<2>
{
    using Value = double __attribute__((vector_size(16)));
    using Bits = std::uint64_t __attribute__((vector_size(16)));
    using InMemory = double __attribute__((vector_size(16), aligned(8)));
};

#if CHRONOGRAD_LANES >= 4
template<>
struct VectorOf<4>
{
    using Value = double __attribute__((vector_size(32)));
    using Bits = std::uint64_t __attribute__((vector_size(32)));
    using InMemory = double __attribute__((vector_size(32), aligned(8)));
};
#endif

#if CHRONOGRAD_LANES >= 8
template<>
struct VectorOf<8>
{
    using Value = double __attribute__((vector_size(64)));
    using Bits = std::uint64_t __attribute__((vector_size(64)));
    using InMemory = double __attribute__((vector_size(64), aligned(8)));
};
#endif

template<int V>
using Lanes = typename VectorOf<V>::Value;

template<typename T, int N>
using Array = T[static_cast<std::size_t>(N)];

inline constexpr int widest = CHRONOGRAD_LANES;

/// body<0>(), body<1>(), … body<N − 1>(). Unlike a loop it leaves only constant indices, so that small arrays
/// stay in registers.
template<int N, typename Body>
[[gnu::always_inline]] inline void repeat(const Body& body)
{
    [&]<int... I>(std::integer_sequence<int, I...>) CHRONOGRAD_INLINED
    {
        (body.template operator()<I>(), ...);
    }
    (std::make_integer_sequence<int, N>{});
}

template<int V>
[[gnu::always_inline]] inline Lanes<V> load(const double* from)
{
    return *reinterpret_cast<const typename VectorOf<V>::InMemory*>(from);
}

template<int V>
[[gnu::always_inline]] inline void store(double* to, Lanes<V> x)
{
    *reinterpret_cast<typename VectorOf<V>::InMemory*>(to) = x;
}

/// x in every lane. (Not zero + x: that is an addition, because 0 + −0 is not −0.)
template<int V>
[[gnu::always_inline]] inline Lanes<V> splat(double x)
{
    if constexpr (V == 8)
        return Lanes<V>{x, x, x, x, x, x, x, x};
    else if constexpr (V == 4)
        return Lanes<V>{x, x, x, x};
    else if constexpr (V == 2)
        return Lanes<V>{x, x};
    else
        return x;
}

/// sum + x · y, rounded once where the set can: for vectors the compiler sees to it, for single numbers it
/// does so in some loops and not in others.
template<int V>
[[gnu::always_inline]] inline Lanes<V> multiplyAdd(Lanes<V> x, Lanes<V> y, Lanes<V> sum)
{
#ifdef __FMA__
    if constexpr (V == 1)
        return __builtin_fma(x, y, sum);
#endif
    return sum + x * y;
}

/// The sum of the lanes, by halves.
template<int V>
[[gnu::always_inline]] inline double laneSum(Lanes<V> x)
{
    if constexpr (V == 8)
        return laneSum<4>(__builtin_shufflevector(x, x, 0, 1, 2, 3) +
                          __builtin_shufflevector(x, x, 4, 5, 6, 7));
    else if constexpr (V == 4)
        return laneSum<2>(__builtin_shufflevector(x, x, 0, 1) + __builtin_shufflevector(x, x, 2, 3));
    else if constexpr (V == 2)
        return x[0] + x[1];
    else
        return x;
}

/// laneSum() of four vectors, each in the same order as alone.
template<int V>
[[gnu::always_inline]] inline void laneSums(const Array<Lanes<V>, 4>& x, double* results)
{
    if constexpr (V == 8) {
        Array<Lanes<V / 2>, 4> halves;
        for (int i = 0; i < 4; ++i)
            halves[i] = __builtin_shufflevector(x[i], x[i], 0, 1, 2, 3) +
                        __builtin_shufflevector(x[i], x[i], 4, 5, 6, 7);
        laneSums<V / 2>(halves, results);
    } else if constexpr (V == 4) {
        const Lanes<V> first =
            __builtin_shufflevector(x[0], x[1], 0, 1, 4, 5) + __builtin_shufflevector(x[0], x[1], 2, 3, 6, 7);
        const Lanes<V> second =
            __builtin_shufflevector(x[2], x[3], 0, 1, 4, 5) + __builtin_shufflevector(x[2], x[3], 2, 3, 6, 7);
        store<V>(results, __builtin_shufflevector(first, second, 0, 2, 4, 6) +
                              __builtin_shufflevector(first, second, 1, 3, 5, 7));
    } else if constexpr (V == 2) {
        for (int i = 0; i < 4; i += 2)
            store<V>(results + i, __builtin_shufflevector(x[i], x[i + 1], 0, 2) +
                                      __builtin_shufflevector(x[i], x[i + 1], 1, 3));
    } else {
        for (int i = 0; i < 4; ++i)
            results[i] = x[i];
    }
}

/// Calls body<V>(first row, vectors) for parts that together are `rows`: whole vectors of the widest kind
/// first, what is left in narrower ones.
template<int V = widest, typename Body>
[[gnu::always_inline]] inline void forEachWidth(int rows, const Body& body, int first = 0)
{
    const auto count = static_cast<unsigned>(rows); // shifts, not divisions that round to zero
    if (count >= V)
        body.template operator()<V>(first, static_cast<int>(count / V));
    if constexpr (V > 1)
        if (count % V != 0)
            forEachWidth<V / 2>(static_cast<int>(count % V), body, first + static_cast<int>(count / V * V));
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
