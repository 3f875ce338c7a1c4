#include "app/commands/commands.h"
#include "app/commands/training_run.h"
#include "core/worked/worked_table.h"

#include <algorithm>
#include <cstdio>

namespace chronograd {

namespace {

/// Trains until all book values have their marks, or training ends.
WorkedExample markedExample(const LoadedExperiment& loaded, const Network& network)
{
    WorkedExample example(loaded.experiment.expected, network);
    std::int64_t last = 0;
    for (const BookEntry& entry : example.entries())
        last = std::max(last, entry.book.update);
    Trainer trainer(loaded.experiment, loaded.data, {.recordWeights = true, .evaluateTest = false});
    while (trainer.position().update < last && !trainer.isFinished()) {
        trainer.advance(Granularity::Update);
        if (trainer.position().phase == Phase::Updated)
            example.see(wholeSequences(trainer).front());
    }
    return example;
}

} // namespace

int validateCommand(const CommandArguments& arguments)
{
    const LoadedExperiment loaded = load(arguments);
    const Trainer trainer(loaded.experiment, loaded.data, {}); // refuses what it cannot train
    std::size_t steps = 0;
    for (const Sequence& sequence : loaded.data->training) {
        steps += static_cast<std::size_t>(sequence.length());
    }
    const WorkedExample example = markedExample(loaded, trainer.network());
    std::printf("%s: valid: %d inputs, %zu layers, %zu weights; %zu training sequences (%zu steps), %zu test "
                "sequences\n",
                arguments.file.string().c_str(), trainer.network().inputs(),
                trainer.network().layers().size(), trainer.network().parameters().count(),
                loaded.data->training.size(), steps, loaded.data->test.size());
    if (!example.isEmpty()) {
        std::printf("\n%s", workedTable(example).c_str());
    }
    return 0;
}

} // namespace chronograd
