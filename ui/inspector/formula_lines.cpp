#include "ui/inspector/formula_lines.h"

#include <algorithm>
#include <limits>

namespace chronograd {

namespace {

constexpr double lineCost = 1.0;       // Each line: fewer are better.
constexpr double looseCost = 0.6;      // For a line that is filled to nothing, growing with the square.
constexpr double overfullCost = 100.0; // Nothing fits: as little too wide as can be.

} // namespace

qreal lineWidth(std::span<const FormulaPiece> pieces, FormulaLine line)
{
    qreal width = 0.0;
    for (std::size_t i = line.first; i < line.end; ++i)
        width += pieces[i].box.width + (i > line.first ? pieces[i].space : 0.0);
    return width;
}

std::vector<FormulaLine> breakLines(std::span<const FormulaPiece> pieces, qreal width, qreal deeperIndent)
{
    const std::size_t count = pieces.size();
    if (count == 0)
        return {};
    constexpr double unreachable = std::numeric_limits<double>::infinity();
    std::vector<double> best(count + 1, unreachable); // Cheapest way to set pieces [0, i).
    std::vector<std::size_t> from(count + 1, 0);
    best[0] = 0.0;
    for (std::size_t first = 0; first < count; ++first) {
        if (best[first] == unreachable || (first > 0 && pieces[first].breakCost >= neverBreak))
            continue;
        const qreal indent = first > 0 && pieces[first].depth > 0 ? deeperIndent : 0.0;
        qreal used = indent;
        for (std::size_t end = first + 1; end <= count; ++end) {
            const FormulaPiece& added = pieces[end - 1];
            used += added.box.width + (end - 1 > first ? added.space : 0.0);
            const bool last = end == count;
            if (!last && pieces[end].breakCost >= neverBreak)
                continue;
            const double slack = (width - used) / width;
            double cost = best[first] + lineCost + (first > 0 ? pieces[first].breakCost : 0.0);
            if (slack < 0.0)
                cost += overfullCost * (1.0 - slack);
            else if (!last)
                cost += looseCost * slack * slack;
            if (cost < best[end]) {
                best[end] = cost;
                from[end] = first;
            }
            if (slack < 0.0)
                break; // Any longer line is wider still.
        }
    }
    std::vector<FormulaLine> lines;
    for (std::size_t end = count; end > 0; end = from[end])
        lines.push_back({from[end], end});
    std::reverse(lines.begin(), lines.end());
    return lines;
}

} // namespace chronograd
