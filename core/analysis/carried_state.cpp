#include "core/analysis/carried_state.h"

#include "core/unfold/bound_operation.h"

#include <set>

namespace chronograd {

std::vector<SlotId> carriedSlots(const Network& network)
{
    std::set<SlotId> carried;
    for (const Operation& operation : network.program().operations) {
        for (const Operand operand : operandsOf(operation)) {
            if (operand.lag != 0) {
                carried.insert(operand.slot);
            }
        }
    }
    return {carried.begin(), carried.end()};
}

int carriedUnits(const Network& network)
{
    int units = 0;
    for (const SlotId slot : carriedSlots(network)) {
        units += network.program().slotTable[static_cast<std::size_t>(slot)].units;
    }
    return units;
}

} // namespace chronograd
