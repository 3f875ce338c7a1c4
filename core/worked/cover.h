#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <optional>
#include <vector>

namespace chronograd {

/// The frame as it was before a number that its last stop computed, for a student to predict it: the number
/// and all that were computed after it are not in it.
Frame coveredFrom(const Frame& frame, const Quantity& quantity);

/// Was the frame `seen` the same layer at the same step, or the same update, not yet as far as `frame`?
bool goesOnInside(const Frame& seen, const Frame& frame);

/// Did the last stop compute this number, and does covering take it away?
bool isCoverable(const Frame& frame, const Quantity& quantity);

/// What the last stop of the machine computed and the student has not seen, in the order of computing: of the
/// layer at work or of the update. `seen`: the frame that was shown before; may be null. Of an update only
/// the numbers of the weight `asked`, or of the first one. Never more than `most`.
std::vector<Quantity> newNumbers(const Frame& frame, const Frame* seen, const std::optional<Quantity>& asked,
                                 std::size_t most);

} // namespace chronograd
