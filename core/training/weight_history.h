#pragma once

#include "core/training/frame.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace chronograd {

/// Copies of the weights as they were when steps of the current sequence were computed forward, so that a
/// number of an earlier step can be explained with the weights of then. Buffers are used again once nobody
/// holds them. Beyond `mostBytes` the oldest are given up, but never those of steps that updates still look
/// at.
class WeightHistory
{
public:
    explicit WeightHistory(std::size_t weights);

    static constexpr double mostBytes = 64e6;

    void clear(); ///< A new sequence begins.
    void record(std::int64_t firstStep, const Vector& weights,
                std::int64_t neededFrom); ///< In force from this step on.
    /// The steps from `firstStep` on were computed again, all with these weights.
    void replaceFrom(std::int64_t firstStep, const Vector& weights, std::int64_t neededFrom);

    /// Those that cover the steps from `firstStep` on, ascending. The first may begin later, if given up.
    std::vector<WeightsInForce> since(std::int64_t firstStep) const;

private:
    class Pool;

    std::shared_ptr<Pool> m_pool;
    std::size_t m_most;
    std::vector<WeightsInForce> m_entries;
};

} // namespace chronograd
