#include "core/training/setting.h"

#include "core/experiment/experiment_io.h"
#include "core/training/number_range.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

namespace chronograd {
namespace {

using Names = std::string_view;
constexpr std::int64_t mostSteps = 1'000'000'000;
constexpr double noLimit = std::numeric_limits<double>::max();

constexpr std::array<Names, 7> losses{
    "half_squared_error",   "squared_error", "mean_squared_error", "absolute_error", "cross_entropy",
    "binary_cross_entropy", "logistic"};
constexpr std::array<Names, 2> reductions{"mean", "sum"};
constexpr std::array<Names, 3> injections{"recent", "window", "last"};
constexpr std::array<Names, 2> histories{"stored", "recomputed"};
constexpr std::array<Names, 2> windows{"partial", "full"};
constexpr std::array<Names, 4> optimizers{"sgd", "nesterov", "rmsprop", "adam"};
constexpr std::array<Names, 2> states{"reset", "carry"};

constexpr SettingSpec steps(Setting setting, Names key, Names label, Names symbol, Names help)
{
    return {setting, key, label, symbol, SettingKind::Steps, 1, true, double(mostSteps),
            true,    {},  false, help};
}

constexpr SettingSpec choice(Setting setting, Names key, Names label, std::span<const Names> choices,
                             Names help, bool nextEpoch = false)
{
    return {setting, key,     label,     "",  SettingKind::Choice, 0, true, double(choices.size()) - 1,
            true,    choices, nextEpoch, help};
}

constexpr std::array<SettingSpec, 13> table{
    steps(Setting::K1, "k1", "k1", "k₁", "Forward steps between two updates; n: the whole sequence."),
    steps(Setting::K2, "k2", "k2", "k₂",
          "Steps back through which the error is propagated; n: the whole sequence."),
    SettingSpec{Setting::LearningRate,
                "learning_rate",
                "learning rate",
                "α",
                SettingKind::Number,
                0,
                false,
                noLimit,
                true,
                {},
                false,
                "How far an update goes along the negative gradient."},
    SettingSpec{Setting::Momentum,
                "momentum",
                "momentum",
                "γ",
                SettingKind::Number,
                0,
                true,
                1,
                false,
                {},
                false,
                "The part of the last update's velocity that is kept."},
    choice(Setting::Loss, "loss", "loss", losses, "What is computed from output and target at one step."),
    choice(Setting::Reduction, "reduction", "reduction", reductions,
           "Whether the losses of an update are averaged over its steps or added."),
    choice(Setting::Injection, "injection", "injected losses", injections,
           "Whose losses enter an update: the steps since the last update, the whole window, or the last "
           "step."),
    choice(Setting::History, "history", "history", histories,
           "Whether the window keeps the values computed then or is run again with the current weights."),
    choice(Setting::Window, "window", "window", windows,
           "Whether updates may come before k2 steps have been seen (partial) or not (full)."),
    choice(Setting::Optimizer, "optimizer", "optimizer", optimizers,
           "How a gradient becomes a change of the weights."),
    SettingSpec{Setting::ClipNorm,
                "clip_norm",
                "clip norm",
                "",
                SettingKind::NumberOrNone,
                0,
                false,
                noLimit,
                true,
                {},
                false,
                "The greatest norm of the whole gradient; a longer one is scaled to it."},
    choice(Setting::State, "state", "state", states,
           "Whether a sequence starts from zeros or from the state at the end of the one before.", true),
    SettingSpec{Setting::Chunk,
                "chunk",
                "chunk",
                "",
                SettingKind::StepsOrNone,
                1,
                true,
                double(mostSteps),
                true,
                {},
                true,
                "Cuts every sequence into sequences of this many steps."},
};

NumberRange rangeOf(const SettingSpec& spec)
{
    return {spec.minimum, spec.minimumAllowed, spec.maximum, spec.maximumAllowed};
}

bool isStepNumber(double value)
{
    return value >= 1 && value <= double(mostSteps) &&
           value == static_cast<double>(static_cast<std::int64_t>(value));
}

bool isLegal(const SettingSpec& spec, const SettingValue& value)
{
    const auto* steps = std::get_if<StepCount>(&value);
    const auto* number = std::get_if<double>(&value);
    const auto* index = std::get_if<int>(&value);
    switch (spec.kind) {
    case SettingKind::Steps:
        return steps && (steps->isWholeSequence() || isStepNumber(static_cast<double>(steps->number())));
    case SettingKind::StepsOrNone:
        return std::holds_alternative<NoValue>(value) ||
               (steps && isStepNumber(static_cast<double>(steps->number())));
    case SettingKind::Number:
        return number && rangeOf(spec).contains(*number);
    case SettingKind::NumberOrNone:
        return std::holds_alternative<NoValue>(value) || (number && rangeOf(spec).contains(*number));
    case SettingKind::Choice:
        return index && *index >= 0 && static_cast<std::size_t>(*index) < spec.choices.size();
    }
    return false;
}

} // namespace

std::span<const SettingSpec> settingTable()
{
    return table;
}

const SettingSpec& settingSpec(Setting setting)
{
    const SettingSpec& spec = table[static_cast<std::size_t>(setting)];
    assert(spec.setting == setting);
    return spec;
}

const SettingSpec* findSetting(std::string_view key)
{
    const auto found =
        std::find_if(table.begin(), table.end(), [key](const SettingSpec& spec) { return spec.key == key; });
    return found == table.end() ? nullptr : &*found;
}

std::string settingRule(const SettingSpec& spec)
{
    const std::string wholeNumber = "a whole number from 1 to " + std::to_string(mostSteps);
    switch (spec.kind) {
    case SettingKind::Steps:
        return wholeNumber + " or \"n\"";
    case SettingKind::StepsOrNone:
        return wholeNumber + " or null";
    case SettingKind::Number:
        return rangeOf(spec).rule();
    case SettingKind::NumberOrNone:
        return rangeOf(spec).rule() + " or null";
    case SettingKind::Choice:
        break;
    }
    std::string rule = spec.choices.size() > 2 ? "one of " : "";
    for (std::size_t i = 0; i < spec.choices.size(); ++i) {
        if (i > 0)
            rule += i + 1 < spec.choices.size() ? ", " : " or ";
        rule += '"' + std::string(spec.choices[i]) + '"';
    }
    return rule;
}

std::string settingError(const SettingChange& change)
{
    const SettingSpec& spec = settingSpec(change.setting);
    if (isLegal(spec, change.value))
        return {};
    return "must be " + settingRule(spec) + ", is " + settingText(change);
}

std::string settingText(const SettingChange& change)
{
    if (const auto* steps = std::get_if<StepCount>(&change.value))
        return steps->isWholeSequence() ? "n" : std::to_string(steps->number());
    if (const auto* number = std::get_if<double>(&change.value))
        return numberText(*number);
    if (const auto* index = std::get_if<int>(&change.value)) {
        const auto choices = settingSpec(change.setting).choices;
        const bool isChoice = *index >= 0 && static_cast<std::size_t>(*index) < choices.size();
        return isChoice ? std::string(choices[static_cast<std::size_t>(*index)]) : std::to_string(*index);
    }
    return "none";
}

} // namespace chronograd
