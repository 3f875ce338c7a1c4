#include "core/worked/at_work.h"

namespace chronograd {

namespace {

bool isInLayer(const Quantity& quantity, const Frame& frame)
{
    const int layer = frame.network->program().slotTable[static_cast<std::size_t>(quantity.slot)].layer;
    return layer == frame.position.layer && quantity.t == frame.position.at;
}

bool isShareOfLayer(const Quantity& quantity, const Frame& frame)
{
    return quantity.t == frame.position.at &&
           frame.network->parameters()[quantity.parameter].layer == frame.position.layer;
}

} // namespace

bool isAtWork(const Quantity& quantity, const Frame& frame)
{
    const Position& position = frame.position;
    switch (quantity.kind) {
    case QuantityKind::Slot:
        return position.phase == Phase::Forward && isInLayer(quantity, frame);
    case QuantityKind::StepLoss:
        return position.phase == Phase::Forward && quantity.t == position.at &&
               position.layer + 1 == frame.layers();
    case QuantityKind::Delta:
        return position.phase == Phase::Backward && isInLayer(quantity, frame);
    case QuantityKind::Loss:
        return position.phase == Phase::Backward && position.layer + 1 == frame.layers() &&
               position.at == frame.window.to;
    case QuantityKind::Share:
        return position.phase == Phase::Backward && isShareOfLayer(quantity, frame);
    case QuantityKind::Gradient:
    case QuantityKind::Velocity:
    case QuantityKind::FirstMoment:
    case QuantityKind::SecondMoment:
    case QuantityKind::MeanSquare:
    case QuantityKind::Change:
    case QuantityKind::After:
        if (position.phase == Phase::Updating)
            return quantity.parameter == position.parameter && quantity.row == position.unit;
        return position.phase == Phase::Updated;
    case QuantityKind::GradientNorm:
        return position.phase == Phase::Updating || position.phase == Phase::Updated;
    case QuantityKind::Target:
    case QuantityKind::Weight:
    case QuantityKind::WeightAt:
    case QuantityKind::VelocityBefore:
    case QuantityKind::FirstMomentBefore:
    case QuantityKind::SecondMomentBefore:
    case QuantityKind::MeanSquareBefore:
        break;
    }
    return false;
}

} // namespace chronograd
