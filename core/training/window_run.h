#pragma once

#include "core/training/frame.h"
#include "core/training/sequence_view.h"
#include "core/unfold/unfolding.h"

#include <cstdint>
#include <span>
#include <vector>

namespace chronograd {

/// The window of an update as an unfolding of its own, to be run again with other weights, from the state at
/// its cut. Step 1 of it is the window's first. One frame for each sequence of the batch.
class WindowRun
{
public:
    /// Precondition: an update is done, and the frames hold its window.
    explicit WindowRun(std::span<const Frame> frames);

    /// L of the update's window with these weights.
    double loss(const Vector& weights);
    Vector gradient(const Vector& weights);

private:
    void take(const Frame& frame, int member, std::int64_t length);
    Columns columns() const { return {1, m_steps}; }

    Hyperparameters m_settings;
    std::int64_t m_steps;
    Unfolding m_unfolding;
    std::vector<Sequence> m_sequences;
    std::vector<SequenceView> m_batch;
    Window m_injection; ///< From the first to the last injected step of any.
};

} // namespace chronograd
