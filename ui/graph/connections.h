#pragma once

#include "core/network/parameter_use.h"
#include "ui/graph/edge_curve.h"
#include "ui/graph/graph_layout.h"

#include <vector>

namespace chronograd {

/// One bundle of edges of a time step: a matrix product between two levels, of the same step or from the one
/// before.
struct Connection
{
    Term term;
    ParameterUse use; ///< Its rows of the weight matrix: in a gated cell those of some gates.
    int from = 0;     ///< Level of the sending units.
    int to = 0;       ///< Level of the receiving units.
    int rows = 0;     ///< Receiving units, as often as there are gates.
    int columns = 0;

    bool isAcrossTime() const { return term.source.lag != 0; }
};

/// Every bundle that a time step draws, in the order of the step program.
std::vector<Connection> connectionsOf(const Network& network);

/// Units per level: the input, then each layer.
std::vector<int> levelsOf(const Network& network);

/// Where the edge to unit `row` of step t from unit `column` runs.
EdgeCurve edgeCurve(const GraphLayout& layout, const Connection& connection, int row, int column,
                    std::int64_t t);

} // namespace chronograd
