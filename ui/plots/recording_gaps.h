#pragma once

#include "ui/plots/polyline.h"

#include <cstdint>
#include <vector>

namespace chronograd {

/// Where curves that are recorded only while somebody looks have nothing: no line leads over it. Nor over
/// what was passed over in sight, as on the way to a far update; that while training runs fast every
/// so-many-th update is recorded is no gap.
class RecordingGaps
{
public:
    /// Nothing was recorded after update `from` and before update `to`.
    struct Gap
    {
        std::int64_t from;
        std::int64_t to;
    };

    void noteEnd(std::int64_t last) { m_end = last; } ///< The last that was recorded; nobody looks any more.
    /// Recorded again, or still. \param last what was recorded before
    void noteUpdate(std::int64_t last, std::int64_t update);
    void cutAfter(std::int64_t update);

    const std::vector<Gap>& all() const { return m_gaps; }
    /// The line of a curve over the updates, interrupted at the gaps.
    Polyline interrupted(const Polyline& line) const;

private:
    static constexpr std::int64_t farMore = 20; ///< So many times as far as usual is a gap.

    std::int64_t m_end = 0;       ///< 0: somebody looks, or nothing was recorded.
    std::int64_t m_distance = 0;  ///< Usual one of the updates recorded; 0: not known.
    bool m_isLastInDoubt = false; ///< The next distance tells whether the last gap is one.
    std::vector<Gap> m_gaps;      ///< Ascending.

    void noteDistance(std::int64_t last, std::int64_t update);
};

} // namespace chronograd
