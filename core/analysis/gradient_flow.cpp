#include "core/analysis/gradient_flow.h"

#include "core/analysis/carried_state.h"
#include "core/analysis/sweep.h"
#include "core/analysis/trainable.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>

namespace chronograd {

namespace {

constexpr std::int64_t leastBeyondCut = 5;
constexpr double mostNumbers = 16e6; ///< Of the sums by lag.

/// As many steps beyond the cut as the window has, within what is held and can be summed.
Window stepsOf(const Frame& frame)
{
    const std::int64_t beyond = std::max(leastBeyondCut, frame.window.length());
    const auto sums =
        static_cast<std::int64_t>(mostNumbers / (2.0 * static_cast<double>(frame.before.size())));
    const std::int64_t most = std::clamp<std::int64_t>(sums, 8, mostFlowSteps);
    return {std::max({frame.firstStep, frame.window.from - beyond, frame.window.to - most + 1}),
            frame.window.to};
}

double normAt(const Sweep& sweep, const std::vector<SlotId>& carried, std::int64_t t)
{
    double squares = 0.0;
    for (const SlotId id : carried) {
        const SlotColumns& slot = sweep.slot(id);
        for (int unit = 0; unit < slot.units(); ++unit) {
            const double delta = slot.delta(sweep.column(t))[slot.row(unit)];
            squares += delta * delta;
        }
    }
    return std::sqrt(squares);
}

/// Sums of shares with the same distance from their losses.
struct LagSums
{
    LagSums(std::size_t lags, Eigen::Index parameters)
        : kept(lags, Vector::Zero(parameters))
        , cut(kept)
    {}

    std::vector<Vector> kept;
    std::vector<Vector> cut;
};

} // namespace

bool hasGradientFlow(const Frame& frame)
{
    return frame.updateDone && frame.window.length() > 0 && frame.holds(frame.window.to) &&
           frame.holds(frame.window.from) && !carriedSlots(*frame.network).empty();
}

GradientFlow gradientFlowOf(const Frame& frame)
{
    assert(hasGradientFlow(frame));
    GradientFlow flow;
    flow.window = frame.window;
    Sweep sweep(frame, stepsOf(frame));
    const Window steps = sweep.steps();
    flow.firstStep = steps.from;
    flow.sequenceLength = frame.position.sequenceLength;
    for (const std::int64_t loss : frame.injected) {
        if (loss >= steps.from && frame.injected.back() - loss < mostFlowLosses) {
            flow.losses.push_back(loss);
        }
    }
    flow.norms = Matrix::Zero(static_cast<Eigen::Index>(flow.losses.size()),
                              static_cast<Eigen::Index>(steps.length()));
    const std::vector<SlotId> carried = carriedSlots(*frame.network);
    const double scale = lossScale(frame);
    LagSums sums(static_cast<std::size_t>(steps.length()), frame.before.size());
    for (Eigen::Index row = 0; row < flow.norms.rows(); ++row) {
        const std::int64_t loss = flow.losses[static_cast<std::size_t>(row)];
        sweep.sendBack(loss);
        const std::int64_t last = frame.network->needsWholeSequence() ? steps.to : loss;
        for (std::int64_t t = steps.from; t <= last; ++t) {
            flow.norms(row, t - steps.from) = scale * normAt(sweep, carried, t);
            const auto lag = static_cast<std::size_t>(std::abs(loss - t));
            sweep.addShares({t, t}, flow.isCut(t) ? sums.cut[lag] : sums.kept[lag]);
        }
    }
    const ParameterLayout& layout = frame.network->parameters();
    for (std::size_t lag = 0; lag < sums.kept.size(); ++lag) {
        flow.applied.push_back(scale * trainableNorm(layout, sums.kept[lag]));
        flow.uncut.push_back(scale * trainableNorm(layout, sums.kept[lag] + sums.cut[lag]));
    }
    while (!flow.uncut.empty() && flow.uncut.back() == 0.0 && flow.applied.back() == 0.0) {
        flow.uncut.pop_back();
        flow.applied.pop_back();
    }
    return flow;
}

} // namespace chronograd
