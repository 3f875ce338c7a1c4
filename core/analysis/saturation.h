#pragma once

#include "core/training/frame.h"

#include <vector>

namespace chronograd {

/// Of one activation of the network: how many of its units, over the steps of the update's window, hardly
/// react any more.
struct SaturatedUnits
{
    SlotId slot = 0;    ///< What the activation makes: a layer's output, or one of its gates.
    double share = 0.0; ///< Of units × steps whose f′ is below saturatedBelow of its greatest value.
};

inline constexpr double saturatedBelow = 0.05;

/// Of every sigmoid, tanh and relu (whose flat side is saturation too), in the order of the network.
/// Precondition: the forward values of the window's steps are there.
std::vector<SaturatedUnits> saturationsOf(const Frame& frame);

} // namespace chronograd
