#pragma once

#include "core/network/network.h"

#include <optional>
#include <vector>

namespace chronograd {

/// Where rows of a parameter are used: result += W · source, or result += b.
struct ParameterUse
{
    SlotId result = 0;
    std::optional<Operand> source; ///< Absent for a bias.
    int firstRow = 0;              ///< Rows [firstRow, firstRow + rows) of the parameter …
    int rows = 0;
    int firstUnit = 0; ///< … make the result's units from this on.

    bool contains(int row) const { return row >= firstRow && row < firstRow + rows; }
    int unit(int row) const { return row - firstRow + firstUnit; } ///< Of the result.
    int row(int unit) const { return unit - firstUnit + firstRow; }
};

std::vector<ParameterUse> usesOf(const Network& network, ParameterId parameter);

/// The use of one term.
ParameterUse useOf(const Network& network, const Affine& affine, const Term& term);

} // namespace chronograd
