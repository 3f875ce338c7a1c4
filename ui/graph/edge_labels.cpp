#include "ui/graph/edge_labels.h"

#include "ui/graph/edge_heat_map.h"
#include "ui/graph/unit_sprites.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr int mostLabels = 8;
constexpr int deskPixels = 11;
constexpr double digitShare = 0.61; ///< Of the monospaced face: how wide a digit is.

int labelPixels()
{
    return Theme::current().magnified(deskPixels);
}

/// Is this edge one of the unit's, at the step that it has?
bool isAsked(const std::optional<UnitId>& unit, const EdgeId& edge)
{
    if (!unit)
        return false;
    const Connection& connection = *edge.connection;
    return *unit == UnitId{edge.t, connection.to, edge.row} ||
           *unit == UnitId{edge.t - connection.lag, connection.from, edge.column};
}

std::vector<EdgeLabel> edgesOf(const GraphState& state, std::int64_t t)
{
    std::vector<EdgeLabel> edges;
    for (const Connection& connection : state.connections) {
        const std::int64_t at = receivingStep(state.layout, connection, t);
        if (isHeatMap(state.layout, connection) || !isDrawn(state, connection, t))
            continue;
        const auto values = edgeValues(*state.frame, connection, state.quantity, at);
        if (!values)
            continue;
        for (int row = 0; row < connection.rows; ++row) {
            for (int column = 0; column < connection.columns; ++column) {
                const double value = (*values)(row, column);
                if (std::abs(value) >= state.weakest * state.scales.edge && value != 0.0)
                    edges.push_back({{&connection, row, column, at}, value, {}});
            }
        }
    }
    return edges;
}

/// Along the edge where no other label is; empty: there is no such place.
QRectF placeFor(const GraphState& state, const EdgeLabel& label, const std::vector<EdgeLabel>& placed)
{
    const EdgeCurve curve =
        edgeCurve(state.layout, *label.edge.connection, label.edge.row, label.edge.column, label.edge.t);
    const int pixels = labelPixels();
    const double width = digitShare * pixels * static_cast<double>(compactNumber(label.value).size()) + 6.0;
    const double height = pixels + 4.0;
    for (const double u : {0.5, 0.36, 0.64, 0.25, 0.75, 0.43, 0.57}) {
        const QPointF middle = curve.pointAt(u);
        const QRectF box(middle.x() - width / 2, middle.y() - height / 2, width, height);
        if (std::none_of(placed.begin(), placed.end(),
                         [&box](const EdgeLabel& other) { return other.box.intersects(box); }))
            return box;
    }
    return {};
}

} // namespace

std::vector<EdgeLabel> edgeLabelsOf(const GraphState& state, std::int64_t t)
{
    std::vector<EdgeLabel> edges = edgesOf(state, t);
    const auto unit = state.selection ? unitOf(state, *state.selection) : std::nullopt;
    const auto first = std::stable_partition(
        edges.begin(), edges.end(), [&unit](const EdgeLabel& label) { return isAsked(unit, label.edge); });
    const auto asked = static_cast<std::size_t>(first - edges.begin());
    const auto last = first + std::min<std::ptrdiff_t>(edges.end() - first, mostLabels);
    std::partial_sort(first, last, edges.end(), [](const EdgeLabel& a, const EdgeLabel& b) {
        return std::abs(a.value) > std::abs(b.value);
    });
    edges.resize(std::min(edges.size(), asked + std::size_t(mostLabels)));
    std::vector<EdgeLabel> placed;
    for (EdgeLabel& label : edges) {
        label.box = placeFor(state, label, placed);
        if (!label.box.isEmpty())
            placed.push_back(label);
    }
    return placed;
}

void paintEdgeLabels(QPainter& painter, UnitSprites& sprites, const GraphState& state, std::int64_t t)
{
    const Theme& theme = Theme::current();
    QColor ground = theme.card;
    ground.setAlphaF(0.88F);
    for (const EdgeLabel& label : edgeLabelsOf(state, t)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(label.box, 3, 3);
        sprites.paintNumber(painter, label.box.center(), compactNumber(label.value),
                            label.value < 0 ? theme.negativeText : theme.positiveText, labelPixels());
    }
}

} // namespace chronograd
