#include "core/network/parameters.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chronograd {

namespace {

constexpr int alignment = 8; // doubles in 64 bytes: a cache line, the widest vector register

} // namespace

ParameterId ParameterLayout::add(ParameterView view)
{
    assert(view.rows > 0 && view.columns > 0 && view.rows % view.blocks == 0 && !find(view.name));
    view.offset = m_size;
    view.stride = paddedRows(view.rows, view.blocks);
    const std::size_t end = view.at(0, view.columns);
    m_size = (end + alignment - 1) / alignment * alignment;
    m_views.push_back(std::move(view));
    return static_cast<ParameterId>(m_views.size()) - 1;
}

std::optional<ParameterId> ParameterLayout::find(std::string_view name) const
{
    const auto found = std::ranges::find(m_views, name, &ParameterView::name);
    if (found == m_views.end())
        return std::nullopt;
    return static_cast<ParameterId>(found - m_views.begin());
}

std::size_t ParameterLayout::count() const
{
    std::size_t numbers = 0;
    for (const ParameterView& view : m_views)
        numbers += static_cast<std::size_t>(view.rows) * static_cast<std::size_t>(view.columns);
    return numbers;
}

int paddedRows(int rows)
{
    if (rows <= 2)
        return rows;
    return rows <= 4 ? 4 : (rows + alignment - 1) / alignment * alignment;
}

Matrix matrixOf(const ParameterView& view, const Vector& flat)
{
    assert(view.at(0, view.columns) <= static_cast<std::size_t>(flat.size()));
    Matrix values(view.rows, view.columns);
    const int blockRows = view.rows / view.blocks;
    for (int row = 0; row < view.rows; row += blockRows)
        values.middleRows(row, blockRows) = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>(
            flat.data() + view.at(row, 0), blockRows, view.columns, Eigen::OuterStride<>(view.stride));
    return values;
}

void setMatrix(const ParameterView& view, Vector& flat, const Matrix& values)
{
    assert(view.at(0, view.columns) <= static_cast<std::size_t>(flat.size()));
    assert(values.rows() == view.rows && values.cols() == view.columns);
    const int blockRows = view.rows / view.blocks;
    for (int row = 0; row < view.rows; row += blockRows)
        Eigen::Map<Matrix, 0, Eigen::OuterStride<>>(flat.data() + view.at(row, 0), blockRows, view.columns,
                                                    Eigen::OuterStride<>(view.stride)) =
            values.middleRows(row, blockRows);
}

} // namespace chronograd
