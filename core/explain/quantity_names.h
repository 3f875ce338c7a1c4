#pragma once

#include "core/explain/quantity.h"

#include <span>

namespace chronograd {

/// What may follow the name of a weight: ".share@12".
struct WeightSuffix
{
    std::string_view text;
    QuantityKind kind;
    bool hasTime;
};

std::span<const WeightSuffix> weightSuffixes();

/// "hidden.net", "input"
std::string slotName(const Network& network, SlotId slot);

/// Does the slot have deltas with a name of their own? (∂L/∂net)
bool isNet(const Network& network, SlotId slot);

/// ∂L/∂slot: "hidden.delta" of "hidden.net", "hidden.cell.delta" of "hidden.cell".
std::string deltaName(const Network& network, SlotId slot);

} // namespace chronograd
