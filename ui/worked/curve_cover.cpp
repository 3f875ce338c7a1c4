#include "ui/worked/curve_cover.h"

#include <algorithm>

namespace chronograd {

void CurveCover::keepCurve(const SessionNews& news)
{
    if (news.restarted) {
        m_curve = LossCurve();
        m_others = nullptr;
    }
    if (news.curve) {
        m_curve = *news.curve;
        m_others = news.otherCourses;
    }
    if (news.restarted || news.curve)
        m_told = nothing;
}

void CurveCover::keep(const SessionNews& news)
{
    keepCurve(news);
    for (const LossPoint& point : news.points)
        m_curve.append(point);
    for (const ChangeMark& mark : news.changes)
        m_curve.append(mark);
}

void CurveCover::cover(SessionNews& news, std::int64_t last)
{
    keepCurve(news);
    const bool wasWhole = m_told == m_curve.lastUpdate();
    for (const LossPoint& point : news.points)
        m_curve.append(point);
    const std::int64_t shown = std::min(last, m_curve.lastUpdate());
    const bool isWhole = wasWhole && shown == m_curve.lastUpdate(); // then the points follow what is shown
    if (!isWhole) {
        news.points.clear();
        if (shown != m_told)
            tell(news, shown); // the changes in the news follow it
    }
    m_told = shown;
    for (const ChangeMark& mark : news.changes)
        m_curve.append(mark);
}

void CurveCover::restore(SessionNews& news) const
{
    tell(news, m_curve.lastUpdate());
    if (m_others)
        news.otherCourses = m_others;
}

void CurveCover::tell(SessionNews& news, std::int64_t last) const
{
    LossCurve curve = m_curve;
    if (last < curve.lastUpdate())
        curve.cutAfter(last);
    news.curve = std::make_shared<const LossCurve>(std::move(curve));
    news.otherCourses = std::make_shared<const std::vector<Course>>();
}

} // namespace chronograd
