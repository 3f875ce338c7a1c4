#pragma once

#include "core/experiment/experiment.h"
#include "core/math/matrix.h"
#include "core/math/random.h"
#include "core/tasks/dataset.h"
#include "core/training/hyperparameters.h"
#include "core/training/optimizer.h"
#include "core/training/position.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace chronograd {

/// A trainer at the beginning of a sequence, before its first step: with it and the schedule, everything
/// later can be computed again bit for bit. The history of the sequences before is not needed there, only the
/// state they left.
struct Checkpoint
{
    std::int64_t ticks = 0; ///< Trainer::ticks()
    Position position;
    Vector weights;
    OptimizerState optimizer;
    std::vector<Matrix> state; ///< Per slot what step 1 reads: a column for each sequence of the batch.

    Hyperparameters settings;
    Hyperparameters nextEpoch;
    std::size_t nextEntry = 0;       ///< Of the schedule.
    std::shared_ptr<Dataset> edited; ///< The data, if edits have changed them.
    std::vector<Edit> lateEdits;

    std::vector<std::size_t> order; ///< Of the sequences in this epoch.
    std::size_t inEpoch = 0;
    Random shuffle;
    std::int64_t updatesInEpoch = 0;
    double epochLoss = 0.0;
    double loss = 0.0;
    double gradientNorm = 0.0;
    double velocityBound = 0.0;
    double weightBound = 0.0;
    std::int64_t stepsDone = 0;

    std::size_t bytes() const; ///< Its size in memory, the shared data aside.
};

} // namespace chronograd
