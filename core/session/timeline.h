#pragma once

#include "core/training/checkpoint.h"
#include "core/training/trainer.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace chronograd {

/// Checkpoints of one run, at distances that grow with their age, within a memory budget: any earlier moment
/// is the nearest one before it and a replay. A copy is cheap: checkpoints are shared.
class Timeline
{
public:
    explicit Timeline(std::size_t mostBytes = 64'000'000)
        : m_mostBytes(mostBytes)
    {}

    void clear();
    /// While it is true, journeys end early, wherever they are.
    void setCancel(const std::atomic<bool>* cancel) { m_cancel = cancel; }
    /// From a file; later than all that are here. False: it is not.
    bool add(Checkpoint checkpoint);
    /// At most `most` of those not after `moment`, the newest of them all.
    std::vector<std::shared_ptr<const Checkpoint>> before(const Moment& moment, std::size_t most) const;
    /// Called at the beginning of every sequence; keeps a checkpoint when the last is far enough away that
    /// its replay would be felt.
    void note(const Trainer& trainer);
    /// A change was made where the trainer stands: a checkpoint of this very moment has to know it.
    void renew(const Trainer& trainer);
    /// Another course from here: later checkpoints are of the old one.
    void forgetAfter(const Moment& moment);

    std::size_t count() const { return m_checkpoints.size(); }
    std::size_t bytes() const { return m_bytes; }

    /// The latest from which update `update` can be trained again.
    const Checkpoint& before(std::int64_t update) const;
    /// To the end of update `update` (0: before the first step). Precondition: the run has been there.
    void goToUpdate(Trainer& trainer, std::int64_t update) const;
    /// To a moment after update `update` and before the next is completed. Precondition: the run has been
    /// there.
    void goTo(Trainer& trainer, std::int64_t update, const Moment& moment) const;
    /// To the last stop of this granularity before the moment where the trainer stands; false: there is none,
    /// it stands at the beginning. Precondition: the trainer is not running.
    bool stepBack(Trainer& trainer, Granularity granularity) const;

private:
    std::int64_t stopsBetween(Trainer& trainer, const Checkpoint& from, const Moment& end,
                              Granularity granularity) const;
    bool isCancelled() const { return m_cancel != nullptr && m_cancel->load(std::memory_order_relaxed); }
    void keep(Checkpoint checkpoint);
    void thin();

    const std::atomic<bool>* m_cancel = nullptr;
    std::size_t m_mostBytes;
    std::size_t m_bytes = 0;
    /// Ascending ticks; the first is the beginning. Shared with the timelines of other courses.
    std::vector<std::shared_ptr<const Checkpoint>> m_checkpoints;
};

} // namespace chronograd
