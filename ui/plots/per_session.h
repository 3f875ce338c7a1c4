#pragma once

#include <map>
#include <utility>

namespace chronograd {

class Lane;

/// What a view keeps of each session that it has shown: of the run (null) and of the lanes forked from it. It
/// is there again when its session is shown again.
template<typename Kept>
class PerSession
{
public:
    explicit PerSession(Kept fresh = {})
        : m_fresh(std::move(fresh))
        , m_now(m_fresh)
    {}

    Kept* operator->() { return &m_now; } ///< Of the session that is shown.
    const Kept* operator->() const { return &m_now; }

    void show(const Lane* session)
    {
        if (session == m_shown)
            return;
        m_others.insert_or_assign(m_shown, std::exchange(m_now, m_fresh));
        if (auto found = m_others.extract(session))
            m_now = std::move(found.mapped());
        m_shown = session;
    }
    /// It has ended. \returns whether it is the one that is shown
    bool forget(const Lane* session)
    {
        m_others.erase(session);
        if (session != m_shown)
            return false;
        m_now = m_fresh;
        return true;
    }
    void clear()
    {
        m_others.clear();
        m_now = m_fresh;
    }

private:
    Kept m_fresh;
    Kept m_now;
    const Lane* m_shown = nullptr;
    std::map<const Lane*, Kept> m_others;
};

} // namespace chronograd
