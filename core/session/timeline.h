#pragma once

#include "core/training/checkpoint.h"
#include "core/training/trainer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
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
    /// Asked at every update of a journey: false ends it early, wherever it is.
    using Watch = std::function<bool(const Trainer&)>;
    void setWatch(Watch watch) { m_watch = std::move(watch); }
    /// From a file, or from the run that was forked; later than all that are here. False: it is not.
    bool add(std::shared_ptr<const Checkpoint> checkpoint);
    /// At most `most` of those before `moment`, the newest of them all, and of those with more than
    /// `update` updates done only. One at the moment itself is none of them: a trainer that was put there
    /// has begun the next sequence already, and what is changed there waits for another update.
    std::vector<std::shared_ptr<const Checkpoint>> before(const Moment& moment, std::size_t most,
                                                          std::int64_t update = -1) const;
    /// Called at the beginning of every sequence; keeps a checkpoint when the last is far enough away that
    /// its replay would be felt.
    void note(const Trainer& trainer);
    /// A change was made where the trainer stands: a checkpoint of this very moment has to know it.
    void renew(const Trainer& trainer);
    /// Another course from here: later checkpoints are of the old one.
    void forgetAfter(const Moment& moment);

    /// Those of a run that went the same way up to the end of update `update`, and before `ticks`.
    Timeline sharedUntil(std::int64_t update, std::int64_t ticks) const;

    std::size_t count() const { return m_checkpoints.size(); }
    std::size_t bytes() const { return m_bytes; }

    /// The latest from which update `update` can be trained again.
    const Checkpoint& before(std::int64_t update) const;
    /// To the end of update `update` (0: before the first step). Precondition: the run has been there.
    void goToUpdate(Trainer& trainer, std::int64_t update) const;
    /// To a moment after update `update`; not beyond the next one, where the moment is none of those between.
    void goTo(Trainer& trainer, std::int64_t update, const Moment& moment) const;
    /// To the last stop of this granularity before the moment where the trainer stands; false: there is none,
    /// it stands at the beginning. Precondition: the trainer is not running.
    bool stepBack(Trainer& trainer, Granularity granularity) const;

private:
    std::int64_t stopsBetween(Trainer& trainer, const Checkpoint& from, const Moment& end,
                              Granularity granularity) const;
    bool mayGoOn(const Trainer& trainer) const { return !m_watch || m_watch(trainer); }
    void keep(std::shared_ptr<const Checkpoint> checkpoint);
    void thin();

    Watch m_watch;
    std::size_t m_mostBytes;
    std::size_t m_bytes = 0;
    /// Ascending ticks; the first is the beginning. Shared with the timelines of other courses.
    std::vector<std::shared_ptr<const Checkpoint>> m_checkpoints;
};

} // namespace chronograd
