#pragma once

#include "core/session/loss_curve.h"
#include "tests/support/saved_runs.h"

#include <QString>

#include <algorithm>
#include <map>

/// For tests of saved sessions: what two of them differ in.
namespace chronograd::test {

/// A session whose news are kept together.
class Watched
{
public:
    explicit Watched(const Prepared& prepared)
        : m_session(prepared.experiment, prepared.data)
    {}

    void post(Command command) { m_session.post(std::move(command)); }
    void step(int updates)
    {
        for (int i = 0; i < updates; ++i)
            post(StepCommand{Granularity::Update});
    }
    /// As it is when everything that was posted has been obeyed: a save is answered behind it.
    const SessionNews& news()
    {
        post(ViewCommand{});
        m_session.saved();
        SessionNews next = m_session.take();
        next.otherCourses = next.otherCourses ? next.otherCourses : m_news.otherCourses;
        next.curve = next.curve ? next.curve : m_news.curve;
        return m_news = std::move(next);
    }
    Prepared reread() { return read(writeExperiment(m_session.saved())); }

private:
    TrainingSession m_session;
    SessionNews m_news;
};

inline QString courseDifference(const Course& one, const Course& other)
{
    if (one.number != other.number || one.forkedAfter != other.forkedAfter || one.change != other.change)
        return QStringLiteral("its name");
    if (one.furthest != other.furthest)
        return QStringLiteral("how far it was computed");
    const auto marks = [](const Course& course) { // of several changes at once the last counts
        std::map<std::pair<std::int64_t, Setting>, std::string> last;
        for (const ChangeMark& mark : course.curve->marks())
            last[{mark.update, mark.change.setting}] = settingText(mark.change);
        QStringList texts;
        for (const auto& [of, text] : last)
            texts << QStringLiteral("%1: %2").arg(of.first).arg(QString::fromStdString(text));
        return texts.join(u' ');
    };
    if (marks(one) != marks(other))
        return QStringLiteral("marks: %1 / %2").arg(marks(one), marks(other));
    return std::ranges::equal(one.curve->losses().buckets(), other.curve->losses().buckets())
               ? QString()
               : QStringLiteral("the curve");
}

/// What waits, in whatever order it was asked for: of several changes of a setting the last counts.
inline std::map<Setting, std::string> waiting(const Frame& frame)
{
    std::map<Setting, std::string> last;
    for (const SettingChange& change : frame.pending)
        last[change.setting] = settingText(change);
    return last;
}

/// Both stand at the same moment of the same course, and have the same other ones with the same ends.
inline QString sessionDifference(Watched& one, Watched& other)
{
    const SessionNews here = one.news();
    const SessionNews there = other.news();
    if (here.course != there.course || here.furthest != there.furthest)
        return QStringLiteral("the present course: %1 / %2, furthest %3 / %4")
            .arg(here.course)
            .arg(there.course)
            .arg(here.furthest)
            .arg(there.furthest);
    if (!(here.frame->position == there.frame->position) || here.frame->before != there.frame->before)
        return QStringLiteral("where it stands");
    const std::vector<Course> none;
    const auto& ours = here.otherCourses ? *here.otherCourses : none;
    const auto& theirs = there.otherCourses ? *there.otherCourses : none;
    if (ours.size() != theirs.size())
        return QStringLiteral("%1 and %2 courses").arg(ours.size()).arg(theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (const QString wrong = courseDifference(ours[i], theirs[i]); !wrong.isEmpty())
            return QStringLiteral("course %1: ").arg(ours[i].number) + wrong;
    for (const Course& course : ours) {
        one.post(CourseCommand{course.number});
        other.post(CourseCommand{course.number});
        const SessionNews end = one.news();
        const SessionNews same = other.news();
        if (!(end.frame->position == same.frame->position) || end.frame->before != same.frame->before ||
            waiting(*end.frame) != waiting(*same.frame))
            return QStringLiteral("the end of course %1").arg(course.number);
    }
    return {};
}

} // namespace chronograd::test
