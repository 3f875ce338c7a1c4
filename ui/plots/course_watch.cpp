#include "ui/plots/course_watch.h"

#include "core/session/loss_curve.h"

#include <algorithm>

namespace chronograd {

std::optional<std::int64_t> CourseWatch::validUntil(const SessionNews& news)
{
    if (news.restarted || news.run != m_run) {
        m_run = news.run;
        m_course = m_newest = news.course;
        return 0;
    }
    if (news.course == m_course)
        return std::nullopt;
    const bool isNew = news.course > m_newest;
    m_course = news.course;
    m_newest = std::max(m_newest, news.course);
    return isNew && news.curve ? news.curve->lastUpdate() : 0;
}

} // namespace chronograd
