#include "app/commands/commands.h"
#include "app/commands/training_run.h"
#include "core/experiment/experiment_io.h"
#include "core/export/pytorch_script.h"

#include <cstdio>

namespace chronograd {

int exportCommand(const CommandArguments& arguments)
{
    const LoadedExperiment loaded = load(arguments);
    const std::string script = writePytorchScript(loaded.experiment, *loaded.data);
    if (arguments.out.empty()) {
        std::fwrite(script.data(), 1, script.size(), stdout);
    } else {
        writeFile(arguments.out, script);
    }
    return 0;
}

} // namespace chronograd
