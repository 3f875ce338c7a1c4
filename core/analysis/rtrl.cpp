#include "core/analysis/rtrl.h"

#include "core/analysis/carried_state.h"
#include "core/analysis/cost.h"
#include "core/analysis/sweep.h"
#include "core/analysis/tangents.h"
#include "core/training/loss.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

int unitsOf(const Network& network)
{
    int units = 0;
    for (const Layer& layer : network.layers()) {
        units += layer.units;
    }
    return units;
}

/// ∂(loss of step t)/∂w += what the output's tangents make of the loss's own derivative.
void addLoss(const Frame& frame, const Tangents& tangents, std::int64_t t, double scale, Vector& gradient)
{
    const Layer& last = frame.network->layers().back();
    const auto column = static_cast<Eigen::Index>(t - frame.firstStep + 1);
    const auto values = [&](SlotId slot) { return frame.values[static_cast<std::size_t>(slot)].col(column); };
    const Vector net = values(last.net);
    const Vector out = values(last.output);
    const Vector target = frame.targets.col(column - 1);
    const auto size = static_cast<std::size_t>(out.size());
    Vector slope = Vector::Zero(out.size());
    setLossGradient(frame.settings.loss, last.spec.activation,
                    {{net.data(), size}, {out.data(), size}, {target.data(), size}}, scale,
                    {slope.data(), size});
    const SlotId slot = lossActsOnNet(frame.settings.loss) ? last.net : last.output;
    gradient.noalias() += tangents.now(slot).transpose() * slope;
}

/// The gradient by BPTT of the sequence that the frame shows; of a batch of one the applied one.
Vector ownGradient(const Frame& frame)
{
    if (frame.batch.size() == 1) {
        return frame.gradient;
    }
    Sweep sweep(frame, frame.window);
    sweep.sendBack(frame.injected);
    Vector gradient = Vector::Zero(frame.before.size());
    sweep.addShares(frame.window, gradient);
    return lossScale(frame) * gradient;
}

} // namespace

std::optional<RtrlComparison> compareWithRtrl(const Frame& frame)
{
    const Network& network = *frame.network;
    if (!frame.updateDone || unitsOf(network) > mostRtrlUnits || network.needsWholeSequence() ||
        frame.window.length() < 1 || !frame.holds(frame.window.from) || !frame.holds(frame.window.to))
    {
        return std::nullopt;
    }
    RtrlComparison result;
    result.gradient = Vector::Zero(frame.before.size());
    Tangents tangents(frame, frame.before.size());
    const std::vector<SlotId> carried = carriedSlots(network);
    const double scale = lossScale(frame);
    for (std::int64_t t = frame.window.from; t <= frame.window.to; ++t) {
        tangents.step(t, true);
        if (std::ranges::binary_search(frame.injected, t)) {
            addLoss(frame, tangents, t, scale, result.gradient);
        }
        double squares = 0.0;
        for (const SlotId slot : carried) {
            squares += tangents.now(slot).squaredNorm();
        }
        result.influence.push_back(std::sqrt(squares));
        tangents.advance();
    }
    const Vector backward = ownGradient(frame);
    const auto& views = network.parameters().views();
    for (std::size_t id = 0; id < views.size(); ++id) {
        const Matrix back = matrixOf(views[id], backward);
        const Matrix forth = matrixOf(views[id], result.gradient);
        const double difference = (back - forth).cwiseAbs().maxCoeff();
        result.rows.push_back({static_cast<ParameterId>(id), back.norm(), forth.norm(), difference});
        result.difference = std::max(result.difference, difference);
    }
    result.storedNumbers = static_cast<double>(network.parameters().count()) * carriedUnits(network);
    result.storedBackward = numbersPerStep(network) * static_cast<double>(frame.window.length());
    return result;
}

} // namespace chronograd
