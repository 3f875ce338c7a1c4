#pragma once

#include "core/tasks/dataset.h"

#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

namespace chronograd {

/// A sequence, or a chunk of one. Steps count from 1.
struct SequenceView
{
    const Sequence* sequence = nullptr;
    std::int64_t offset = 0; ///< Steps of the sequence before this chunk.
    std::int64_t length = 0;
    bool isTargetEverywhere = false; ///< Known to be: every step has one.
    double largestInput = 0.0;       ///< No |input| of it is greater.

    bool isFirstChunk() const { return offset == 0; }
    std::span<const double> input(std::int64_t t) const { return column(sequence->inputs, t); }
    std::span<const double> target(std::int64_t t) const { return column(sequence->targets, t); }
    bool hasTarget(std::int64_t t) const ///< Also of steps behind the end, which have none.
    {
        return t <= length &&
               (isTargetEverywhere || sequence->hasTarget[static_cast<std::size_t>(offset + t - 1)] != 0);
    }

private:
    std::span<const double> column(const Matrix& matrix, std::int64_t t) const
    {
        assert(t >= 1 && t <= length);
        return {matrix.data() + (offset + t - 1) * matrix.rows(), static_cast<std::size_t>(matrix.rows())};
    }
};

/// The sequences cut into chunks of `chunk` steps, the last of each shorter; absent: uncut.
std::vector<SequenceView> cutIntoChunks(const std::vector<Sequence>& sequences,
                                        std::optional<std::int64_t> chunk);

} // namespace chronograd
