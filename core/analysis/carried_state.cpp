#include "core/analysis/carried_state.h"

#include "core/unfold/bound_operation.h"

#include <set>
#include <span>

namespace chronograd {

namespace {

std::vector<SlotId> carriedInto(std::span<const Operation> operations)
{
    std::set<SlotId> carried;
    for (const Operation& operation : operations) {
        for (const Operand operand : operandsOf(operation)) {
            if (operand.lag != 0) {
                carried.insert(operand.slot);
            }
        }
    }
    return {carried.begin(), carried.end()};
}

} // namespace

std::vector<SlotId> carriedSlots(const Network& network)
{
    return carriedInto(network.program().operations);
}

std::vector<SlotId> carriedSlots(const Network& network, const Layer& layer)
{
    const auto first = static_cast<std::size_t>(layer.firstOperation);
    return carriedInto(std::span(network.program().operations)
                           .subspan(first, static_cast<std::size_t>(layer.endOperation) - first));
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
