#include "core/analysis/velocity_parts.h"

namespace chronograd {

std::optional<VelocityParts> velocityParts(const Frame& frame, const ParameterView& view, int row, int column)
{
    const Hyperparameters& settings = frame.settings;
    if (!frame.updateDone || settings.optimizer == Optimizer::Rmsprop || !view.trainable)
        return std::nullopt;
    const auto at = static_cast<Eigen::Index>(view.at(row, column));
    VelocityParts parts;
    parts.isMoment = settings.optimizer == Optimizer::Adam;
    parts.velocity = frame.velocity[at];
    parts.fromBefore = (parts.isMoment ? settings.beta1 : settings.momentum) * frame.velocityBefore[at];
    parts.fromGradient = (parts.isMoment ? 1.0 - settings.beta1 : -settings.learningRate) *
                         frame.clipScale() * frame.gradient[at];
    return parts;
}

} // namespace chronograd
