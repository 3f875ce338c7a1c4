#pragma once

#include <compare>
#include <cstdint>

namespace chronograd {

/// How far one step of the machine goes.
enum class Granularity : std::uint8_t
{
    /// One term of one unit's sum. Forward: a product w·x, or the bias, of its weighted input (of a gated
    /// cell: of the weighted input of each gate). Backward: what comes back to it from the loss, from one
    /// unit above, or from one unit of the neighbouring step. In the update: one weight.
    Term,
    /// One unit of a layer at one time step: forward its net and its output, backward its delta. In the
    /// update: one row of a parameter, which is all that leads to one unit from one layer.
    Unit,
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
    Updating, ///< Changes the weights, one by one: up to `parameter`, `unit`, `term`.
    Updated,  ///< Changed the weights.
    Finished, ///< Training ended: updates reached, stop loss reached, or diverged.
};

/// Where training stands. Everything is counted from 1; 0 means "none yet".
///
/// A layer is always computed at once, by the same kernels: what is stepped does not change a bit. Inside a
/// layer `unit` and `term` say how much of it is there: the units before `unit`, and `term` of the `terms` of
/// that one's sum (all of them: the unit is there too). The last term of the last unit completes the layer.
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
    int parameter = -1;  ///< Updating: the parameter at work.
    int unit = -1;       ///< Inside a layer: the unit at work, from 0; Updating: the row. -1: not inside.
    int term = 0;        ///< Terms of its sum that are there …
    int terms = 0;       ///< … of so many.
    std::int64_t update = 0;      ///< Updates done.
    std::int64_t sinceUpdate = 0; ///< Forward steps since the last update.

    bool isInside() const { return unit >= 0; } ///< A layer, or the update, is half there.
    bool operator==(const Position&) const = default;
};

/// Names any moment at which the machine can stop, however it got there; later moments are greater.
struct Moment
{
    std::int64_t ticks = 0; ///< Layers of steps, forward or backward, and updates completed.
    int parameter = -1;     ///< As in Position.
    int unit = -1;
    int term = 0;

    auto operator<=>(const Moment&) const = default;
};

} // namespace chronograd
