#include "core/network/unit_terms.h"

#include "core/network/parameter_use.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>
#include <numeric>

namespace chronograd {

namespace {

/// How many terms an operation adds to a row of its result.
struct TermsOfRow
{
    const Network& network;
    const Slot& slot;
    int row;

    int operator()(const Affine& affine) const
    {
        int terms = affine.bias ? 1 : 0;
        for (const Term& term : affine.terms) {
            const ParameterUse use = useOf(network, affine, term);
            terms += use.contains(use.row(row)) ? network.parameters()[term.weight].columns : 0;
        }
        return terms;
    }
    int operator()(const Products& products) const
    {
        return row / slot.blockUnits() == products.block ? static_cast<int>(products.terms.size()) : 0;
    }
    int operator()(const Activate& /*operation*/) const { return 0; }
    int operator()(const Concatenate& /*operation*/) const { return 0; }
};

/// How many terms come back through the operand of an operation.
struct TermsOfReader
{
    const Network& network;
    std::size_t operand;

    int operator()(const Affine& affine) const { return useOf(network, affine, affine.terms[operand]).rows; }
    int operator()(const Products& /*operation*/) const { return 1; }
    int operator()(const Activate& /*operation*/) const { return 1; }
    int operator()(const Concatenate& /*operation*/) const { return 1; }
};

/// Is `made` computed from this block of a slot, at the same step and without a sum over units?
bool isMadeFrom(const StepProgram& program, SlotId made, SlotId slot, int block)
{
    if (made == slot) {
        return true;
    }
    return std::ranges::any_of(program.operations, [&](const Operation& operation) {
        if (resultOf(operation) != made) {
            return false;
        }
        if (const auto* activate = std::get_if<Activate>(&operation)) {
            return activate->argument == slot && activate->block == block;
        }
        const auto* products = std::get_if<Products>(&operation);
        return products != nullptr && std::ranges::any_of(operandsOf(operation), [&](const Operand& operand) {
                   return operand.lag == 0 && isMadeFrom(program, operand.slot, slot, block);
               });
    });
}

} // namespace

bool isSharedByUnits(const Network& network, SlotId slot, int row)
{
    const StepProgram& program = network.program();
    const Slot& which = program.slotTable[static_cast<std::size_t>(slot)];
    if (which.layer < 0) {
        return false;
    }
    const Layer& layer = network.layers()[static_cast<std::size_t>(which.layer)];
    const auto begin = program.operations.begin() + layer.firstOperation;
    const auto end = program.operations.begin() + layer.endOperation;
    return std::any_of(begin, end, [&](const Operation& operation) {
        const auto* affine = std::get_if<Affine>(&operation);
        return affine != nullptr && std::ranges::any_of(affine->terms, [&](const Term& term) {
                   const SlotId source = term.source.slot;
                   return term.source.lag == 0 &&
                          program.slotTable[static_cast<std::size_t>(source)].layer == which.layer &&
                          isMadeFrom(program, source, slot, row / which.blockUnits());
               });
    });
}

std::vector<UnitSum> sumsOf(const Network& network, int layer, int unit)
{
    const Layer& which = network.layers()[static_cast<std::size_t>(layer)];
    const auto& operations = network.program().operations;
    const auto begin = operations.begin() + which.firstOperation;
    const auto end = operations.begin() + which.endOperation;
    std::vector<UnitSum> sums;
    for (auto operation = begin; operation != end; ++operation) {
        const SlotId id = resultOf(*operation);
        const bool isKnown = std::ranges::any_of(sums, [id](const UnitSum& sum) { return sum.slot == id; });
        if (!std::holds_alternative<Affine>(*operation) || isKnown) {
            continue;
        }
        const Slot& slot = network.program().slotTable[static_cast<std::size_t>(id)];
        for (int row = unit; row < slot.units; row += slot.blockUnits()) {
            UnitSum sum{id, row, 0};
            for (auto adds = begin; adds != end; ++adds) {
                sum.terms += resultOf(*adds) == id ? std::visit(TermsOfRow{network, slot, row}, *adds) : 0;
            }
            sums.push_back(sum);
        }
    }
    return sums;
}

int termsForward(const Network& network, int layer, int unit)
{
    const std::vector<UnitSum> sums = sumsOf(network, layer, unit);
    return std::max(1, std::accumulate(sums.begin(), sums.end(), 0,
                                       [](int all, const UnitSum& sum) { return all + sum.terms; }));
}

int termsBackward(const Network& network, int layer, const std::function<bool(int lag)>& comesFrom)
{
    const SlotId slot = network.layers()[static_cast<std::size_t>(layer)].output;
    int terms = 0;
    for (const Operation& operation : network.program().operations) {
        const std::vector<Operand> operands = operandsOf(operation);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            if (operands[i].slot == slot && comesFrom(operands[i].lag)) {
                terms += std::visit(TermsOfReader{network, i}, operation);
            }
        }
    }
    return terms;
}

} // namespace chronograd
