#pragma once

#include "core/network/network_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// What a parameter must look like in a file; a size is absent where it waits for the task's data.
struct ParameterShape
{
    std::string name; ///< "hidden.forward.W_h"
    std::optional<std::int64_t> rows;
    std::optional<std::int64_t> columns; ///< 1 for a bias
    bool isBias = false;
    std::size_t layer = 0;

    std::string text() const; ///< "3 × 2", "3"; "?" for what is not known yet
};

/// All parameters of a network, layer by layer. `inputs` and `outputs` stand in for "task".
std::vector<ParameterShape> parameterShapes(const NetworkSpec& network, std::optional<std::int64_t> inputs,
                                            std::optional<std::int64_t> outputs);

} // namespace chronograd
