#pragma once

#include "core/training/frame.h"

#include <vector>

namespace chronograd {

/// How much one update moved a parameter (Euclidean norms over the whole of it).
struct UpdateSize
{
    ParameterId parameter = 0;
    double weight = 0.0;   ///< ‖w‖ before.
    double gradient = 0.0; ///< ‖∂L/∂w‖ before clipping.
    double change = 0.0;   ///< ‖Δw‖
    double velocity = 0.0; ///< ‖v‖ after it.

    /// ‖Δw‖ / ‖w‖; 0 where w is 0.
    double relative() const { return weight > 0.0 ? change / weight : 0.0; }
};

/// Of every parameter. Precondition: frame.updateDone.
std::vector<UpdateSize> updateSizesOf(const Frame& frame);

} // namespace chronograd
