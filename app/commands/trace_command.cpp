#include "app/commands/commands.h"
#include "app/commands/training_run.h"
#include "core/experiment/experiment_io.h"
#include "core/training/trace.h"

#include <cstdio>

namespace chronograd {

int traceCommand(const CommandArguments& arguments)
{
    const LoadedExperiment loaded = load(arguments);
    const std::string trace = writeTrace(framesOfUpdate(loaded, arguments), loaded.experiment.training);
    if (arguments.out.empty()) {
        std::fwrite(trace.data(), 1, trace.size(), stdout);
    } else {
        writeFile(arguments.out, trace);
    }
    return 0;
}

} // namespace chronograd
