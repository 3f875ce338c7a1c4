#include "ui/graph/graph_work.h"

namespace chronograd {

std::optional<Work> workOf(const GraphState& state)
{
    if (!state.frame)
        return std::nullopt;
    const Position& position = state.frame->position;
    const bool working = position.phase == Phase::Forward || position.phase == Phase::Backward;
    if (!working || position.at < 1 || position.layer < 0 || position.layer >= state.frame->layers())
        return std::nullopt;
    return Work{position.at, position.layer + 1, position.phase == Phase::Forward};
}

bool isAtWork(const Work& work, const Connection& connection, std::int64_t t)
{
    return work.forward ? connection.to == work.level && t == work.t
                        : connection.from == work.level && t - connection.lag == work.t;
}

} // namespace chronograd
