#pragma once

#include "core/compare/comparison.h"

#include <QString>

#include <optional>
#include <string_view>

namespace chronograd {

/// What makes a lane different: "k2 20 → 5", "as it is".
QString differenceWords(const LaneSpec& lane, const Hyperparameters& original);

/// How a lane stands: "update 120 · loss 0.0123", or why it ended.
QString standWords(const Lane& lane);

/// The first number that differs, with both values: "The first number that differs: delta of hidden unit 1 at
/// t = 7 is −0.0123 in BPTT and cut off in TBPTT."
QString firstDifferenceWords(const Difference& difference, const Network& network, const QString& a,
                             const QString& b);
/// The same for a tag in the graph: "−0.0123 | cut off".
QString differenceTag(const Difference& difference);

/// A text of a ready comparison in the language of the window.
QString readyText(std::string_view english);

/// Of one number, with as many digits as it takes to tell it from the other.
QString tellingText(std::optional<double> value, std::optional<double> other);

} // namespace chronograd
