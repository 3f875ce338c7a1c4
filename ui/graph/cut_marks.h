#pragma once

#include "ui/graph/graph_state.h"

#include <vector>

class QPainter;

namespace chronograd {

/// At the cut, beside one recurrent level: over it the error that goes no further, under it the state that
/// passes. Clear of the line that gathers the shares of a selected weight. In scene coordinates.
struct CutArrows
{
    int level = 0;
    double x = 0.0;     ///< Of the cut.
    double reach = 0.0; ///< To both sides of it.
    double gradient = 0.0;
    double state = 0.0;
    double gradientText = 0.0; ///< Base lines of their names.
    double stateText = 0.0;
};

/// Of each level that hands something on. Precondition: there is a cut, and there are units.
std::vector<CutArrows> cutArrowsOf(const GraphState& state);

/// The dashed line, the scissors, and the arrows; nothing where nothing is cut.
void paintCut(QPainter& painter, const GraphState& state);

} // namespace chronograd
