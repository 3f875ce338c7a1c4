#include "app/commands/commands.h"
#include "app/commands/training_run.h"
#include "core/training/gradient_check.h"

#include <cstdio>

namespace chronograd {

namespace {

std::string elementName(const ParameterView& view, const ParameterCheck& check)
{
    std::string name = view.name + "[" + std::to_string(check.worstRow + 1);
    return name + (view.isBias ? "]" : "," + std::to_string(check.worstColumn + 1) + "]");
}

} // namespace

int checkCommand(const CommandArguments& arguments)
{
    const LoadedExperiment loaded = load(arguments);
    const std::vector<Frame> frames = framesOfUpdate(loaded, arguments);
    const Frame& frame = frames.front();
    const GradientCheck check = checkGradient(frames);

    std::printf("update %lld, window t = %lld … %lld\n", static_cast<long long>(frame.update),
                static_cast<long long>(frame.window.from), static_cast<long long>(frame.window.to));
    std::printf("%-24s %-10s %-24s %-16s %s\n", "parameter", "error", "worst element", "back-propagated",
                "difference");
    double applied = 0;
    for (const ParameterCheck& each : check.parameters) {
        const ParameterView& view = frame.network->parameters()[each.parameter];
        std::printf("%-24s %-10.1e %-24s %-16.9g %.9g\n", view.name.c_str(), each.error,
                    elementName(view, each).c_str(), each.analytic, each.numeric);
        applied = std::max(applied, each.appliedDiffers);
    }
    if (applied > 1e-12) {
        std::printf(
            "the applied gradient differs by up to %.2g of a parameter's largest: the stored history of the "
            "window was computed with earlier weights\n",
            applied);
    }
    std::printf("%s: the largest error is %.1e, allowed is %.0e\n", check.passed() ? "passed" : "FAILED",
                check.worst, GradientCheck::tolerance);
    return check.passed() ? 0 : 1;
}

} // namespace chronograd
