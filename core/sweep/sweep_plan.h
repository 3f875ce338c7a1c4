#pragma once

#include "core/experiment/experiment.h"
#include "core/sweep/sweep_values.h"

#include <cstdint>
#include <string>
#include <vector>

namespace chronograd {

/// Every combination of the values of one to four settings, each trained `repeats` times. Runs are counted
/// from 1: repeats turn fastest, then the last axis, the first one slowest.
class SweepPlan
{
public:
    static constexpr std::size_t mostAxes = 4;
    static constexpr std::int64_t mostRuns = 1'000'000;

    /// Tries each value of an axis with the first values of the others. A combination that is impossible only
    /// with other values is no error: its runs are refused, and that is their result.
    /// \throws InputError beginning with "--vary" where a value is wrong
    SweepPlan(Experiment base, std::vector<SweepAxis> axes, int repeats);

    const Experiment& base() const { return m_base; }
    const std::vector<SweepAxis>& axes() const { return m_axes; }
    int repeats() const { return m_repeats; }
    std::int64_t combinations() const { return m_combinations; }
    std::int64_t runs() const { return m_combinations * m_repeats; }

    std::int64_t combinationOf(std::int64_t run) const { return (run - 1) / m_repeats; }         ///< From 0.
    int repeatOf(std::int64_t run) const { return static_cast<int>((run - 1) % m_repeats) + 1; } ///< From 1.
    std::int64_t runOf(std::int64_t combination, int repeat) const
    {
        return combination * m_repeats + repeat;
    }
    /// One place per axis, each from 0.
    std::vector<std::size_t> placesOf(std::int64_t combination) const;
    std::int64_t combinationAt(const std::vector<std::size_t>& places) const;
    /// "training.k1=5", one per axis.
    std::vector<std::string> assignmentsOf(std::int64_t combination) const;

    /// What a run trains. Repeat 1 has the seeds of the file; others have seeds derived from them for the
    /// initial weights and the order of sequences, and the same data. \throws InputError
    Experiment experimentOf(std::int64_t run) const;

    /// Tells sweeps apart: two with the same text have the same runs. The place of data files is left out.
    std::string identity() const { return identityOf(m_base, m_axes, m_repeats); }
    static std::string identityOf(const Experiment& base, const std::vector<SweepAxis>& axes, int repeats);

private:
    void checkValues() const;

    Experiment m_base;
    std::string m_baseText;
    std::vector<SweepAxis> m_axes;
    int m_repeats;
    std::int64_t m_combinations = 1;
};

/// The seed of repeat 1 is `seed` itself.
std::uint64_t seedOfRepeat(std::uint64_t seed, int repeat);

} // namespace chronograd
