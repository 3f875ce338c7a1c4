#pragma once

#include "core/experiment/experiment.h"
#include "core/tasks/dataset.h"

#include <cstdint>
#include <optional>

namespace chronograd {

/// A window of stored history that reaches back over an update: its steps were computed with different
/// weights.
struct WindowCrossing
{
    std::int64_t update = 0;     ///< The update whose window it is.
    std::int64_t sequence = 0;   ///< Place in the file (after chunking), from 1.
    std::int64_t from = 0;       ///< The window's first step …
    std::int64_t t = 0;          ///< … and its last.
    std::int64_t lastUpdate = 0; ///< The step after which the weights changed before.
};

/// The first one of a run, found without training: updates fall due by counting alone. Looks at whole epochs
/// until one has passed under the last settings of the schedule: all later ones are like it.
std::optional<WindowCrossing> findWindowCrossing(const TrainingSpec& training, const Dataset& data);

} // namespace chronograd
