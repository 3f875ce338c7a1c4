#pragma once

#include "core/session/bounded_series.h"
#include "core/session/session.h"

#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// The loss of one run from its first update on, in bounded memory, with the changes of settings made on the
/// way.
class LossCurve
{
public:
    explicit LossCurve(std::size_t mostBuckets = 32768);

    void append(const LossPoint& point);
    /// What is known of a stretch of the run.
    void append(const Bucket& losses);
    void appendTest(const Bucket& losses) { m_testLosses.append(losses); }
    /// The test loss after an update that has been appended.
    void appendTest(std::int64_t update, double loss) { m_testLosses.append(update, loss); }
    void append(const ChangeMark& mark) { m_marks.push_back(mark); }

    /// Another course begins after this update.
    void cutAfter(std::int64_t update);

    const BoundedSeries& losses() const { return m_losses; }
    const BoundedSeries& testLosses() const { return m_testLosses; }
    const std::vector<ChangeMark>& marks() const { return m_marks; }
    bool isEmpty() const { return m_losses.isEmpty() && m_testLosses.isEmpty(); }
    std::int64_t lastUpdate() const { return m_lastUpdate; }

    /// What the marked setting was before: by an earlier mark, else by the settings the run began with.
    std::optional<SettingValue> before(std::size_t mark, const std::optional<Hyperparameters>& start) const;

private:
    BoundedSeries m_losses;
    BoundedSeries m_testLosses;
    std::vector<ChangeMark> m_marks;
    std::int64_t m_lastUpdate = 0;
};

/// A horizon for smoothed() that suits the length of a run: a fortieth to a hundredth of it, of 1-2-5 numbers
/// (so that it seldom changes while the run grows), at least 10.
double smoothingHorizon(std::int64_t updates);

} // namespace chronograd
