#pragma once

#include "core/math/matrix.h"

#include <cstdint>
#include <string>
#include <vector>

namespace chronograd {

/// What the network with the weights of one moment says along a series, beside what it should say; in the
/// units of the file (a normalisation is undone).
struct Prediction
{
    std::int64_t update = 0;
    std::vector<double> x; ///< Time of the target (e.g. the year) or the step number.
    std::vector<std::uint8_t> hasTarget;
    Matrix targets; ///< outputs × points
    Matrix outputs; ///< outputs × points
    /// What it says when it is fed with its own outputs from point firstFree on; before that it sees the
    /// series. Empty where the outputs are not the next inputs.
    Matrix freeRunning;
    std::size_t firstFree = 0;
    std::size_t firstTest = 0;      ///< Points from here on are the test part (= x.size(): none).
    std::string timeName;           ///< "YEAR", or empty for step numbers.
    std::vector<std::string> names; ///< One per output; may be empty.
};

} // namespace chronograd
