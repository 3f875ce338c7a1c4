#include "core/analysis/warnings.h"

#include "core/analysis/warning_parts.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace chronograd {

namespace warning_parts {

std::string steps(std::int64_t first, std::int64_t last)
{
    return first == last ? "t = " + std::to_string(first)
                         : "t = " + std::to_string(first) + " … " + std::to_string(last);
}

std::string rounded(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
}

std::string count(std::int64_t number, const std::string& what)
{
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

} // namespace warning_parts

namespace {

using namespace warning_parts;

/// Between two updates k1 steps go by; the window reaches back over k2 of them.
std::optional<Warning> stepsWithoutGradient(const Frame& frame, const Hyperparameters& settings)
{
    const std::int64_t length = frame.position.sequenceLength;
    const std::int64_t k1 = std::min(settings.k1.in(length), length); // at the end it is due anyway
    const std::int64_t k2 = settings.k2.in(length);
    if (length == 0 || k2 >= k1)
        return std::nullopt;
    Warning warning;
    warning.kind = WarningKind::StepsWithoutGradient;
    warning.setting = Setting::K2;
    warning.title = "k2 = " + std::to_string(k2) + " is smaller than k1 = " + std::to_string(k1);
    const bool isInForce = settings.k1 == frame.settings.k1 && settings.k2 == frame.settings.k2;
    const std::int64_t without = k1 - k2;
    warning.text =
        (isInForce ? "Of every " : "From the next update on: of every ") + std::to_string(k1) +
        " steps the first " +
        (without == 1 ? "gets no gradient, and its loss does not enter"
                      : std::to_string(without) + " get no gradient, and their losses do not enter");
    const std::int64_t last = frame.window.from - 1;
    if (isInForce && frame.window.length() > 0 && frame.sinceLast.from <= last)
        warning.text += ": now " + steps(frame.sinceLast.from, last);
    warning.text += ".";
    return warning;
}

std::optional<Warning> windowBeyondSequence(const Frame& frame, const Hyperparameters& settings)
{
    const std::int64_t length = frame.position.sequenceLength;
    if (length <= 1 || settings.k2.isWholeSequence() || settings.k2.number() <= length)
        return std::nullopt;
    Warning warning;
    warning.kind = WarningKind::WindowBeyondSequence;
    warning.setting = Setting::K2;
    warning.title = "k2 reaches beyond the sequence";
    warning.text = "The sequence has " + count(length, "step") +
                   ": k2 = " + std::to_string(settings.k2.number()) + " does the same as " +
                   std::to_string(length) + " and as n.";
    return warning;
}

/// Steps since the last update that have a target and are in the window, but not injected: the next windows
/// lie further on, and only later steps enter.
std::optional<Warning> unusedLoss(const Frame& frame)
{
    if (!frame.loss)
        return std::nullopt;
    std::vector<std::int64_t> unused;
    for (std::int64_t t = std::max(frame.sinceLast.from, frame.window.from); t <= frame.sinceLast.to; ++t) {
        const bool hasTarget = frame.holds(t) && frame.hasTarget[std::size_t(t - frame.firstStep)] != 0;
        if (hasTarget && std::ranges::find(frame.injected, t) == frame.injected.end())
            unused.push_back(t);
    }
    if (unused.empty())
        return std::nullopt;
    Warning warning;
    warning.kind = WarningKind::UnusedLoss;
    warning.setting = Setting::Injection;
    warning.title = unused.size() == 1 ? "a loss that is never used"
                                       : std::to_string(unused.size()) + " losses that are never used";
    const std::string where = steps(unused.front(), unused.back());
    warning.text = (unused.size() == 1 ? where + " has"
                                       : std::to_string(unused.size()) + " steps of " + where + " have") +
                   " a target, but only the loss of the step of the update enters (injection: last).";
    return warning;
}

/// With full windows the steps after the last update of a sequence wait for one that does not come.
std::optional<Warning> lossAfterTheLastUpdate(const Frame& frame, const Hyperparameters& settings)
{
    const std::int64_t length = frame.position.sequenceLength;
    if (length == 0 || settings.window != WindowRule::Full)
        return std::nullopt;
    const std::int64_t k1 = settings.k1.in(length);
    const std::int64_t first = std::max(k1, settings.k2.in(length));
    const std::int64_t rest = first <= length ? (length - first) % k1 : 0;
    if (rest == 0)
        return std::nullopt;
    Warning warning;
    warning.kind = WarningKind::UnusedLoss;
    warning.setting = Setting::K1;
    warning.title = "the end of the sequence is not used";
    warning.text = "Windows are full and k1 = " + std::to_string(k1) + ": the last update of a sequence of " +
                   count(length, "step") + " is at t = " + std::to_string(length - rest) +
                   (rest == 1 ? ", so the loss of " : ", so the losses of ") +
                   steps(length - rest + 1, length) + (rest == 1 ? " never enters." : " never enter.");
    return warning;
}

/// Quarters of the newest losses that rise one after the other, the last well above the first.
std::optional<Warning> rateTooLarge(const Frame& frame, std::span<const double> losses)
{
    constexpr double factor = 1.5;
    if (losses.size() < lossesForWarnings)
        return std::nullopt;
    losses = losses.last(lossesForWarnings);
    const std::size_t quarter = lossesForWarnings / 4;
    double means[4];
    for (std::size_t i = 0; i < 4; ++i) {
        const auto part = losses.subspan(i * quarter, quarter);
        means[i] = std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(quarter);
    }
    if (!(std::ranges::is_sorted(means) && means[3] > factor * means[0]))
        return std::nullopt;
    Warning warning;
    warning.kind = WarningKind::RateTooLarge;
    warning.setting = Setting::LearningRate;
    warning.title = "the loss rises";
    warning.text = "Over the last " + std::to_string(lossesForWarnings) + " updates it went from " +
                   rounded(means[0]) + " to " + rounded(means[3]) + " (means of " + std::to_string(quarter) +
                   "): the learning rate α = " + rounded(frame.settings.learningRate) + " may be too large.";
    return warning;
}

std::vector<Warning> warningsWith(const Hyperparameters& settings, const Frame& frame,
                                  std::span<const double> recentLosses)
{
    std::vector<Warning> warnings;
    const auto add = [&warnings](std::optional<Warning> warning) {
        if (warning)
            warnings.push_back(std::move(*warning));
    };
    add(stepsWithoutGradient(frame, settings));
    add(windowBeyondSequence(frame, settings));
    add(unusedLoss(frame));
    add(lossAfterTheLastUpdate(frame, settings));
    add(rateTooLarge(frame, recentLosses));
    for (int layer = 0; layer < frame.layers(); ++layer) {
        add(saturation(frame, layer));
        add(deadRelu(frame, layer));
    }
    for (Warning& warning : errorThroughTime(frame))
        warnings.push_back(std::move(warning));
    return warnings;
}

} // namespace

std::vector<Warning> warningsOf(const Frame& frame, std::span<const double> recentLosses)
{
    return warningsWith(frame.settings, frame, recentLosses);
}

std::vector<Warning> warningsToCome(const Frame& frame, std::span<const double> recentLosses)
{
    Hyperparameters settings = frame.settings;
    for (const SettingChange& change : frame.pending)
        apply(settings, change);
    return warningsWith(settings, frame, recentLosses);
}

} // namespace chronograd
