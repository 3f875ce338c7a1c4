#include "core/network/parameter_use.h"

namespace chronograd {

ParameterUse useOf(const Network& network, const Affine& affine, const Term& term)
{
    const ParameterView& view = network.parameters()[term.weight];
    const int blockRows = view.rows / view.blocks;
    const int rows = term.rows.count == 0 ? view.rows : term.rows.count * blockRows;
    return {affine.result, term.source, term.rows.ofWeight * blockRows, rows, term.rows.ofResult * blockRows};
}

std::vector<ParameterUse> usesOf(const Network& network, ParameterId parameter)
{
    std::vector<ParameterUse> uses;
    for (const Operation& operation : network.program().operations) {
        const auto* affine = std::get_if<Affine>(&operation);
        if (affine == nullptr)
            continue;
        for (const Term& term : affine->terms) {
            if (term.weight == parameter)
                uses.push_back(useOf(network, *affine, term));
        }
        if (affine->bias == parameter)
            uses.push_back({affine->result, std::nullopt, 0, network.parameters()[parameter].rows, 0});
    }
    return uses;
}

} // namespace chronograd
