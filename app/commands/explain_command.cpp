#include "app/commands/commands.h"
#include "app/commands/training_run.h"
#include "core/explain/explain.h"

#include <cstdio>

namespace chronograd {

int explainCommand(const CommandArguments& arguments)
{
    const LoadedExperiment loaded = load(arguments);
    const std::shared_ptr<const Network> network = Network::build(loaded.experiment.network);
    const Quantity quantity =
        parseQuantity(arguments.of, *network); // before training: a wrong name is told at once
    const Explanation explanation = explain(framesOfUpdate(loaded, arguments).front(), quantity);
    const std::string text = arguments.format == "json"    ? explanationJson(explanation, *network)
                             : arguments.format == "latex" ? explanationLatex(explanation)
                                                           : explanationText(explanation, *network);
    std::fputs(text.c_str(), stdout);
    if (text.empty() || text.back() != '\n') {
        std::fputc('\n', stdout);
    }
    return 0;
}

} // namespace chronograd
