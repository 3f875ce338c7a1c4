#pragma once

#include "core/math/matrix.h"
#include "core/network/network_spec.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// Index of a parameter in ParameterLayout.
using ParameterId = int;

/// Rows of a column are padded to this, so that vector loads never cross into the next column.
int paddedRows(int rows);
/// The same for rows that are stacked blocks of equal size.
inline int paddedRows(int rows, int blocks)
{
    return blocks * paddedRows(rows / blocks);
}
/// Where a row of stacked blocks lies in its column.
inline int paddedRow(int row, int rows, int blocks)
{
    return blocks == 1 ? row : row / (rows / blocks) * paddedRows(rows / blocks) + row % (rows / blocks);
}

/// A named matrix view into the flat parameter vector (and into gradient, velocity …): column-major, element
/// (row, column) at offset + its place in the column + column · stride. The rows of a gated layer are stacked
/// blocks, one for each gate; every block is padded by itself (paddedRow), and padding stays zero.
struct ParameterView
{
    std::string name; ///< "hidden.W_h"
    int layer = 0;
    int rows = 0; ///< Receiving units.
    int columns = 0;
    bool isBias = false; ///< Written as a plain list in files, named with one index.
    bool trainable = true;
    std::size_t offset = 0;
    int stride = 0;
    int blocks = 1; ///< Gates stacked in the rows.

    std::size_t at(int row, int column) const
    {
        return offset + static_cast<std::size_t>(paddedRow(row, rows, blocks)) +
               static_cast<std::size_t>(column) * static_cast<std::size_t>(stride);
    }
};

/// All parameters of a network, in the order of the layers: one flat vector with named views.
class ParameterLayout
{
public:
    /// The offset and the stride of `view` are given here.
    ParameterId add(ParameterView view);

    const ParameterView& operator[](ParameterId id) const { return m_views[static_cast<std::size_t>(id)]; }
    const std::vector<ParameterView>& views() const { return m_views; }
    std::optional<ParameterId> find(std::string_view name) const;
    std::size_t size() const { return m_size; } ///< Length of the flat vector, padding included.
    std::size_t count() const;                  ///< Numbers that mean something: without padding.

private:
    std::vector<ParameterView> m_views;
    std::size_t m_size = 0;
};

/// The matrix behind a view, without padding.
Matrix matrixOf(const ParameterView& view, const Vector& flat);
void setMatrix(const ParameterView& view, Vector& flat, const Matrix& values);

/// Fills `flat` by the scheme of `init`, each parameter from its own random stream (seed, name), row by row;
/// biases are 0. Given weights then replace the drawn ones.
void initialise(const NetworkSpec& spec, const ParameterLayout& layout, Vector& flat);

} // namespace chronograd
