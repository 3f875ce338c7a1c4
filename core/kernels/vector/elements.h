#pragma once

#include "core/kernels/vector/activation.h"

/// Operations unit by unit: what gates and cells are made of.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// result = Function::of<V>(a, b, result) for every vector of the columns, with what it needs of these.
/// Vectors: how many of the widest kind a column is made of; 0: any number of rows, and contiguous columns
/// count as one.
template<typename Function, int Vectors>
[[gnu::always_inline]] inline void runElements(const ElementOperation& operation,
                                               const ElementColumns& columns)
{
    const Function function{operation};
    const auto at = [&](const ElementView& view) CHRONOGRAD_INLINED {
        return view.first + (view.isDelta ? columns.firstDelta : columns.first) * view.stride;
    };
    double* result = at(operation.result);
    const double* a = at(operation.a);
    const double* b = at(operation.b);
    const auto valueAt = [&]<int V>(int m) CHRONOGRAD_INLINED {
        Lanes<V> second = splat<V>(0.0), before = splat<V>(0.0);
        if constexpr (Function::hasSecond)
            second = load<V>(b + m);
        if constexpr (Function::adds)
            before = load<V>(result + m);
        return function.template of<V>(load<V>(a + m), second, before);
    };
    int rows = operation.rows;
    int count = columns.count;
    if constexpr (Vectors == 0) {
        const auto isContiguous = [&](const ElementView& view) CHRONOGRAD_INLINED {
            return view.stride == operation.rows || view.first == nullptr;
        };
        if (count > 1 && isContiguous(operation.result) && isContiguous(operation.a) &&
            isContiguous(operation.b)) {
            rows *= count;
            count = 1;
        }
    }
#pragma GCC unroll 1
    for (; count > 0; --count) {
        if constexpr (Vectors > 0) {
            Array<Lanes<widest>, Vectors> values;
            repeat<Vectors>([&]<int r>() CHRONOGRAD_INLINED {
                values[r] = valueAt.template operator()<widest>(r * widest);
            });
            repeat<Vectors>([&]<int r>()
                                CHRONOGRAD_INLINED { store<widest>(result + r * widest, values[r]); });
        } else {
            forEachWidth(rows, [&]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
#pragma GCC unroll 1
                for (int m = first; m < first + vectors * V; m += V)
                    store<V>(result + m, valueAt.template operator()<V>(m));
            });
        }
        result += operation.result.stride;
        a += operation.a.stride;
        b += operation.b.stride;
    }
}

template<bool Complement, bool HasSecond, bool Adds>
struct Multiply
{
    static constexpr bool hasSecond = HasSecond;
    static constexpr bool adds = Adds;
    double coefficient;

    static bool is(const ElementOperation& operation)
    {
        return operation.kind == ElementOperation::Kind::Multiply && operation.complement == Complement &&
               (operation.b.first != nullptr) == HasSecond && operation.adds == Adds;
    }
    [[gnu::always_inline]] explicit Multiply(const ElementOperation& operation)
        : coefficient(operation.coefficient)
    {}
    template<int V>
    [[gnu::always_inline]] inline Lanes<V> of(Lanes<V> a, Lanes<V> b, Lanes<V> before) const
    {
        Lanes<V> value = a;
        if constexpr (Complement)
            value = 1.0 - value;
        value *= coefficient;
        if constexpr (HasSecond && Adds)
            return multiplyAdd<V>(value, b, before);
        else if constexpr (HasSecond)
            return value * b;
        else if constexpr (Adds)
            return value + before;
        else
            return value;
    }
};

template<Activation Kind>
struct ActivateForward
{
    static constexpr bool hasSecond = false;
    static constexpr bool adds = false;
    ActivationFunction f;

    static bool is(const ElementOperation& operation)
    {
        return operation.kind == ElementOperation::Kind::Activate && operation.f.kind == Kind;
    }
    [[gnu::always_inline]] explicit ActivateForward(const ElementOperation& operation)
        : f{Kind, operation.f.slope}
    {}
    template<int V>
    [[gnu::always_inline]] inline Lanes<V> of(Lanes<V> a, Lanes<V>, Lanes<V>) const
    {
        activateLanes<V, 1>(f, &a);
        return a;
    }
};

template<Activation Kind, bool Adds>
struct ActivateBackward
{
    static constexpr bool hasSecond = true;
    static constexpr bool adds = Adds;
    double slope;

    static bool is(const ElementOperation& operation)
    {
        return operation.kind == ElementOperation::Kind::ActivateBackward && operation.f.kind == Kind &&
               operation.adds == Adds;
    }
    [[gnu::always_inline]] explicit ActivateBackward(const ElementOperation& operation)
        : slope(operation.f.slope)
    {}
    template<int V>
    [[gnu::always_inline]] inline Lanes<V> of(Lanes<V> a, Lanes<V> b, Lanes<V> before) const
    {
        return addThroughSlope<Kind, V>(before, slope, a, b);
    }
};

/// The vectors that columns of so many rows are made of, as runElements() counts them: calls body<Vectors>().
template<typename Body>
[[gnu::always_inline]] inline auto withVectors(int rows, const Body& body)
{
    switch (rows % widest == 0 ? rows / widest : 0) {
    case 1:
        return body.template operator()<1>();
    case 2:
        return body.template operator()<2>();
    case 4:
        return body.template operator()<4>();
    default:
        return body.template operator()<0>();
    }
}

template<typename Function>
ElementOperation::Run elementsOf(int rows)
{
    return withVectors(rows, []<int Vectors>() CHRONOGRAD_INLINED -> ElementOperation::Run {
        return runElements<Function, Vectors>;
    });
}

inline double halfSquaredError(std::size_t size, const double* out, const double* target, double scale,
                               double* delta)
{
    Lanes<widest> sum = splat<widest>(0.0);
    double rest = 0.0;
    std::size_t i = 0;
    for (; i + widest <= size; i += widest) {
        const Lanes<widest> error = load<widest>(out + i) - load<widest>(target + i);
        store<widest>(delta + i, error * scale);
        sum = multiplyAdd<widest>(error, error, sum);
    }
    for (; i < size; ++i) {
        const double error = out[i] - target[i];
        delta[i] = error * scale;
        rest = multiplyAdd<1>(error, error, rest);
    }
    return 0.5 * (size < widest ? rest : laneSum<widest>(sum) + rest);
}

inline ElementOperation::Run elementKernel(const ElementOperation& operation)
{
    ElementOperation::Run found = nullptr;
    const int rows = operation.rows;
    if (operation.kind != ElementOperation::Kind::Multiply) {
        withKind(operation.f.kind, [&]<Activation kind>() CHRONOGRAD_INLINED {
            found = operation.kind == ElementOperation::Kind::Activate
                        ? elementsOf<ActivateForward<kind>>(rows)
                    : operation.adds ? elementsOf<ActivateBackward<kind, true>>(rows)
                                     : elementsOf<ActivateBackward<kind, false>>(rows);
        });
        return found;
    }
    repeat<8>([&]<int variant>() CHRONOGRAD_INLINED {
        constexpr bool complement = (variant & 4) != 0, hasSecond = (variant & 2) != 0,
                       adds = (variant & 1) != 0;
        if (Multiply<complement, hasSecond, adds>::is(operation))
            found = elementsOf<Multiply<complement, hasSecond, adds>>(rows);
    });
    return found;
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
