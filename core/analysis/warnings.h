#pragma once

#include "core/training/frame.h"
#include "core/training/setting.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chronograd {

enum class WarningKind : std::uint8_t
{
    StepsWithoutGradient, ///< k2 < k1: some steps lie in no window.
    WindowBeyondSequence, ///< k2 is greater than the sequence is long.
    UnusedLoss,           ///< A loss that never enters an update.
    Saturation,           ///< f′ of most units of a layer is near 0.
    DeadRelu,             ///< Units that are 0 at every step.
    Vanishing,            ///< The error dies on its way back …
    Exploding,            ///< … or grows beyond measure.
    RateTooLarge,         ///< The loss rises.
};

/// Something about training that a teacher would point at, in words and with its numbers.
struct Warning
{
    WarningKind kind = WarningKind::RateTooLarge;
    std::string title;              ///< A few words.
    std::string text;               ///< One or two sentences with the numbers.
    std::optional<Setting> setting; ///< That would change it.
    int layer = -1;                 ///< That it is about; −1: no one layer.
    std::vector<int> units;         ///< Of that layer; empty: all.

    bool operator==(const Warning&) const = default;
};

/// What there is to say about this moment. `recentLosses`: of the newest updates, the newest last; 40 are
/// enough. Costs about as much as drawing the frame: called only where somebody looks.
std::vector<Warning> warningsOf(const Frame& frame, std::span<const double> recentLosses);

/// The same with what k1, k2 and the window rule will be from the next update on: what somebody sees who has
/// just changed them. Of everything else it tells what is in force.
std::vector<Warning> warningsToCome(const Frame& frame, std::span<const double> recentLosses);

inline constexpr std::size_t lossesForWarnings = 40;

} // namespace chronograd
