#pragma once

#include "core/kernels/vector/activation.h"

/// Operations unit by unit: what gates and cells are made of.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Calls body<V>(result, a, b) for every vector of the columns; contiguous columns count as one.
template<typename Body>
[[gnu::always_inline]] inline void forEachOfColumns(const ElementOperation& operation,
                                                    const ElementColumns& columns, const Body& body)
{
    const auto at = [&](const ElementView& view) CHRONOGRAD_INLINED {
        return view.first + (view.isDelta ? columns.firstDelta : columns.first) * view.stride;
    };
    double* result = at(operation.result);
    const double* a = at(operation.a);
    const double* b = at(operation.b);
    const auto isContiguous = [&](const ElementView& view) CHRONOGRAD_INLINED {
        return view.stride == operation.rows || view.first == nullptr;
    };
    int rows = operation.rows;
    int count = columns.count;
    if (count > 1 && isContiguous(operation.result) && isContiguous(operation.a) && isContiguous(operation.b))
    {
        rows *= count;
        count = 1;
    }
#pragma GCC unroll 1
    for (; count > 0; --count) {
        forEachWidth(rows, [=, &body]<int V>(int first, int vectors) CHRONOGRAD_INLINED {
#pragma GCC unroll 1
            for (int m = first; m < first + vectors * V; m += V)
                body.template operator()<V>(result + m, a + m, b + m);
        });
        result += operation.result.stride;
        a += operation.a.stride;
        b += operation.b.stride;
    }
}

template<bool complement, bool hasSecond, bool adds>
inline void multiplyElements(const ElementOperation& operation, const ElementColumns& columns)
{
    const double coefficient = operation.coefficient;
    forEachOfColumns(operation, columns,
                     [=]<int V>(double* result, const double* a, const double* b) CHRONOGRAD_INLINED {
                         Lanes<V> value = load<V>(a);
                         if constexpr (complement)
                             value = 1.0 - value;
                         value *= coefficient;
                         if constexpr (hasSecond && adds)
                             value = multiplyAdd<V>(value, load<V>(b), load<V>(result));
                         else if constexpr (hasSecond)
                             value *= load<V>(b);
                         else if constexpr (adds)
                             value += load<V>(result);
                         store<V>(result, value);
                     });
}

template<Activation kind>
inline void activateElements(const ElementOperation& operation, const ElementColumns& columns)
{
    const ActivationFunction f{kind, operation.f.slope};
    forEachOfColumns(operation, columns,
                     [=]<int V>(double* result, const double* a, const double*) CHRONOGRAD_INLINED {
                         Lanes<V> x = load<V>(a);
                         activateLanes<V, 1>(f, &x);
                         store<V>(result, x);
                     });
}

template<Activation kind, bool adds>
inline void activateElementsBackward(const ElementOperation& operation, const ElementColumns& columns)
{
    const double slope = operation.f.slope;
    forEachOfColumns(operation, columns,
                     [=]<int V>(double* result, const double* a, const double* b) CHRONOGRAD_INLINED {
                         const Lanes<V> before = adds ? load<V>(result) : splat<V>(0.0);
                         store<V>(result, addThroughSlope<kind, V>(before, slope, load<V>(a), load<V>(b)));
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
    using Run = ElementOperation::Run;
    if (operation.kind != ElementOperation::Kind::Multiply) {
        Run found = nullptr;
        withKind(operation.f.kind, [&]<Activation kind>() CHRONOGRAD_INLINED {
            found = operation.kind == ElementOperation::Kind::Activate ? activateElements<kind>
                    : operation.adds                                   ? activateElementsBackward<kind, true>
                                     : activateElementsBackward<kind, false>;
        });
        return found;
    }
    static constexpr Run variants[2][2][2] = {
        {{multiplyElements<false, false, false>, multiplyElements<false, false, true>},
         {multiplyElements<false, true, false>, multiplyElements<false, true, true>}},
        {{multiplyElements<true, false, false>, multiplyElements<true, false, true>},
         {multiplyElements<true, true, false>, multiplyElements<true, true, true>}}};
    return variants[operation.complement ? 1 : 0][operation.b.first ? 1 : 0][operation.adds ? 1 : 0];
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
