#pragma once

#include "core/network/network.h"

#include <vector>

namespace chronograd {

/// The slots that one time step hands on to a neighbouring one: an Elman or GRU layer's h, an LSTM's h and c,
/// the fed-back output and the context of a Jordan layer. Ascending; empty: nothing flows through time.
std::vector<SlotId> carriedSlots(const Network& network);

/// Those that one layer reads of a neighbouring step.
std::vector<SlotId> carriedSlots(const Network& network, const Layer& layer);

/// Units of all of them together.
int carriedUnits(const Network& network);

} // namespace chronograd
