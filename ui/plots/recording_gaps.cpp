#include "ui/plots/recording_gaps.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace chronograd {

void RecordingGaps::noteUpdate(std::int64_t last, std::int64_t update)
{
    if (last == 0 || last < m_end || (!m_gaps.empty() && update <= m_gaps.back().to))
        return; // the first; or the curve is built up again
    if (m_end == 0)
        return noteDistance(last, update);
    m_end = 0;
    m_isLastInDoubt = false;
    if (update > last + 1)
        m_gaps.push_back({last, update});
}

/// Faster training records fewer updates: a stretch that is not much longer than the next one is no gap.
void RecordingGaps::noteDistance(std::int64_t last, std::int64_t update)
{
    const std::int64_t distance = update - last;
    if (std::exchange(m_isLastInDoubt, false) && m_gaps.back().to - m_gaps.back().from <= farMore * distance)
    {
        m_gaps.pop_back();
        m_distance = distance;
    }
    if (m_distance > 0 && distance > farMore * m_distance) {
        m_gaps.push_back({last, update});
        m_isLastInDoubt = true;
    } else {
        m_distance = distance;
    }
}

void RecordingGaps::cutAfter(std::int64_t update)
{
    m_end = std::min(m_end, update);
    m_isLastInDoubt = m_isLastInDoubt && m_gaps.back().to <= update;
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
