#pragma once

#include "core/network/network.h"

#include <functional>
#include <vector>

namespace chronograd {

/// A sum that a unit of a layer is made of: one row of a weighted input.
struct UnitSum
{
    SlotId slot = 0;
    int row = 0; ///< Of the slot.
    int terms = 0;
};

/// Of an elman or a dense unit its net, products first and the bias last; of a gated one a sum for each gate.
/// None where the unit is made without one (where the outputs of two chains are joined).
std::vector<UnitSum> sumsOf(const Network& network, int layer, int unit);

/// Terms of all sums of a unit; at least 1.
int termsForward(const Network& network, int layer, int unit);

/// Terms of ∂L/∂out of a unit of this layer that come back from its readers, each row of a matrix being one.
/// `comesFrom(lag)`: is the step that lies so many steps later part of the sweep?
int termsBackward(const Network& network, int layer, const std::function<bool(int lag)>& comesFrom);

/// Do the sums of all units of the layer read this row's block at the same step (jordan's context, the reset
/// gate of a gru where it acts before the product)? Forward it comes before the units, backward after them.
bool isSharedByUnits(const Network& network, SlotId slot, int row);

} // namespace chronograd
