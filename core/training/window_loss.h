#pragma once

#include "core/training/frame.h"
#include "core/training/hyperparameters.h"
#include "core/training/sequence_view.h"
#include "core/unfold/unfolding.h"

#include <algorithm>
#include <span>

namespace chronograd {

/// The steps whose losses enter an update, if they have a target: a range inside the window.
/// `since`: forward steps since the last update.
Window injectionRange(Injection injection, Window window, std::int64_t since);

/// N: the steps of the range that have a target.
std::int64_t countTargetsOneByOne(const SequenceView& sequence, Window range);
inline std::int64_t countTargets(const SequenceView& sequence, Window range)
{
    return sequence.isTargetEverywhere
               ? std::max<std::int64_t>(0, std::min(range.to, sequence.length) - range.from + 1)
               : countTargetsOneByOne(sequence, range);
}

/// How many sequences of the batch, which are trained side by side, have an injected target: B′.
inline std::int64_t countContributors(std::span<const SequenceView> batch, Window range)
{
    std::int64_t count = 0;
    for (const SequenceView& sequence : batch) {
        count += countTargets(sequence, range) > 0 ? 1 : 0;
    }
    return count;
}

/// L of an update: of each sequence Σ of the steps' losses, divided by their number N when the reduction is
/// `mean`; then the mean over the `contributors`, the B′ sequences that have any. Sets the output layer's
/// deltas in the range, ∂L/∂net or ∂L/∂out; after Unfolding::beginBackward().
double injectLosses(Unfolding& unfolding, std::span<const SequenceView> batch,
                    const Hyperparameters& settings, Window range, std::int64_t contributors);

/// L alone, no deltas.
double windowLoss(const Unfolding& unfolding, std::span<const SequenceView> batch,
                  const Hyperparameters& settings, Window range);

/// L of one sequence of the batch alone: not divided by B′.
double lossOfMember(const Unfolding& unfolding, const SequenceView& sequence, const Hyperparameters& settings,
                    Window range, int member);

/// The loss of one computed step, undivided. Precondition: it has a target.
double lossOfStep(const Unfolding& unfolding, const SequenceView& sequence, Loss loss, std::int64_t t,
                  int member = 0);

} // namespace chronograd
