#include "ui/main_window/first_look.h"

#include <algorithm>

namespace chronograd {

Quantity firstLook(const Frame& frame)
{
    const std::vector<Layer>& layers = frame.network->layers();
    auto layer = std::find_if(layers.begin(), layers.end(), [](const Layer& l) { return l.isRecurrent; });
    if (layer == layers.end())
        layer = layers.begin();
    Quantity quantity;
    quantity.kind = QuantityKind::Delta;
    quantity.slot = layer->error();
    quantity.t = std::clamp(frame.position.t, frame.firstStep, frame.lastStep);
    return quantity;
}

} // namespace chronograd
