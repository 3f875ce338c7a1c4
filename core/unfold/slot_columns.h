#pragma once

#include "core/math/matrix.h"
#include "core/network/parameters.h"
#include "core/unfold/step_program.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace chronograd {

/// A stretch of time steps: first, first + 1, … (count of them).
struct Columns
{
    std::int64_t first = 1;
    std::int64_t count = 0;

    std::int64_t last() const { return first + count - 1; }
};

/// One slot over time: a matrix of values and one of deltas (∂L/∂value). A time step is one column of padded
/// rows for each sequence of the batch, side by side. Step 0 is the state before the first step, and one
/// step beyond the last is there for chains that run against time.
///
/// Deltas are there for one window only, that of the last sweep back: so every update finds them in the same
/// place, which stays in the cache.
class SlotColumns
{
public:
    /// `window`: where the sweep says which its steps are.
    SlotColumns(const Slot& slot, std::int64_t steps, int batch, const Columns& window)
        : m_window(&window)
        , m_units(slot.units)
        , m_blocks(slot.blocks)
        , m_batch(batch)
        , m_values(std::make_shared<Matrix>(
              Matrix::Zero(paddedRows(slot.units, slot.blocks), (steps + 2) * batch)))
        , m_deltas(std::make_shared<Matrix>(Matrix::Zero(m_values->rows(), m_values->cols())))
        , m_rows(static_cast<int>(m_values->rows()))
        , m_value(m_values->data())
        , m_delta(m_deltas->data())
    {}
    // A copy is another name for the same columns: of f(x) = x.

    int units() const { return m_units; }
    int rows() const { return m_rows; } ///< Units and padding.
    int row(int unit) const { return paddedRow(unit, m_units, m_blocks); }
    int blockRows() const { return m_rows / m_blocks; } ///< Of one gate's block.
    std::ptrdiff_t stride() const { return m_rows; }
    std::ptrdiff_t stepStride() const { return static_cast<std::ptrdiff_t>(m_rows) * m_batch; }
    int batch() const { return m_batch; }
    /// All columns from step 0 on, and all deltas from the window's first step on; of both matrices the first
    /// column of a step is columnOf() and deltaColumnOf().
    double* values() { return m_value; }
    double* deltas() { return m_delta; }
    std::ptrdiff_t columnOf(std::int64_t t) const { return t * m_batch; }
    std::ptrdiff_t deltaColumnOf(std::int64_t t) const { return (t - m_window->first) * m_batch; }
    /// In columns of the matrices.
    int width(Columns columns) const { return static_cast<int>(columns.count) * m_batch; }
    bool isSame(const SlotColumns& other) const { return m_values == other.m_values; }

    double* value(std::int64_t t, int member = 0) { return m_value + place(t, member); }
    const double* value(std::int64_t t, int member = 0) const { return m_value + place(t, member); }
    /// Precondition: t is in the window.
    double* delta(std::int64_t t, int member = 0) { return m_delta + place(t - m_window->first, member); }
    const double* delta(std::int64_t t, int member = 0) const
    {
        return m_delta + place(t - m_window->first, member);
    }
    void forgetDeltas() { m_deltas->setZero(); }
    void clearDeltas(Columns columns)
    {
        if (columns.count > 0)
            std::fill_n(delta(columns.first), columns.count * stepStride(), 0.0);
    }

private:
    std::ptrdiff_t place(std::int64_t t, int member) const { return (t * m_batch + member) * m_rows; }

    const Columns* m_window;
    int m_units;
    int m_blocks;
    int m_batch;
    std::shared_ptr<Matrix> m_values;
    std::shared_ptr<Matrix> m_deltas;
    int m_rows;
    double* m_value;
    double* m_delta;
};

} // namespace chronograd
