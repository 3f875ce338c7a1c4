#pragma once

#include "ui/graph/edge_values.h"

#include <vector>

namespace chronograd {

/// The ends of the sign scale for what is drawn; each a nice number, so that it seldom moves.
struct GraphScales
{
    std::vector<double> value; ///< Per level.
    double delta = 1.0;
    double edge = 1.0;
    double loss = 1.0; ///< Of a step.
    bool hasDelta = false;
    bool hasEdge = false; ///< Are there numbers for the edges at all?

    bool operator==(const GraphScales&) const = default;
};

/// Scales for the held steps from `first` to `last`; deltas and shares over the whole window, so that they
/// do not change while scrolling.
GraphScales scalesOf(const Frame& frame, const std::vector<Connection>& connections, EdgeQuantity quantity,
                     std::int64_t first, std::int64_t last);

} // namespace chronograd
