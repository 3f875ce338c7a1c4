#include "ui/graph/edge_buckets.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

int edgeLevel(double value, double scale)
{
    const double size = std::abs(value) / scale;
    if (!(size >= 0.5 / edgeLevels))
        return 0;
    const int level =
        size >= 1.0 ? edgeLevels : std::max(1, static_cast<int>(std::lround(size * edgeLevels)));
    return value < 0 ? -level : level;
}

EdgeBuckets bucketEdges(std::span<const double> values, double scale, const EdgeLimits& limits)
{
    EdgeBuckets buckets;
    const double weakest = limits.weakest * scale;
    for (std::size_t index = 0; index < values.size(); ++index) {
        if (std::abs(values[index]) < weakest)
            ++buckets.leftOut;
        else
            buckets.at(edgeLevel(values[index], scale)).push_back(static_cast<int>(index));
    }
    if (!limits.keepSmall) {
        buckets.leftOut += static_cast<int>(buckets.at(0).size());
        buckets.at(0).clear();
    }
    int room = limits.most;
    for (int size = edgeLevels; size >= 0; --size) {
        for (const int level : {size, -size}) {
            std::vector<int>& edges = buckets.at(level);
            const int kept = std::min(room, static_cast<int>(edges.size()));
            buckets.leftOut += static_cast<int>(edges.size()) - kept;
            edges.resize(static_cast<std::size_t>(kept));
            room -= kept;
            if (size == 0)
                break;
        }
    }
    return buckets;
}

} // namespace chronograd
