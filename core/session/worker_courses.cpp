#include "core/session/saved_session.h"
#include "core/session/worker.h"

#include <algorithm>
#include <utility>

/// The courses of a run: where they part, and the way back to their ends.

namespace chronograd {

/// A change in the past makes another course: what was computed after it is forgotten here, but not by those
/// who were told of it.
void TrainingSession::Worker::branchIfInThePast(const std::optional<SettingChange>& change)
{
    if (m_trainer->moment() >= m_furthest) {
        return;
    }
    keepCourse();
    const std::int64_t update = m_trainer->position().update;
    m_course = {++m_lastCourse, update, change, update, nullptr};
    m_curve.cutAfter(update);
    m_trainer->forgetChangesFrom(update + 2, m_given); // what is in force stays
    m_timeline.forgetAfter(m_trainer->moment());
    m_furthest = m_trainer->moment();
    m_reportedEntries = givenUntil(update);
    m_news.furthest = update;
    tellCourses();
}

/// How many of the given entries are in force after update `update`.
std::size_t TrainingSession::Worker::givenUntil(std::int64_t update) const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        m_given, [update](const ScheduleEntry& entry) { return entry.update <= update + 1; }));
}

/// Of the most recent ones: each holds a curve and checkpoints.
void TrainingSession::Worker::keepCourse()
{
    constexpr std::size_t most = 20;
    Course course = m_course;
    course.furthest = m_news.furthest;
    course.curve = std::make_shared<const LossCurve>(m_curve);
    const auto after = std::ranges::find_if(
        m_otherCourses, [&course](const KeptCourse& other) { return other.course.number > course.number; });
    m_otherCourses.insert(after, {course, m_trainer->schedule(), m_timeline, m_furthest});
    if (m_otherCourses.size() > most) {
        m_otherCourses.erase(m_otherCourses.begin());
    }
}

void TrainingSession::Worker::enterCourse(std::size_t kept)
{
    const KeptCourse other = std::move(m_otherCourses[kept]);
    m_otherCourses.erase(m_otherCourses.begin() + static_cast<std::ptrdiff_t>(kept));
    keepCourse();
    m_course = other.course;
    m_curve = *other.course.curve;
    m_timeline = other.timeline;
    m_furthest = other.end;
    m_news.furthest = other.course.furthest;
    m_trainer->setSchedule(other.schedule);
    m_timeline.goTo(*m_trainer, other.course.furthest, other.end);
    m_reportedEntries = givenUntil(other.course.furthest);
    tellCourses();
    noteSchedule();
}

void TrainingSession::Worker::tellCourses()
{
    auto courses = std::make_shared<std::vector<Course>>();
    for (const KeptCourse& other : m_otherCourses) {
        courses->push_back(other.course);
    }
    m_news.course = m_course.number;
    m_news.otherCourses = std::move(courses);
    m_news.curve = std::make_shared<const LossCurve>(m_curve);
    m_news.points.clear();
    m_news.changes.clear();
}

void TrainingSession::Worker::obey(const CourseCommand& command)
{
    const auto found = std::ranges::find_if(m_otherCourses, [&command](const KeptCourse& other) {
        return other.course.number == command.course;
    });
    if (found != m_otherCourses.end()) {
        const auto kept = static_cast<std::size_t>(found - m_otherCourses.begin());
        travel(savedMoment(found->course.furthest, found->end), [this, kept] { enterCourse(kept); });
    }
}

} // namespace chronograd
