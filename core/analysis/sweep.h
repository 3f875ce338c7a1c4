#pragma once

#include "core/tasks/dataset.h"
#include "core/training/frame.h"
#include "core/unfold/unfolding.h"

#include <span>

namespace chronograd {

/// Steps of a frame as an unfolding of their own, with the frame's values: nothing is computed forward again.
/// Losses are sent back over them as often as wanted, with the weights that the update went back with. Step
/// steps().from is step 1 of the unfolding.
class Sweep
{
public:
    /// Precondition: the frame holds the steps, and their forward values are there.
    Sweep(const Frame& frame, Window steps);

    const Window& steps() const { return m_steps; }
    std::int64_t column(std::int64_t t) const { return t - m_steps.from + 1; }

    /// The deltas of the losses of these steps alone, undivided. After it the deltas of all held steps are
    /// there, 0 where nothing came.
    void sendBack(std::span<const std::int64_t> losses);
    void sendBack(std::int64_t loss) { sendBack(std::span(&loss, 1)); }

    const SlotColumns& slot(SlotId id) const { return m_unfolding.slot(id); }
    /// gradient += the shares of steps from … to (flat, as the parameters lie).
    void addShares(Window steps, Vector& gradient);

private:
    const Frame& m_frame;
    Window m_steps;
    Unfolding m_unfolding;
    Sequence m_sequence; ///< Its targets; which of them count is said by sendBack().
};

/// What a loss is multiplied with in L: 1/N (reduction "mean") and 1/B′.
double lossScale(const Frame& frame);

} // namespace chronograd
