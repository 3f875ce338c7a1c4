#pragma once

#include "core/experiment/edit_target.h"
#include "core/math/matrix.h"
#include "core/network/network.h"
#include "core/training/datum_place.h"
#include "core/training/hyperparameters.h"
#include "core/training/position.h"
#include "core/training/setting.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chronograd {

/// The steps an update looks at: t = from … to.
struct Window
{
    std::int64_t from = 0;
    std::int64_t to = -1;

    bool contains(std::int64_t t) const { return t >= from && t <= to; }
    std::int64_t length() const { return to - from + 1; }
    bool operator==(const Window&) const = default;
};

/// The weights that were in force when the steps from `firstStep` on were computed forward.
struct WeightsInForce
{
    std::int64_t firstStep = 1;
    std::shared_ptr<const Vector> weights;
};

/// One moment of training, immutable: what is on screen, what a trace file holds, what can be explained.
///
/// Steps firstStep … lastStep of the current sequence are held, and the state that firstStep read (one column
/// before). A number that the machine has not computed yet *in this pass* is absent; ask hasValue / hasDelta
/// first.
struct Frame
{
    std::shared_ptr<const Network> network;
    Position position;
    Granularity stepped = Granularity::Layer; ///< How far the machine went to come to this position.
    Hyperparameters settings;                 ///< In force for the update that is shown or being gathered.
    std::vector<SettingChange> pending; ///< Not in force yet for that one: the last of each setting counts.
    std::vector<Edit> pendingEdits;     ///< Made since the update shown, for the next; of steps already
                                        ///< taken, for when their sequence comes again.

    DatumNames dataNames; ///< How edits name the steps of the sequence shown.

    /// The update whose numbers are shown: the last one done, or (mid-pass) the one being gathered.
    std::int64_t update = 0;
    bool updateDone = false;            ///< gradient, change, after and velocity are those of `update`.
    Window window;                      ///< Of that update; while gathering, the window if it were due now.
    Window sinceLast;                   ///< Steps since the last update: the k1 bracket.
    std::vector<std::int64_t> injected; ///< Steps of the window whose loss enters.
    std::vector<std::int64_t>
        updatesAt;              ///< Steps t of this sequence after which an update was made, ascending.
    std::optional<double> loss; ///< L of the update; absent before its backward pass.
    double gradientNorm = 0.0;  ///< Over the trainable parameters, before clipping.
    bool clipped = false;

    /// The sequences trained side by side, as places in the file; the frame shows batch[member], and so says
    /// position.sequence. Its window ends with the sequence, even where longer ones go on.
    std::vector<std::int64_t> batch;
    std::size_t member = 0;
    std::int64_t contributors = 1; ///< B′: those with an injected target; L is the mean over them.
    double otherLosses = 0.0;      ///< Σ over the other sequences of their own L.

    std::int64_t firstStep = 1;
    std::int64_t lastStep = 0;
    /// Per slot: units × (1 + steps), column t − firstStep + 1; with chains that run against time one more,
    /// what they start with behind the last step.
    std::vector<Matrix> values;
    std::vector<Matrix> deltas;            ///< The same of ∂L/∂slot.
    std::vector<std::uint8_t> forwardDone; ///< Per held step: layers computed forward (0 … layers).
    std::vector<std::uint8_t>
        backwardDone;                    ///< Per held step: layers computed backward, the last layer first.
    Matrix targets;                      ///< outputs × steps (column t − firstStep).
    std::vector<std::uint8_t> hasTarget; ///< Per held step.
    std::vector<double>
        stepLoss; ///< Per held step, undivided; NaN without target or before its forward step.

    Vector before;         ///< Parameters before the update that is shown (now in force if !updateDone).
    Vector velocityBefore; ///< v before it; m (adam).
    Vector gradient;       ///< ∂L/∂w before clipping; see hasChange().
    Vector change;         ///< after − before; see hasChange().
    Vector after;          ///< See hasChange().
    Vector velocity;       ///< v after it; m (adam); see hasChange().
    Vector squaresBefore;  ///< s (rmsprop), v (adam) before it; empty under the other optimizers.
    Vector squares;        ///< The same after it; see hasChange().
    std::int64_t momentSteps = 0; ///< adam: n of 1 − β^n, the updates since its moments were zero.
    std::vector<WeightsInForce> weightsInForce; ///< Ascending firstStep; may begin after the first held step.

    int layers() const { return static_cast<int>(network->layers().size()); }
    bool holds(std::int64_t t) const { return t >= firstStep && t <= lastStep; }
    bool hasValue(int layer,
                  std::int64_t t) const; ///< Is this layer's forward step there? layer −1: the input.
    bool hasDelta(int layer, std::int64_t t) const;
    /// The same of one unit of one of the layer's slots: inside a layer some of them are there.
    bool hasUnitValue(SlotId slot, int unit, std::int64_t t) const;
    bool hasUnitDelta(SlotId slot, int unit, std::int64_t t) const;
    /// Has the update changed this weight: all are there when updateDone, none while it is gathered, and some
    /// while they are changed one by one.
    bool hasChange(ParameterId parameter, int row, int column) const;
    double value(SlotId slot, int unit,
                 std::int64_t t) const; ///< t may be firstStep − 1: the state that was read.
    double delta(SlotId slot, int unit, std::int64_t t) const;
    /// False for early steps of a long sequence whose weights are no longer kept.
    bool hasWeightsAt(std::int64_t t) const;
    const Vector& weightsAt(std::int64_t t) const; ///< Those in force when step t was computed forward.
    /// The gradient that this update applied with: scaled by clipping.
    double clipScale() const;

private:
    bool isAtWork(Phase phase, int layer, std::int64_t t) const;
    bool isUnitDone(const Slot& slot, int row) const;
};

/// What a frame shall hold: nothing is copied that nobody looks at.
struct FrameRequest
{
    std::int64_t stepsBeyondCut = 6; ///< Steps left of the window.
    std::int64_t mostSteps = 1200;   ///< Never more columns than this.
    bool prediction = false;         ///< Also run the current weights over the series (see Prediction).
    std::int64_t member = 0;         ///< Of the batch: whose steps are shown; the last, if there are fewer.

    bool operator==(const FrameRequest&) const = default;
};

} // namespace chronograd
