#include "core/analysis/gradient_comparison.h"

#include "core/analysis/sweep.h"
#include "core/analysis/trainable.h"

#include <algorithm>
#include <chrono>

namespace chronograd {

std::optional<GradientComparison> compareWithFull(std::span<const Frame> batch)
{
    const auto begin = std::chrono::steady_clock::now();
    const Frame& frame = batch.front();
    if (!frame.updateDone) {
        return std::nullopt;
    }
    GradientComparison comparison;
    Vector full = Vector::Zero(frame.before.size());
    for (const Frame& member : batch) {
        if (member.injected.empty()) {
            continue;
        }
        if (member.firstStep != 1 || !member.holds(member.injected.back())) {
            return std::nullopt;
        }
        Sweep sweep(member, {1, member.window.to});
        sweep.sendBack(member.injected);
        Vector own = Vector::Zero(full.size());
        sweep.addShares(sweep.steps(), own);
        full += lossScale(member) * own;
        comparison.fullSteps += sweep.steps().length();
        comparison.appliedSteps += member.window.length();
    }
    const ParameterLayout& layout = frame.network->parameters();
    comparison.appliedNorm = trainableNorm(layout, frame.gradient);
    comparison.fullNorm = trainableNorm(layout, full);
    const double norms = comparison.appliedNorm * comparison.fullNorm;
    comparison.cosine =
        norms > 0.0 ? std::clamp(trainableProduct(layout, frame.gradient, full) / norms, -1.0, 1.0) : 0.0;
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    comparison.milliseconds = took.count();
    return comparison;
}

} // namespace chronograd
