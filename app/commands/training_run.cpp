#include "app/commands/training_run.h"

#include "core/experiment/experiment_io.h"
#include "core/tasks/task.h"

#include <limits>

namespace chronograd {

LoadedExperiment load(const CommandArguments& arguments)
{
    LoadedExperiment loaded{readExperiment(arguments.file, arguments.assignments), nullptr};
    loaded.data = std::make_shared<const Dataset>(makeDataset(loaded.experiment));
    return loaded;
}

std::vector<Frame> framesOfUpdate(const LoadedExperiment& loaded, const CommandArguments& arguments)
{
    Trainer trainer(loaded.experiment, loaded.data, {.recordWeights = true, .evaluateTest = false});
    while (trainer.position().update < arguments.update) {
        if (trainer.isFinished()) {
            throw InputError(arguments.file.string() + ": there is no update " +
                             std::to_string(arguments.update) + ": training made " +
                             std::to_string(trainer.position().update) + " (" + trainer.message() + ")");
        }
        trainer.advance(Granularity::Update);
    }
    return wholeSequences(trainer);
}

std::vector<Frame> wholeSequences(const Trainer& trainer)
{
    constexpr std::int64_t all = std::numeric_limits<std::int32_t>::max();
    return trainer.frames({.stepsBeyondCut = all, .mostSteps = all, .prediction = false});
}

} // namespace chronograd
