#pragma once

#include "core/session/session.h"

#include <optional>

namespace chronograd {

/// Watches which course training is on, for those who keep what they have seen of it.
class CourseWatch
{
public:
    /// The last update whose numbers still belong to the course that training is on; absent: nothing changed.
    /// Begun anew: what was before the fork. Returned to another one: nothing, for what was seen of it is
    /// gone.
    std::optional<std::int64_t> validUntil(const SessionNews& news);

private:
    std::uint64_t m_run = 0;
    std::int64_t m_course = 1;
    std::int64_t m_newest = 1; ///< Courses are counted in the order they began.
};

} // namespace chronograd
