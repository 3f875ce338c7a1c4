#include "ui/graph/weight_arrows.h"

#include "core/analysis/velocity_parts.h"

namespace chronograd {

namespace {

WeightArrow arrowOf(const ParameterView& view, const Vector& flat, const Quantity& weight)
{
    const Matrix numbers = matrixOf(view, flat);
    const double greatest = numbers.cwiseAbs().maxCoeff();
    const double value = numbers(weight.row, weight.column);
    return {value, greatest > 0.0 ? value / greatest : 0.0};
}

} // namespace

std::optional<WeightArrows> weightArrows(const Frame& frame, const Quantity& weight)
{
    const ParameterView& view = frame.network->parameters()[weight.parameter];
    if (!frame.updateDone || !view.trainable)
        return std::nullopt;
    WeightArrows arrows{arrowOf(view, frame.gradient, weight), std::nullopt, false};
    if (const auto parts = velocityParts(frame, view, weight.row, weight.column)) {
        arrows.velocity = arrowOf(view, frame.velocity, weight);
        arrows.isMoment = parts->isMoment;
    }
    return arrows;
}

} // namespace chronograd
