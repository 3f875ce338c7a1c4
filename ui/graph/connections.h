#pragma once

#include "core/network/parameter_use.h"
#include "ui/graph/edge_curve.h"
#include "ui/graph/graph_layout.h"

#include <string>
#include <vector>

namespace chronograd {

/// One bundle of edges of a time step: a matrix product between two levels, of the same step or from a
/// neighbouring one. Of a gated cell it is the product of one gate.
struct Connection
{
    Term term;
    ParameterUse use;  ///< Its rows of the weight matrix.
    int rowInTerm = 0; ///< Its first row of those that the term has.
    int lag = 0;       ///< The sending unit is drawn at t − lag: 1 before, −1 in a chain against time.
    int from = 0;      ///< Level of the sending units.
    int to = 0;        ///< Level of the receiving units.
    int rows = 0;      ///< Receiving units.
    int columns = 0;

    bool isAcrossTime() const { return lag != 0; }
    /// Of the two steps whose gap is left of `step`, the one that receives.
    std::int64_t receivingStep(std::int64_t step) const { return lag < 0 ? step + lag : step; }
};

/// Every bundle that a time step draws, in the order of the step program; of gated cells those of one gate
/// (counted as its rows are stacked; of a cell with fewer gates the last).
std::vector<Connection> connectionsOf(const Network& network, int gate = 0);

/// The gates that connectionsOf() chooses from, by name; empty: no layer is gated.
std::vector<std::string> gatesOf(const Network& network);

/// Units per level: the input, then each layer.
std::vector<int> levelsOf(const Network& network);

/// The step at which the picture of step t shows a bundle received: its own, but for chains against time the
/// one before, whose gap it fills. A folded network has no gaps.
std::int64_t receivingStep(const GraphLayout& layout, const Connection& connection, std::int64_t t);

/// On which side of the units the arcs of a step run: −1 left, 1 right.
double arcSide(const Connection& connection);

/// Where the edge to unit `row` of step t from unit `column` runs.
EdgeCurve edgeCurve(const GraphLayout& layout, const Connection& connection, int row, int column,
                    std::int64_t t);

} // namespace chronograd
