#pragma once

#include "core/network/network.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chronograd {

enum class QuantityKind : std::uint8_t
{
    Slot,               ///< hidden.net[3]@15, hidden.out[3]@15, input[2]@5
    Delta,              ///< hidden.delta[3]@15 = ∂L/∂net
    Target,             ///< target[1]@5
    StepLoss,           ///< loss@15
    Loss,               ///< loss
    GradientNorm,       ///< gradient_norm
    Weight,             ///< hidden.W_h[3,2]: before this update
    WeightAt,           ///< hidden.W_h[3,2]@10: in force at step 10
    Share,              ///< hidden.W_h[3,2].share@12
    Gradient,           ///< hidden.W_h[3,2].gradient
    VelocityBefore,     ///< v before the update (named .velocity_before)
    Velocity,           ///< hidden.W_h[3,2].velocity: after the update
    FirstMomentBefore,  ///< adam's m before the update (named .first_moment_before)
    FirstMoment,        ///< hidden.W_h[3,2].first_moment: m after it
    SecondMomentBefore, ///< adam's v before it (.second_moment_before)
    SecondMoment,       ///< hidden.W_h[3,2].second_moment
    MeanSquareBefore,   ///< rmsprop's s before it (.mean_square_before)
    MeanSquare,         ///< hidden.W_h[3,2].mean_square
    Change,             ///< hidden.W_h[3,2].update
    After,              ///< hidden.W_h[3,2].after
};

/// What a delta is called positive for. The engine and its files know the derivative only.
enum class SignConvention : std::uint8_t
{
    Derivative,  ///< δ = ∂L/∂net
    ErrorSignal, ///< δ = −∂L/∂net, as the texts on the delta rule have it
};

/// The name of one number of a frame. Indices count from 0 here and from 1 in text.
struct Quantity
{
    QuantityKind kind = QuantityKind::Loss;
    SlotId slot = 0;           ///< Slot, Delta (the net slot)
    int unit = 0;              ///< Slot, Delta, Target
    ParameterId parameter = 0; ///< Weight … After
    int row = 0;
    int column = 0;
    std::int64_t t = 0; ///< Where it has a time

    bool operator==(const Quantity&) const = default;
};

std::string quantityText(const Quantity& quantity, const Network& network);

/// \throws InputError saying what is wrong with the name and what would be right.
Quantity parseQuantity(std::string_view text, const Network& network);

} // namespace chronograd
