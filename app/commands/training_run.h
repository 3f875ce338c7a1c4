#pragma once

#include "app/commands/commands.h"
#include "core/experiment/experiment.h"
#include "core/tasks/dataset.h"
#include "core/training/trainer.h"

#include <memory>
#include <vector>

namespace chronograd {

/// An experiment file read, with its data made.
struct LoadedExperiment
{
    Experiment experiment;
    std::shared_ptr<const Dataset> data;
};

LoadedExperiment load(const CommandArguments& arguments);

/// This moment, with all of the sequence: a frame for each one of the batch.
std::vector<Frame> wholeSequences(const Trainer& trainer);

/// The moment after update `arguments.update`.
/// \throws InputError when training never gets there, saying how many updates there were.
std::vector<Frame> framesOfUpdate(const LoadedExperiment& loaded, const CommandArguments& arguments);

} // namespace chronograd
