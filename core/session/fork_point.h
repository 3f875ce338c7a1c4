#pragma once

#include "core/experiment/experiment.h"
#include "core/tasks/dataset.h"
#include "core/training/checkpoint.h"
#include "core/training/position.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chronograd {

class Trainer;

/// A moment of a run, with all that is needed to go on from it elsewhere bit for bit.
struct ForkPoint
{
    Experiment experiment; ///< With the changes made so far, those that still wait too, in its schedule.
    std::shared_ptr<const Dataset> data;
    std::optional<Checkpoint> checkpoint; ///< The nearest before the moment; absent: the beginning.
    /// Some before that one, ascending: they shorten the ways back. None has edited data.
    std::vector<std::shared_ptr<const Checkpoint>> earlier;
    Moment moment;
    std::int64_t steps = 0; ///< Time steps trained before it.
    Position position;
    Hyperparameters settings; ///< In force then, with those that wait for the end of the update.

    bool isBeginning() const { return moment == Moment{}; }
};

/// The moment where this trainer of `experiment` stands. `before`: a checkpoint of it, not later than now.
ForkPoint forkPointOf(const Trainer& trainer, Experiment experiment, std::shared_ptr<const Dataset> data,
                      const Checkpoint* before);

/// The same number of steps into the same experiment, from other initial weights.
ForkPoint withSeed(ForkPoint point, std::uint64_t seed);

/// The beginning of an experiment.
ForkPoint beginningOf(Experiment experiment, std::shared_ptr<const Dataset> data);

// Bringing a trainer that was made of the point's experiment to the point: first to its checkpoint, then by
// a replay, which is given up when `isCalledOff` becomes true.

void restoreCheckpoint(Trainer& trainer, const ForkPoint& point);
void replayTo(Trainer& trainer, const ForkPoint& point, const std::atomic<bool>& isCalledOff);

} // namespace chronograd
