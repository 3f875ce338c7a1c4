#pragma once

#include "core/session/session.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace chronograd {

/// Where the training thread leaves its news and the window picks them up: every loss point, only the newest
/// frame. Nobody waits longer than a swap of vectors.
class Mailbox
{
public:
    /// Adds what happened; `news.points` is left empty with its capacity kept.
    void put(SessionNews& news);
    SessionNews take();

    /// Has somebody looked since the last frame was put here?
    bool wantsFrame() const { return m_wantsFrame.load(std::memory_order_relaxed); }

private:
    std::mutex m_mutex;
    SessionNews m_news;
    std::atomic<bool> m_wantsFrame = true;
};

} // namespace chronograd
