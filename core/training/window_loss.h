#pragma once

#include "core/training/frame.h"
#include "core/training/hyperparameters.h"
#include "core/training/sequence_view.h"
#include "core/unfold/unfolding.h"

namespace chronograd {

/// The steps whose losses enter an update, if they have a target: a range inside the window.
/// `since`: forward steps since the last update.
Window injectionRange(Injection injection, Window window, std::int64_t since);

/// N: the steps of the range that have a target.
std::int64_t countTargets(const SequenceView& sequence, Window range);

/// L of an update: Σ of the steps' losses, divided by their number N when the reduction is `mean`. Adds
/// ∂L/∂net or ∂L/∂out to the output layer's deltas, which were cleared before. Column t of the unfolding is
/// step firstStep + t − 1 of the sequence.
double injectLosses(Unfolding& unfolding, const SequenceView& sequence, const Hyperparameters& settings,
                    Window range, std::int64_t firstStep = 1);

/// L alone, no deltas.
double windowLoss(const Unfolding& unfolding, const SequenceView& sequence, const Hyperparameters& settings,
                  Window range, std::int64_t firstStep = 1);

/// The loss of one computed step, undivided. Precondition: it has a target.
double lossOfStep(const Unfolding& unfolding, const SequenceView& sequence, Loss loss, std::int64_t t,
                  std::int64_t firstStep = 1);

} // namespace chronograd
