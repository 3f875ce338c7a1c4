#include "ui/plots/recording_gaps.h"

#include <algorithm>
#include <limits>

namespace chronograd {

void RecordingGaps::noteUpdate(std::int64_t last, std::int64_t update)
{
    if (m_end == 0 || last < m_end)
        return; // or the curve is built up again
    m_end = 0;
    if (update > last + 1)
        m_gaps.push_back({last, update});
}

void RecordingGaps::cutAfter(std::int64_t update)
{
    m_end = std::min(m_end, update);
    std::erase_if(m_gaps, [update](const Gap& gap) { return gap.to > update; });
}

Polyline RecordingGaps::interrupted(const Polyline& line) const
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    Polyline pieces;
    pieces.reserve(line.size() + m_gaps.size());
    auto gap = m_gaps.begin();
    for (const QPointF& point : line) {
        while (gap != m_gaps.end() && point.x() > static_cast<double>(gap->from)) {
            if (!pieces.empty() && pieces.back().x() <= static_cast<double>(gap->from))
                pieces.emplace_back(point.x(), nan);
            ++gap;
        }
        pieces.push_back(point);
    }
    return pieces;
}

} // namespace chronograd
