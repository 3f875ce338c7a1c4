#include "core/session/mailbox.h"

#include <algorithm>
#include <utility>

namespace chronograd {

void Mailbox::put(SessionNews& news)
{
    const std::lock_guard lock(m_mutex);
    if (news.restarted) {
        m_news = SessionNews{};
        m_news.restarted = true;
    }
    if (news.curve) { // it holds what was told and what was not
        m_news.points.clear();
        m_news.changes.clear();
        m_news.analyses.clear(); // of the course that was left
        m_news.curve = std::move(news.curve);
        m_news.otherCourses = std::move(news.otherCourses);
    }
    m_news.run = news.run;
    m_news.course = news.course;
    m_news.furthest = news.furthest;
    m_news.update = news.update;
    m_news.steps = news.steps;
    m_news.points.insert(m_news.points.end(), news.points.begin(), news.points.end());
    m_news.changes.insert(m_news.changes.end(), news.changes.begin(), news.changes.end());
    m_news.analyses.insert(m_news.analyses.end(), news.analyses.begin(), news.analyses.end());
    if (news.frame) {
        m_news.frame = std::move(news.frame);
        m_wantsFrame.store(false, std::memory_order_relaxed);
    }
    if (news.prediction) {
        m_news.prediction = std::move(news.prediction);
    }
    if (news.past) {
        m_news.past = std::move(news.past);
    }
    if (news.fork) {
        m_news.fork = std::move(news.fork);
    }
    m_news.journey = news.journey;
    m_news.state = news.state;
    m_news.message = news.message;
    m_news.stepsPerSecond = news.stepsPerSecond;
    news.points.clear();
    news.changes.clear();
    news.analyses.clear();
    news.restarted = false;
}

SessionNews Mailbox::take()
{
    const std::lock_guard lock(m_mutex);
    SessionNews taken = std::move(m_news);
    m_news = SessionNews{};
    m_news.run = taken.run;
    m_news.course = taken.course;
    m_news.furthest = taken.furthest;
    m_news.update = taken.update;
    m_news.steps = taken.steps;
    m_news.journey = taken.journey;
    m_news.state = taken.state;
    m_news.message = taken.message;
    m_news.stepsPerSecond = taken.stepsPerSecond;
    m_wantsFrame.store(true, std::memory_order_relaxed);
    return taken;
}

} // namespace chronograd
