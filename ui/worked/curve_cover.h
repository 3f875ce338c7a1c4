#pragma once

#include "core/session/loss_curve.h"

#include <memory>
#include <vector>

namespace chronograd {

/// Keeps back of the loss curve what tells numbers that are still to be predicted: the updates after the one
/// that training is shown at, and the other courses, which went through the same ones.
class CurveCover
{
public:
    /// What is told in full; it may have to be covered later.
    void keep(const SessionNews& news);
    /// From now on cover() tells anew what may be seen.
    void begin() { m_told = nothing; }
    /// Leaves in the news what tells of updates up to `last` only.
    void cover(SessionNews& news, std::int64_t last);
    /// Puts everything that is known into the news.
    void restore(SessionNews& news) const;

private:
    static constexpr std::int64_t nothing = -1;

    void keepCurve(const SessionNews& news);
    void tell(SessionNews& news, std::int64_t last) const;

    LossCurve m_curve;
    std::shared_ptr<const std::vector<Course>> m_others;
    std::int64_t m_told = nothing; ///< The last update of the curve as it is shown.
};

} // namespace chronograd
