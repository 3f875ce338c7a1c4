#include "app/commands/commands.h"
#include "app/commands/training_run.h"
#include "core/experiment/input_error.h"
#include "core/explain/explain.h"

#include <charconv>
#include <cstdio>
#include <optional>

namespace chronograd {

namespace {

constexpr int digits = 6;

bool isOpenedUp(QuantityKind kind)
{
    return kind == QuantityKind::VelocityBefore || kind == QuantityKind::FirstMomentBefore;
}

/// "hidden.out[3]@15#2": of sequence 2 of a batch.
struct NamedNumber
{
    std::string_view quantity;
    std::optional<std::int64_t> sequence;
};

NamedNumber namedNumber(std::string_view of)
{
    const std::size_t hash = of.find('#');
    if (hash == of.npos) {
        return {of, std::nullopt};
    }
    std::int64_t sequence = 0;
    const auto [end, error] = std::from_chars(of.data() + hash + 1, of.data() + of.size(), sequence);
    if (error != std::errc() || end != of.data() + of.size() || sequence < 1) {
        throw InputError("\"" + std::string(of) + "\": after # stands the place of a sequence, from 1");
    }
    return {of.substr(0, hash), sequence};
}

/// Without a sequence: the first of the batch.
const Frame& frameOf(const std::vector<Frame>& batch, const NamedNumber& number)
{
    std::string trained;
    for (const Frame& frame : batch) {
        if (!number.sequence || frame.position.sequence == *number.sequence) {
            return frame;
        }
        trained += (trained.empty() ? "" : ", ") + std::to_string(frame.position.sequence);
    }
    throw InputError("\"" + std::string(number.quantity) + "#" + std::to_string(*number.sequence) +
                     "\": update " + std::to_string(batch.front().update) + " is of sequence " + trained);
}

Explanation explained(const LoadedExperiment& loaded, const CommandArguments& arguments,
                      const NamedNumber& number, const Quantity& quantity)
{
    const std::vector<Frame> batch = framesOfUpdate(loaded, arguments);
    const Frame& frame = frameOf(batch, number);
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
    const NamedNumber number = namedNumber(arguments.of);
    const Quantity quantity =
        parseQuantity(number.quantity, *network); // before training: a wrong name is told at once
    const Explanation explanation = explained(loaded, arguments, number, quantity);
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
