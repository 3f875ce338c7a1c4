#pragma once

#include "core/training/frame.h"

#include <cstdint>
#include <optional>
#include <span>

namespace chronograd {

/// The gradient an update was made of, beside the one of the same losses with nothing cut inside the
/// sequence: back to its first step (what came into the sequence as its state stays what it was).
struct GradientComparison
{
    double cosine = 1.0;      ///< Of the angle between them; 0 where one of them is 0.
    double appliedNorm = 0.0; ///< Before clipping, over the trainable parameters.
    double fullNorm = 0.0;
    std::int64_t appliedSteps = 0; ///< Steps the error went back: all sequences of the batch together …
    std::int64_t fullSteps = 0;    ///< … and to compute this.
    double milliseconds = 0.0;     ///< What computing it took.

    /// Length of the applied one in lengths of the full one; 0 where the full one is 0.
    double relativeLength() const { return fullNorm > 0.0 ? appliedNorm / fullNorm : 0.0; }
};

/// One backward sweep over everything so far in the sequence, for each of the batch. Absent while no update
/// is done or where a frame does not hold its sequence from step 1 on.
std::optional<GradientComparison> compareWithFull(std::span<const Frame> batch);

} // namespace chronograd
