#include "app/commands/commands.h"
#include "app/commands/training_run.h"
#include "core/explain/explain.h"

#include <cstdio>

namespace chronograd {

namespace {

constexpr int digits = 6;

bool isOpenedUp(QuantityKind kind)
{
    return kind == QuantityKind::VelocityBefore || kind == QuantityKind::FirstMomentBefore;
}

Explanation explained(const LoadedExperiment& loaded, const CommandArguments& arguments,
                      const Quantity& quantity)
{
    const Frame frame = framesOfUpdate(loaded, arguments).front();
    if (!isOpenedUp(quantity.kind) || !hasQuantity(frame, quantity) || frame.update < 2) {
        return explain(frame, quantity);
    }
    Trainer again(loaded.experiment, loaded.data, {.recordWeights = true, .evaluateTest = false});
    const std::size_t weight =
        frame.network->parameters()[quantity.parameter].at(quantity.row, quantity.column);
    const std::atomic<bool> never = false;
    const auto past =
        pastGradients(again, weight, frame.update - 1, gradientsThatMatter(frame.settings, digits), never);
    const bool isOfNow = past && past->optimizer == frame.settings.optimizer; // else it was zeroed since
    return isOfNow ? explain(frame, quantity, *past) : explain(frame, quantity);
}

} // namespace

int explainCommand(const CommandArguments& arguments)
{
    const LoadedExperiment loaded = load(arguments);
    const std::shared_ptr<const Network> network = Network::build(loaded.experiment.network);
    const Quantity quantity =
        parseQuantity(arguments.of, *network); // before training: a wrong name is told at once
    const Explanation explanation = explained(loaded, arguments, quantity);
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
