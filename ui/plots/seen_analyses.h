#pragma once

#include "ui/plots/course_watch.h"

#include <memory>
#include <vector>

namespace chronograd {

/// Weights and sizes of the updates of a run that were seen, ascending and bounded: when they are too many
/// every other of the older half is let go. Another choice of what is drawn can go through them from the
/// beginning.
class SeenAnalyses
{
public:
    /// \param most so many are kept
    explicit SeenAnalyses(std::size_t most)
        : m_most(most)
    {}

    void clear() { m_all.clear(); }
    void take(const SessionNews& news);
    const std::vector<std::shared_ptr<const UpdateAnalysis>>& all() const { return m_all; }

private:
    CourseWatch m_watch;
    std::size_t m_most;
    std::vector<std::shared_ptr<const UpdateAnalysis>> m_all;
};

} // namespace chronograd
