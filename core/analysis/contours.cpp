#include "core/analysis/contours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

struct Place
{
    double column;
    double row;
};

/// Of a cell: its corners around, and where the height crosses its edges.
class GridCell
{
public:
    GridCell(const Matrix& heights, Eigen::Index row, Eigen::Index column, double height)
        : m_row(static_cast<double>(row))
        , m_column(static_cast<double>(column))
        , m_corners{heights(row, column) - height, heights(row, column + 1) - height,
                    heights(row + 1, column + 1) - height, heights(row + 1, column) - height}
    {}

    bool isFinite() const
    {
        return std::ranges::all_of(m_corners, [](double corner) { return std::isfinite(corner); });
    }

    void addTo(std::vector<ContourPiece>& pieces) const
    {
        std::array<Place, 4> crossings{};
        std::size_t count = 0;
        for (std::size_t edge = 0; edge < 4; ++edge) {
            if ((m_corners[edge] >= 0.0) != (m_corners[(edge + 1) % 4] >= 0.0)) {
                crossings[count++] = crossing(edge);
            }
        }
        // A saddle crosses all four edges; which two belong together is told by the middle.
        const double middle = m_corners[0] + m_corners[1] + m_corners[2] + m_corners[3];
        const bool turned = count == 4 && (middle >= 0.0) != (m_corners[0] >= 0.0);
        for (std::size_t i = 0; i + 1 < count; i += 2) {
            const Place& from = crossings[(i + (turned ? 3 : 0)) % 4];
            const Place& to = crossings[turned ? i : i + 1];
            pieces.push_back({from.column, from.row, to.column, to.row});
        }
    }

private:
    Place crossing(std::size_t edge) const
    {
        static constexpr std::array<Place, 4> places{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
        const Place& a = places[edge];
        const Place& b = places[(edge + 1) % 4];
        const double share = m_corners[edge] / (m_corners[edge] - m_corners[(edge + 1) % 4]);
        return {m_column + a.column + share * (b.column - a.column), m_row + a.row + share * (b.row - a.row)};
    }

    double m_row;
    double m_column;
    std::array<double, 4> m_corners;
};

} // namespace

std::vector<ContourPiece> contourAt(const Matrix& heights, double height)
{
    std::vector<ContourPiece> pieces;
    for (Eigen::Index row = 0; row + 1 < heights.rows(); ++row) {
        for (Eigen::Index column = 0; column + 1 < heights.cols(); ++column) {
            const GridCell cell(heights, row, column, height);
            if (cell.isFinite()) {
                cell.addTo(pieces);
            }
        }
    }
    return pieces;
}

std::vector<double> contourHeights(const Matrix& heights, int count)
{
    double least = std::numeric_limits<double>::infinity();
    double greatest = -least;
    for (const double height : heights.reshaped()) {
        if (std::isfinite(height)) {
            least = std::min(least, height);
            greatest = std::max(greatest, height);
        }
    }
    std::vector<double> lines;
    if (!(least < greatest)) {
        return lines;
    }
    const double range = greatest - least;
    constexpr double lowest = 1.0 / 256.0; // of the range, above the least
    for (int i = 0; i < count; ++i) {
        lines.push_back(least + range * std::pow(lowest, 1.0 - (i + 0.5) / count));
    }
    return lines;
}

} // namespace chronograd
