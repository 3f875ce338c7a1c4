#pragma once

#include "core/math/matrix.h"
#include "core/network/parameters.h"
#include "core/unfold/step_program.h"

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

/// One slot over time: a matrix of values and one of deltas (∂L/∂value). A time step is one column of padded
/// rows for each sequence of the batch, side by side. Step 0 is the state before the first step, and one
/// step beyond the last is there for chains that run against time.
class SlotColumns
{
public:
    SlotColumns(const Slot& slot, std::int64_t steps, int batch)
        : m_units(slot.units)
        , m_blocks(slot.blocks)
        , m_batch(batch)
        , m_values(Matrix::Zero(paddedRows(slot.units, slot.blocks), (steps + 2) * batch))
        , m_deltas(Matrix::Zero(m_values.rows(), m_values.cols()))
    {}

    int units() const { return m_units; }
    int rows() const { return static_cast<int>(m_values.rows()); } ///< Units and padding.
    int row(int unit) const { return paddedRow(unit, m_units, m_blocks); }
    int blockRows() const { return rows() / m_blocks; } ///< Of one gate's block.
    std::ptrdiff_t stride() const { return m_values.rows(); }
    std::ptrdiff_t stepStride() const { return m_values.rows() * m_batch; }
    int batch() const { return m_batch; }
    int width(Columns columns) const { return columns.count * m_batch; } ///< In columns of the matrices.
    double* value(std::int64_t t, int member = 0) { return m_values.data() + place(t, member); }
    const double* value(std::int64_t t, int member = 0) const { return m_values.data() + place(t, member); }
    double* delta(std::int64_t t, int member = 0) { return m_deltas.data() + place(t, member); }
    const double* delta(std::int64_t t, int member = 0) const { return m_deltas.data() + place(t, member); }

private:
    std::ptrdiff_t place(std::int64_t t, int member) const { return (t * m_batch + member) * stride(); }

    int m_units;
    int m_blocks;
    int m_batch;
    Matrix m_values;
    Matrix m_deltas;
};

} // namespace chronograd
