#include "ui/graph/edge_values.h"

#include "core/analysis/flow.h"
#include "core/analysis/share.h"

namespace chronograd {

bool isShared(EdgeQuantity quantity)
{
    return quantity == EdgeQuantity::Weight || quantity == EdgeQuantity::Update;
}

const Vector& weightsNow(const Frame& frame)
{
    return frame.updateDone && frame.after.size() > 0 ? frame.after : frame.before;
}

bool hasEdgeValues(const Frame& frame, const Connection& connection, EdgeQuantity quantity, std::int64_t t)
{
    const std::int64_t source = t - connection.lag;
    switch (quantity) {
    case EdgeQuantity::Weight:
        return true;
    case EdgeQuantity::Update:
        return frame.updateDone && frame.change.size() > 0;
    case EdgeQuantity::Share:
        return frame.holds(t) && frame.window.contains(t) && frame.hasDelta(connection.to - 1, t);
    case EdgeQuantity::Value:
        return frame.holds(t) && frame.hasValue(connection.to - 1, t) &&
               (source < frame.firstStep || source > frame.lastStep ||
                frame.hasValue(connection.from - 1, source));
    }
    return false;
}

std::optional<Matrix> edgeValues(const Frame& frame, const Connection& connection, EdgeQuantity quantity,
                                 std::int64_t t)
{
    if (!hasEdgeValues(frame, connection, quantity, t))
        return std::nullopt;
    const ParameterView& view = frame.network->parameters()[connection.term.weight];
    switch (quantity) {
    case EdgeQuantity::Weight:
        return matrixOf(view, weightsNow(frame)).middleRows(connection.use.firstRow, connection.rows);
    case EdgeQuantity::Update:
        return matrixOf(view, frame.change).middleRows(connection.use.firstRow, connection.rows);
    case EdgeQuantity::Share:
        return shares(frame, connection.term.weight, t).middleRows(connection.use.firstRow, connection.rows);
    case EdgeQuantity::Value:
        return flows(frame, connection.term, t).middleRows(connection.rowInTerm, connection.rows);
    }
    return std::nullopt;
}

} // namespace chronograd
