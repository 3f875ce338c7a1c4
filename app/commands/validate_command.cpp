#include "app/commands/commands.h"
#include "app/commands/training_run.h"

#include <cstdio>

namespace chronograd {

int validateCommand(const CommandArguments& arguments)
{
    const LoadedExperiment loaded = load(arguments);
    const Trainer trainer(loaded.experiment, loaded.data, {}); // refuses what it cannot train
    std::size_t steps = 0;
    for (const Sequence& sequence : loaded.data->training) {
        steps += static_cast<std::size_t>(sequence.length());
    }
    std::printf("%s: valid: %d inputs, %zu layers, %zu weights; %zu training sequences (%zu steps), %zu test "
                "sequences\n",
                arguments.file.string().c_str(), trainer.network().inputs(),
                trainer.network().layers().size(), trainer.network().parameters().count(),
                loaded.data->training.size(), steps, loaded.data->test.size());
    return 0;
}

} // namespace chronograd
