#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/elementary_functions.h"

namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// x[r] ← f(x[r])
template<int V, int Count>
[[gnu::always_inline]] inline void activateLanes(ActivationFunction f, Lanes<V>* x)
{
    switch (f.kind) {
    case Activation::Tanh:
        repeat<Count>([&]<int r>() CHRONOGRAD_INLINED { x[r] = hyperbolicTangent<V>(x[r]); });
        break;
    case Activation::Sigmoid:
        if (f.slope != 1.0)
            repeat<Count>([&]<int r>() CHRONOGRAD_INLINED { x[r] *= f.slope; });
        repeat<Count>([&]<int r>() CHRONOGRAD_INLINED { x[r] = logistic<V>(x[r]); });
        break;
    case Activation::Relu:
        repeat<Count>([&]<int r>()
                          CHRONOGRAD_INLINED { x[r] = x[r] < splat<V>(0.0) ? splat<V>(0.0) : x[r]; });
        break;
    case Activation::Identity:
    case Activation::Softmax: // is not elementwise: see losses
        break;
    }
}

/// Calls body<kind>(). Branches stay outside of formulas: multiplications and additions are fused within one
/// basic block only, and must be fused everywhere alike.
template<typename Body>
[[gnu::always_inline]] inline void withKind(Activation kind, const Body& body)
{
    switch (kind) {
    case Activation::Tanh:
        return body.template operator()<Activation::Tanh>();
    case Activation::Sigmoid:
        return body.template operator()<Activation::Sigmoid>();
    case Activation::Relu:
        return body.template operator()<Activation::Relu>();
    case Activation::Identity:
    case Activation::Softmax: // is not elementwise: see losses
        return body.template operator()<Activation::Identity>();
    }
}

/// before + f′ · delta, with f′ at a point whose output is y.
template<Activation kind, int V>
[[gnu::always_inline]] inline Lanes<V> addThroughSlope(Lanes<V> before, double slope, Lanes<V> y,
                                                       Lanes<V> delta)
{
    if constexpr (kind == Activation::Tanh)
        return before + (1.0 - y * y) * delta;
    else if constexpr (kind == Activation::Sigmoid)
        return before + y * slope * (1.0 - y) * delta;
    else if constexpr (kind == Activation::Relu)
        return before + (y > splat<V>(0.0) ? splat<V>(1.0) : splat<V>(0.0)) * delta;
    else
        return before + delta;
}

/// Calls body<V, Count>(first element, column) over rows × columns; contiguous columns count as one.
template<typename Body>
[[gnu::always_inline]] inline void forEachElement(int rows, int columns, bool contiguous, const Body& body)
{
    if (contiguous) {
        rows *= columns;
        columns = 1;
    }
    forEachWidth(rows, [=, &body]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
        for (int n = 0; n < columns; ++n)
            for (int r = 0; r < vectors; ++r)
                body.template operator()<V>(first + r * V, n);
    });
}

inline void activate(ActivationFunction f, int rows, int columns, const double* net, std::ptrdiff_t ldn,
                     double* out, std::ptrdiff_t ldo)
{
    forEachElement(rows, columns, ldn == rows && ldo == rows, [=]<int V>(int m, int n) CHRONOGRAD_INLINED {
        Lanes<V> x = load<V>(net + n * ldn + m);
        activateLanes<V, 1>(f, &x);
        store<V>(out + n * ldo + m, x);
    });
}

inline void activateBackward(ActivationFunction f, int rows, int columns, const double* out,
                             std::ptrdiff_t ldo, const double* deltaOut, std::ptrdiff_t ldd, double* deltaNet,
                             std::ptrdiff_t ldn)
{
    withKind(f.kind, [=]<Activation kind>() CHRONOGRAD_INLINED {
        forEachElement(rows, columns, ldo == rows && ldd == rows && ldn == rows,
                       [=]<int V>(int m, int n) CHRONOGRAD_INLINED {
                           double* to = deltaNet + n * ldn + m;
                           store<V>(to,
                                    addThroughSlope<kind, V>(load<V>(to), f.slope, load<V>(out + n * ldo + m),
                                                             load<V>(deltaOut + n * ldd + m)));
                       });
    });
}

inline void exponential(std::size_t size, const double* x, double* y)
{
    std::size_t i = 0;
    for (; i + widest <= size; i += widest)
        store<widest>(y + i, exponential<widest>(load<widest>(x + i)));
    for (; i < size; ++i)
        y[i] = exponential<1>(x[i]);
}

inline void fillColumns(int rows, int columns, const double* b, double* c, std::ptrdiff_t ldc)
{
    forEachWidth(rows, [=]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
        for (int r = 0; r < vectors; ++r) {
            const Lanes<V> value = load<V>(b + first + r * V);
            double* to = c + first + r * V;
            for (int n = 0; n < columns; ++n, to += ldc)
                store<V>(to, value);
        }
    });
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
