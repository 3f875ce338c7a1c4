#pragma once

#include <cstdint>

namespace chronograd {

/// How far one step of the machine goes.
enum class Granularity : std::uint8_t
{
    Layer,    ///< One layer at one time step, forward or backward; the update itself is one stop more.
    TimeStep, ///< One time step, forward or backward.
    Pass,     ///< The forward steps up to the next update, or one backward sweep, or the update.
    Update,   ///< To the end of the next update.
    Sequence, ///< To the end of this sequence.
    Epoch,    ///< To the end of this epoch.
};

/// What the machine did last.
enum class Phase : std::uint8_t
{
    Ready,    ///< Nothing yet: before the first step of a run.
    Forward,  ///< Computed `layer` at step `at` (= t) forward.
    Backward, ///< Computed the deltas of `layer` at step `at` backward.
    Updated,  ///< Changed the weights.
    Finished, ///< Training ended: updates reached, stop loss reached, or diverged.
};

/// Where training stands. Everything is counted from 1; 0 means "none yet".
struct Position
{
    Phase phase = Phase::Ready;
    std::int64_t epoch = 1;
    std::int64_t sequence = 1;       ///< Place in the file (after chunking).
    std::int64_t sequences = 1;      ///< Sequences in an epoch.
    std::int64_t sequenceLength = 0; ///< T
    std::int64_t t = 0;              ///< Forward steps done in this sequence.
    std::int64_t at = 0; ///< The time step at work: t going forward, from t down to the cut going backward.
    int layer = -1;      ///< The layer at work; -1: none.
    std::int64_t update = 0;      ///< Updates done.
    std::int64_t sinceUpdate = 0; ///< Forward steps since the last update.

    bool operator==(const Position&) const = default;
};

} // namespace chronograd
