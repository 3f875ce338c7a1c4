#pragma once

#include "core/training/frame.h"
#include "ui/graph/connections.h"

#include <cstdint>
#include <optional>

namespace chronograd {

/// What the colour and width of an edge stand for.
enum class EdgeQuantity : quint8
{
    Weight, ///< The same in every copy.
    Share,  ///< What this step adds to the gradient.
    Update, ///< Δw, the same in every copy.
    Value,  ///< weight · value that flows.
};

/// Shared ones are drawn once for all steps.
bool isShared(EdgeQuantity quantity);

/// Are the numbers of this bundle there?
bool hasEdgeValues(const Frame& frame, const Connection& connection, EdgeQuantity quantity, std::int64_t t);

/// The numbers of a bundle, receiving × sending; nothing when they are not computed (yet). The step matters
/// only where the quantity is not shared.
std::optional<Matrix> edgeValues(const Frame& frame, const Connection& connection, EdgeQuantity quantity,
                                 std::int64_t t);

/// The weights that a picture of this moment shows: after the update once it is done.
const Vector& weightsNow(const Frame& frame);

} // namespace chronograd
