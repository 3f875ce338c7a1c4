#pragma once

#include "ui/inspector/formula_pieces.h"

#include <cstddef>
#include <span>
#include <vector>

namespace chronograd {

/// Pieces [first, end) of a row stand on one line.
struct FormulaLine
{
    std::size_t first = 0;
    std::size_t end = 0;

    bool operator==(const FormulaLine&) const = default;
};

/// Natural width of pieces [first, end): the space before the first is dropped.
qreal lineWidth(std::span<const FormulaPiece> pieces, FormulaLine line);

/// Breaks a row so that no line is wider than `width` where that is possible; among such ways the one whose
/// breaks cost least and whose lines are filled most evenly (the last may be short). A line that begins
/// inside parentheses is indented by `deeperIndent`.
std::vector<FormulaLine> breakLines(std::span<const FormulaPiece> pieces, qreal width, qreal deeperIndent);

} // namespace chronograd
