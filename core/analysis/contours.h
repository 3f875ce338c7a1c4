#pragma once

#include "core/math/matrix.h"

#include <vector>

namespace chronograd {

/// A piece of a contour line, in places of the matrix: (column, row), fractions between.
struct ContourPiece
{
    double fromColumn = 0.0;
    double fromRow = 0.0;
    double toColumn = 0.0;
    double toRow = 0.0;
};

/// Where a height lies between neighbouring numbers (marching squares). Cells with a number that is not
/// finite have no line.
std::vector<ContourPiece> contourAt(const Matrix& heights, double height);

/// Heights for so many lines, in equal ratios above the least (so that a valley shows its floor).
std::vector<double> contourHeights(const Matrix& heights, int count);

} // namespace chronograd
