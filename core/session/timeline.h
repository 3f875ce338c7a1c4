#pragma once

#include "core/training/checkpoint.h"
#include "core/training/trainer.h"

#include <cstdint>
#include <vector>

namespace chronograd {

/// Checkpoints of one run, at distances that grow with their age, within a memory budget: any earlier moment
/// is the nearest one before it and a replay.
class Timeline
{
public:
    explicit Timeline(std::size_t mostBytes = 64'000'000)
        : m_mostBytes(mostBytes)
    {}

    void clear();
    /// Called at the beginning of every sequence; keeps a checkpoint when the last is far enough away that
    /// its replay would be felt.
    void note(const Trainer& trainer);
    /// Another course from here: later checkpoints are of the old one.
    void forgetAfter(const Moment& moment);

    std::size_t count() const { return m_checkpoints.size(); }
    std::size_t bytes() const { return m_bytes; }

    /// To the end of update `update` (0: before the first step). Precondition: the run has been there.
    void goToUpdate(Trainer& trainer, std::int64_t update) const;
    /// To the last stop of this granularity before the moment where the trainer stands; false: there is none,
    /// it stands at the beginning. Precondition: the trainer is not running.
    bool stepBack(Trainer& trainer, Granularity granularity) const;

private:
    std::int64_t stopsBetween(Trainer& trainer, const Checkpoint& from, const Moment& end,
                              Granularity granularity) const;
    void thin();

    std::size_t m_mostBytes;
    std::size_t m_bytes = 0;
    std::vector<Checkpoint> m_checkpoints; ///< Ascending ticks; the first is the beginning.
};

} // namespace chronograd
