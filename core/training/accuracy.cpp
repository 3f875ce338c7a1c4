#include "core/training/accuracy.h"

#include <algorithm>
#include <cassert>

namespace chronograd {

namespace {

std::optional<ClassRule> ruleOf(const Network& network, Loss loss)
{
    if (network.layers().back().spec.activation.kind == Activation::Softmax && network.outputs() > 1) {
        return ClassRule::Largest;
    }
    switch (loss) {
    case Loss::Logistic:
        return ClassRule::Signs;
    case Loss::BinaryCrossEntropy:
        return ClassRule::Halves;
    default:
        return std::nullopt;
    }
}

bool areClasses(ClassRule rule, std::span<const double> target)
{
    const auto is = [](double value) { return [value](double d) { return d == value; }; };
    const auto ones = std::ranges::count_if(target, is(1.0));
    const auto others = std::ranges::count_if(target, is(rule == ClassRule::Signs ? -1.0 : 0.0));
    return ones + others == std::ssize(target) && (rule != ClassRule::Largest || ones == 1);
}

std::span<const double> column(const Matrix& matrix, std::int64_t at)
{
    return {matrix.data() + at * matrix.rows(), static_cast<std::size_t>(matrix.rows())};
}

bool areClasses(ClassRule rule, const std::vector<Sequence>& sequences)
{
    return std::ranges::all_of(sequences, [rule](const Sequence& sequence) {
        for (std::int64_t step = 0; step < sequence.length(); ++step) {
            const bool hasTarget = sequence.hasTarget[static_cast<std::size_t>(step)] != 0;
            if (hasTarget && !areClasses(rule, column(sequence.targets, step))) {
                return false;
            }
        }
        return true;
    });
}

} // namespace

std::optional<ClassRule> classRule(const Network& network, Loss loss, const Dataset& data)
{
    const std::optional<ClassRule> rule = ruleOf(network, loss);
    return rule && areClasses(*rule, data.training) && areClasses(*rule, data.test) ? rule : std::nullopt;
}

bool isRight(ClassRule rule, std::span<const double> output, std::span<const double> target)
{
    assert(output.size() == target.size());
    if (rule == ClassRule::Largest) {
        return target[static_cast<std::size_t>(std::ranges::max_element(output) - output.begin())] == 1.0;
    }
    const double border = rule == ClassRule::Signs ? 0.0 : 0.5;
    return std::ranges::equal(output, target,
                              [border](double y, double d) { return (y > border) == (d > border); });
}

std::optional<Accuracy> windowAccuracy(const Frame& frame)
{
    const std::optional<ClassRule> rule = ruleOf(*frame.network, frame.settings.loss);
    if (!rule) {
        return std::nullopt;
    }
    const Matrix& outputs = frame.values[static_cast<std::size_t>(frame.network->layers().back().output)];
    Accuracy accuracy;
    for (std::int64_t t = std::max(frame.window.from, frame.firstStep); t <= frame.window.to; ++t) {
        const std::int64_t at = t - frame.firstStep;
        if (!frame.hasValue(frame.layers() - 1, t) || frame.hasTarget[static_cast<std::size_t>(at)] == 0) {
            continue;
        }
        if (!areClasses(*rule, column(frame.targets, at))) {
            return std::nullopt;
        }
        accuracy.count(isRight(*rule, column(outputs, at + 1), column(frame.targets, at)));
    }
    return accuracy.steps == 0 ? std::nullopt : std::optional(accuracy);
}

} // namespace chronograd
