#include "core/analysis/saturation.h"

#include <algorithm>

namespace chronograd {

namespace {

bool saturates(ActivationFunction f)
{
    return f.kind == Activation::Sigmoid || f.kind == Activation::Tanh || f.kind == Activation::Relu;
}

/// f′ at its steepest: in the middle of the curve.
double greatestSlope(ActivationFunction f)
{
    return f.kind == Activation::Sigmoid ? 0.25 * f.slope : 1.0;
}

} // namespace

std::vector<SaturatedUnits> saturationsOf(const Frame& frame)
{
    std::vector<SaturatedUnits> all;
    const Window steps{std::max(frame.window.from, frame.firstStep),
                       std::min(frame.window.to, frame.lastStep)};
    for (const Operation& operation : frame.network->program().operations) {
        const auto* activate = std::get_if<Activate>(&operation);
        if (activate == nullptr || !saturates(activate->function) || steps.length() < 1) {
            continue;
        }
        const auto values = frame.values[static_cast<std::size_t>(activate->result)].middleCols(
            static_cast<Eigen::Index>(steps.from - frame.firstStep + 1),
            static_cast<Eigen::Index>(steps.length()));
        const double threshold = saturatedBelow * greatestSlope(activate->function);
        const auto flat = (values.unaryExpr(
            [&](double out) { return activationSlope(activate->function, out) < threshold ? 1.0 : 0.0; }));
        all.push_back({activate->result, flat.sum() / static_cast<double>(values.size())});
    }
    return all;
}

} // namespace chronograd
