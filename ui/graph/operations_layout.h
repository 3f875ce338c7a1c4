#pragma once

#include "core/analysis/operation_graph.h"

#include <QPainterPath>
#include <QRectF>

#include <optional>
#include <vector>

namespace chronograd {

/// Where the nodes of a step's operations are, and the two columns of numbers on each arrow: the vector that
/// flows and the gradient that comes back. From left to right; sources stand just before what first reads
/// them.
class OperationsLayout
{
public:
    OperationsLayout() = default;
    explicit OperationsLayout(const OperationGraph& graph);

    QSizeF size() const { return m_size; }
    const QRectF& node(int index) const { return m_nodes[static_cast<std::size_t>(index)]; }
    QRectF matrix(int node) const; ///< Room for the picture of a product's matrix.
    QPainterPath line(int arrow) const { return m_lines[static_cast<std::size_t>(arrow)]; }
    QRectF values(int arrow) const; ///< The columns of an arrow's numbers.
    QRectF gradients(int arrow) const;
    QRectF cell(const QRectF& column, int unit, int units) const;
    /// Have the cells of so many units room for numbers?
    static bool hasNumbers(int units);

    std::optional<int> nodeAt(QPointF position) const;
    struct Cell
    {
        int arrow = 0;
        int unit = 0;
        bool isGradient = false;
    };
    std::optional<Cell> cellAt(QPointF position) const;

private:
    void placeColumns(const OperationGraph& graph);
    void placeRows(const OperationGraph& graph);
    void placeArrows(const OperationGraph& graph);

    std::vector<int> m_depths;
    std::vector<QRectF> m_nodes;
    std::vector<QPainterPath> m_lines;
    std::vector<QRectF> m_strips; ///< Both columns of an arrow.
    std::vector<int> m_units;     ///< Numbers of an arrow.
    QSizeF m_size;
};

} // namespace chronograd
