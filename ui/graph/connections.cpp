#include "ui/graph/connections.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace chronograd {

namespace {

/// Those rows of a use that belong to a gate; nothing if it has none of them.
std::optional<ParameterUse> gateOf(const ParameterUse& use, const Network& network, const Layer& layer,
                                   int gate)
{
    if (!layer.isGated())
        return use;
    const int gates = static_cast<int>(gateNames(layer.spec.cell).size());
    const int unit = std::min(gate, gates - 1) * layer.units;
    ParameterUse narrowed = use;
    narrowed.rows = layer.units;
    if (network.program().slotTable[static_cast<std::size_t>(use.result)].units == layer.units) {
        // A result of one gate alone: its rows of the weight say which.
        return use.firstRow == unit ? std::optional(narrowed) : std::nullopt;
    }
    if (unit < use.firstUnit || unit >= use.firstUnit + use.rows)
        return std::nullopt;
    narrowed.firstRow = use.row(unit);
    narrowed.firstUnit = unit;
    return narrowed;
}

/// A layer's context is what the network put out before: its edges are drawn from there.
bool isContext(const Network& network, SlotId slot)
{
    return network.program().slotTable[static_cast<std::size_t>(slot)].name == "context";
}

} // namespace

std::vector<Connection> connectionsOf(const Network& network, int gate)
{
    const auto levelOf = [&network](SlotId slot) {
        return network.program().slotTable[static_cast<std::size_t>(slot)].layer + 1;
    };
    std::vector<Connection> connections;
    for (const Operation& operation : network.program().operations) {
        const auto* affine = std::get_if<Affine>(&operation);
        if (!affine)
            continue;
        const int to = levelOf(affine->result);
        const Layer& layer = network.layers()[static_cast<std::size_t>(to - 1)];
        for (const Term& term : affine->terms) {
            const ParameterUse whole = useOf(network, *affine, term);
            const auto use = gateOf(whole, network, layer, gate);
            if (!use)
                continue;
            Connection connection{term,
                                  *use,
                                  use->firstRow - whole.firstRow,
                                  term.source.lag,
                                  levelOf(term.source.slot),
                                  to,
                                  use->rows,
                                  network.parameters()[term.weight].columns};
            if (isContext(network, term.source.slot)) {
                connection.from = static_cast<int>(network.layers().size());
                connection.lag = 1;
            } else if (connection.from == to && term.source.lag == 0) {
                connection.lag = layer.direction(); // r ⊙ h of the step before
            }
            connections.push_back(connection);
        }
    }
    return connections;
}

std::vector<std::string> gatesOf(const Network& network)
{
    std::vector<std::string> names;
    for (const Layer& layer : network.layers()) {
        const auto gates = gateNames(layer.spec.cell);
        if (gates.size() > names.size())
            names.assign(gates.begin(), gates.end());
    }
    return names;
}

std::vector<int> levelsOf(const Network& network)
{
    std::vector<int> units{network.inputs()};
    for (const Layer& layer : network.layers())
        units.push_back(layer.units);
    return units;
}

std::int64_t receivingStep(const GraphLayout& layout, const Connection& connection, std::int64_t t)
{
    return layout.isFolded() ? t : connection.receivingStep(t);
}

namespace {

/// Out of the unit, around, and into the unit that receives one step later: as far out as it is long.
EdgeCurve loopCurve(const GraphLayout& layout, const Connection& connection, QPointF start, QPointF end)
{
    const double radius = layout.radius(connection.to);
    const double side = connection.lag > 0 ? 1.0 : -1.0;
    const double length =
        std::abs(end.y() - start.y()) /
        std::max(1.0, std::abs(layout.center({1, connection.from, layout.units(connection.from) - 1}).y() -
                               layout.center({1, connection.to, 0}).y()));
    // To and fro between two units are two lines.
    const double reach = (layout.loopReach() - radius) * (end.y() > start.y() ? 0.88 : 1.0);
    return {.upright = true,
            .from = start.y() - 0.45 * radius,
            .to = end.y() + 0.45 * radius,
            .crossFrom = start.x() + side * 0.85 * radius,
            .crossTo = end.x() + side * 0.85 * radius,
            .bulge = side * (0.35 + 0.65 * std::min(1.0, length)) * reach};
}

} // namespace

/// Arcs into every second level run on the left, those between on the right.
double arcSide(const Connection& connection)
{
    return connection.to % 2 == 1 ? -1.0 : 1.0;
}

EdgeCurve edgeCurve(const GraphLayout& layout, const Connection& connection, int row, int column,
                    std::int64_t t)
{
    const UnitId to{t, connection.to, row};
    const UnitId from{t - connection.lag, connection.from, column};
    const QPointF end = layout.center(to);
    const QPointF start = layout.center(from);
    if (connection.isAcrossTime() && layout.isFolded())
        return loopCurve(layout, connection, start, end);
    if (connection.isAcrossTime() && !layout.isSpread()) {
        const double side = connection.lag > 0 ? 1.0 : -1.0; // It leaves towards the receiving unit.
        return {.upright = false,
                .from = start.x() + side * layout.radius(connection.from),
                .to = end.x() - side * layout.radius(connection.to),
                .crossFrom = start.y(),
                .crossTo = end.y()};
    }
    EdgeCurve curve{
        .upright = true, .from = start.y(), .to = end.y(), .crossFrom = start.x(), .crossTo = end.x()};
    if (!layout.isSpread()) {
        // Longer ones further out.
        const double reach = std::abs(end.y() - start.y());
        const double longest = layout.height();
        const double clear = layout.radius(connection.to) + layout.ringWidth(connection.to) + 4.0;
        const double most = std::max(clear, layout.arcReach());
        curve.bulge = arcSide(connection) * (clear + (most - clear) * std::min(1.0, 1.6 * reach / longest));
    }
    return curve;
}

} // namespace chronograd
