#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/lanes.h"

/// Products with a single row: inner products.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Count inner products of `length` elements: results[i] = x(:, i) · y.
template<int V, int Count>
[[gnu::always_inline]] inline void dots(int length, const double* x, std::ptrdiff_t ldx, const double* y,
                                        double* results)
{
    if constexpr (V > 1)
        if (length < V)
            return dots<V / 2, Count>(length, x, ldx, y, results);
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

/// out[i · stride] = start[i · startStride] + x(:, i) · y for i = 0 … count − 1.
inline void addDots(int count, int length, const ConstMatrixView& start, const ConstMatrixView& x,
                    const double* y, const MatrixView& out)
{
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        double results[4];
        dots<widest, 4>(length, x.first + i * x.stride, x.stride, y, results);
        for (int j = 0; j < 4; ++j)
            out.first[(i + j) * out.stride] = start.first[(i + j) * start.stride] + results[j];
    }
    for (; i < count; ++i) {
        double result;
        dots<widest, 1>(length, x.first + i * x.stride, x.stride, y, &result);
        out.first[i * out.stride] = start.first[i * start.stride] + result;
    }
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
