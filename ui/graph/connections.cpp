#include "ui/graph/connections.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

std::vector<Connection> connectionsOf(const Network& network)
{
    const auto levelOf = [&network](SlotId slot) {
        return network.program().slotTable[static_cast<std::size_t>(slot)].layer + 1;
    };
    std::vector<Connection> connections;
    for (const Operation& operation : network.program().operations) {
        const auto* affine = std::get_if<Affine>(&operation);
        if (!affine)
            continue;
        for (const Term& term : affine->terms) {
            const ParameterUse use = useOf(network, *affine, term);
            const Connection connection{term,
                                        use,
                                        levelOf(term.source.slot),
                                        levelOf(affine->result),
                                        use.rows,
                                        network.parameters()[term.weight].columns};
            // What a cell computes inside a layer at one step has no line of its own.
            if (connection.from != connection.to || connection.isAcrossTime())
                connections.push_back(connection);
        }
    }
    return connections;
}

std::vector<int> levelsOf(const Network& network)
{
    std::vector<int> units{network.inputs()};
    for (const Layer& layer : network.layers())
        units.push_back(layer.units);
    return units;
}

EdgeCurve edgeCurve(const GraphLayout& layout, const Connection& connection, int row, int column,
                    std::int64_t t)
{
    // A cell with several products per unit stacks their rows.
    const UnitId to{t, connection.to, row % layout.units(connection.to)};
    const UnitId from{t - connection.term.source.lag, connection.from, column};
    const QPointF end = layout.center(to);
    const QPointF start = layout.center(from);
    if (connection.isAcrossTime() && !layout.isSpread()) {
        return {.upright = false,
                .from = start.x() + layout.radius(connection.from),
                .to = end.x() - layout.radius(connection.to),
                .crossFrom = start.y(),
                .crossTo = end.y()};
    }
    EdgeCurve curve{
        .upright = true, .from = start.y(), .to = end.y(), .crossFrom = start.x(), .crossTo = end.x()};
    if (!layout.isSpread()) {
        // Arcs into every second level run on the left, those between on the right; longer ones further out.
        const double reach = std::abs(end.y() - start.y());
        const double longest = layout.height();
        const double clear = layout.radius(connection.to) + layout.ringWidth(connection.to) + 4.0;
        const double most = std::max(clear, layout.arcReach());
        const double side = connection.to % 2 == 1 ? -1.0 : 1.0;
        curve.bulge = side * (clear + (most - clear) * std::min(1.0, 1.6 * reach / longest));
    }
    return curve;
}

} // namespace chronograd
