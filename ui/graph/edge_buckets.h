#pragma once

#include <array>
#include <span>
#include <vector>

namespace chronograd {

/// Sign and size of an edge in steps: −edgeLevels … −1 negative, 0 too small to tell, 1 … edgeLevels
/// positive.
constexpr int edgeLevels = 10;

/// NaN counts as 0; beyond the scale's end is the last level.
int edgeLevel(double value, double scale);

/// Edges of one bundle by level, so that each level is drawn with one colour and width and the strongest come
/// last, on top.
struct EdgeBuckets
{
    std::array<std::vector<int>, 2 * edgeLevels + 1> edges; ///< Indices of the values; [level + edgeLevels].
    int leftOut = 0;                                        ///< Too small, or more than `most`.

    const std::vector<int>& at(int level) const
    {
        return edges[static_cast<std::size_t>(level + edgeLevels)];
    }
    std::vector<int>& at(int level) { return edges[static_cast<std::size_t>(level + edgeLevels)]; }
};

struct EdgeLimits
{
    bool keepSmall = true; ///< Draw level 0 too: small networks show their whole structure.
    int most = 1 << 20;    ///< At most so many edges, the strongest.
    double weakest = 0.0;  ///< None smaller than this share of the scale.
};

EdgeBuckets bucketEdges(std::span<const double> values, double scale, const EdgeLimits& limits);

} // namespace chronograd
