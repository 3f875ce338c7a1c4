#pragma once

#include "ui/graph/graph_state.h"

#include <optional>

namespace chronograd {

/// The layer at work, while the machine goes layer by layer or step by step.
struct Work
{
    std::int64_t t = 1;
    int level = 0;
    bool forward = true;
};

/// Nothing between the passes: then all of the picture counts.
std::optional<Work> workOf(const GraphState& state);

/// Is this bundle, received at step t, what the layer at work reads? Going forward the edges into it; going
/// backward those out of it, along which the error comes back.
bool isAtWork(const Work& work, const Connection& connection, std::int64_t t);

} // namespace chronograd
