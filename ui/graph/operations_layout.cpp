#include "ui/graph/operations_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chronograd {

namespace {

constexpr double margin = 14.0;
constexpr double marginBelow = 6.0; ///< Where no name is.
constexpr double nodeWidth = 54.0;
constexpr double nodeHeight = 42.0;
constexpr double columnWidth = 29.0; ///< Of numbers.
constexpr double numberHeight = 13.0;
constexpr int mostNumbers = 8;
constexpr double tallest = 72.0; ///< Of a column without numbers.
constexpr double stripGap = 9.0; ///< Between the columns and the node they lead to.
constexpr double lead = 26.0;    ///< Of a line before its columns.
constexpr double between = 13.0; ///< Rows of strips or nodes: a name has room there.
constexpr double depthWidth = nodeWidth + lead + 2 * columnWidth + stripGap;

double columnHeight(int units)
{
    return OperationsLayout::hasNumbers(units) ? units * numberHeight : tallest;
}

int unitsOf(const OperationArrow& arrow)
{
    return static_cast<int>(std::max({arrow.values.size(), arrow.gradients.size(), Eigen::Index(1)}));
}

} // namespace

OperationsLayout::OperationsLayout(const OperationGraph& graph)
    : m_nodes(graph.nodes.size())
{
    for (const OperationArrow& arrow : graph.arrows)
        m_units.push_back(unitsOf(arrow));
    placeColumns(graph);
    placeRows(graph);
    placeArrows(graph);
}

bool OperationsLayout::hasNumbers(int units)
{
    return units <= mostNumbers;
}

void OperationsLayout::placeColumns(const OperationGraph& graph)
{
    for (const OperationNode& node : graph.nodes)
        m_depths.push_back(node.depth);
    for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
        if (graph.nodes[index].depth > 0)
            continue;
        int first = 1 << 20;
        for (const OperationArrow& arrow : graph.arrows) {
            if (arrow.from == static_cast<int>(index))
                first = std::min(first, graph.nodes[static_cast<std::size_t>(arrow.to)].depth);
        }
        m_depths[index] = first < 1 << 20 ? first - 1 : 0;
    }
}

/// Each node beside the middle of those that lead to it, pushed down where one is already.
void OperationsLayout::placeRows(const OperationGraph& graph)
{
    const int deepest = m_depths.empty() ? 0 : *std::max_element(m_depths.begin(), m_depths.end());
    std::vector<double> heights(graph.nodes.size(), 0.0);
    for (std::size_t index = 0; index < graph.arrows.size(); ++index) {
        double& height = heights[static_cast<std::size_t>(graph.arrows[index].to)];
        height += columnHeight(m_units[index]) + (height > 0.0 ? between : 0.0);
    }
    double lowest = 0.0;
    for (int depth = 0; depth <= deepest; ++depth) {
        std::vector<std::pair<double, std::size_t>> wanted;
        for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
            if (m_depths[index] != depth)
                continue;
            double sum = 0.0;
            int count = 0;
            for (const OperationArrow& arrow : graph.arrows) {
                if (arrow.to == static_cast<int>(index) &&
                    m_depths[static_cast<std::size_t>(arrow.from)] < depth) {
                    sum += m_nodes[static_cast<std::size_t>(arrow.from)].center().y();
                    ++count;
                }
            }
            wanted.emplace_back(count > 0 ? sum / count : 1e6, index); // sources below
        }
        std::stable_sort(wanted.begin(), wanted.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        double free = margin;
        for (const auto& [middle, index] : wanted) {
            const double height = std::max(nodeHeight, heights[index]);
            const double top = middle < 1e6 ? std::max(free, middle - height / 2) : free;
            m_nodes[index] =
                QRectF(margin + depth * depthWidth, top + (height - nodeHeight) / 2, nodeWidth, nodeHeight);
            free = top + height + between;
        }
        lowest = std::max(lowest, free - between);
    }
    m_size = QSizeF(2 * margin + deepest * depthWidth + nodeWidth, lowest + marginBelow);
}

void OperationsLayout::placeArrows(const OperationGraph& graph)
{
    m_lines.resize(graph.arrows.size());
    m_strips.resize(graph.arrows.size());
    for (std::size_t target = 0; target < graph.nodes.size(); ++target) {
        std::vector<std::size_t> in;
        double total = -between;
        for (std::size_t index = 0; index < graph.arrows.size(); ++index) {
            if (graph.arrows[index].to != static_cast<int>(target))
                continue;
            in.push_back(index);
            total += columnHeight(m_units[index]) + between;
        }
        const auto sourceY = [&](std::size_t index) {
            return m_nodes[static_cast<std::size_t>(graph.arrows[index].from)].center().y();
        };
        std::stable_sort(in.begin(), in.end(),
                         [&](std::size_t a, std::size_t b) { return sourceY(a) < sourceY(b); });
        double y = m_nodes[target].center().y() - total / 2;
        for (const std::size_t index : in) {
            const double height = columnHeight(m_units[index]);
            const double right = m_nodes[target].left() - stripGap;
            m_strips[index] = QRectF(right - 2 * columnWidth, y, 2 * columnWidth, height);
            y += height + between;
            const QRectF& from = m_nodes[static_cast<std::size_t>(graph.arrows[index].from)];
            const QPointF start(from.right(), from.center().y());
            const QPointF entry(m_strips[index].left(), m_strips[index].center().y());
            const double half = std::max(12.0, (entry.x() - start.x()) / 2);
            QPainterPath line(start);
            line.cubicTo(start + QPointF(half, 0), entry - QPointF(half, 0), entry);
            line.moveTo(m_strips[index].right(), entry.y());
            const QPointF end(m_nodes[target].left(),
                              std::clamp(entry.y(), m_nodes[target].top() + 4, m_nodes[target].bottom() - 4));
            line.lineTo(end);
            m_lines[index] = line;
        }
    }
}

QRectF OperationsLayout::matrix(int index) const
{
    return node(index).adjusted(6, 20, -6, -5);
}

QRectF OperationsLayout::values(int arrow) const
{
    const QRectF& strip = m_strips[static_cast<std::size_t>(arrow)];
    return QRectF(strip.left(), strip.top(), columnWidth, strip.height());
}

QRectF OperationsLayout::gradients(int arrow) const
{
    return values(arrow).translated(columnWidth, 0);
}

QRectF OperationsLayout::cell(const QRectF& column, int unit, int units) const
{
    const double height = column.height() / units;
    return QRectF(column.left(), column.top() + unit * height, column.width(), height);
}

std::optional<int> OperationsLayout::nodeAt(QPointF position) const
{
    for (std::size_t index = 0; index < m_nodes.size(); ++index) {
        if (m_nodes[index].contains(position))
            return static_cast<int>(index);
    }
    return std::nullopt;
}

std::optional<OperationsLayout::Cell> OperationsLayout::cellAt(QPointF position) const
{
    for (std::size_t index = 0; index < m_strips.size(); ++index) {
        const QRectF& strip = m_strips[index];
        if (!strip.contains(position))
            continue;
        const int units = m_units[index];
        const int unit =
            std::clamp(static_cast<int>((position.y() - strip.top()) / strip.height() * units), 0, units - 1);
        return Cell{static_cast<int>(index), unit, position.x() > strip.center().x()};
    }
    return std::nullopt;
}

} // namespace chronograd
