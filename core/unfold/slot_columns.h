#pragma once

#include "core/math/matrix.h"

#include <cstddef>
#include <cstdint>

namespace chronograd {

/// A stretch of time steps: first, first + 1, … (count of them).
struct Columns
{
    std::int64_t first = 1;
    int count = 0;

    std::int64_t last() const { return first + count - 1; }
};

/// One slot over time: a matrix of values and one of deltas (∂L/∂value), padded rows × (1 + steps).
/// Column t belongs to time step t; column 0 is the state before the first step.
class SlotColumns
{
public:
    SlotColumns(int units, int rows, std::int64_t steps)
        : m_units(units)
        , m_values(Matrix::Zero(rows, steps + 1))
        , m_deltas(Matrix::Zero(rows, steps + 1))
    {}

    int units() const { return m_units; }
    int rows() const { return static_cast<int>(m_values.rows()); } ///< Units and padding.
    std::ptrdiff_t stride() const { return m_values.rows(); }
    double* value(std::int64_t t) { return m_values.data() + t * stride(); }
    const double* value(std::int64_t t) const { return m_values.data() + t * stride(); }
    double* delta(std::int64_t t) { return m_deltas.data() + t * stride(); }
    const double* delta(std::int64_t t) const { return m_deltas.data() + t * stride(); }

private:
    int m_units;
    Matrix m_values;
    Matrix m_deltas;
};

} // namespace chronograd
