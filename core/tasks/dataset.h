#pragma once

#include "core/math/matrix.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// A sequence ready for training. Column t−1 belongs to time step t.
struct Sequence
{
    Matrix inputs;                       ///< inputs × T; an absent row of the file is zeros.
    Matrix targets;                      ///< outputs × T; zeros where there is none.
    std::vector<std::uint8_t> hasTarget; ///< T flags.
    std::int64_t firstRow = 0;           ///< Place of step 1 in the series it was cut from, from 0.

    std::int64_t length() const { return inputs.cols(); }
};

/// How a column was normalised: shown = mean + deviation · used.
struct Normalisation
{
    double mean = 0.0;
    double deviation = 1.0;
};

/// What a task makes: the training part, the test part, and what a picture of them needs.
struct Dataset
{
    int inputs = 0;
    int outputs = 0;
    std::vector<Sequence> training;
    std::vector<Sequence> test;

    std::vector<std::string> inputNames;    ///< One per input; may be empty.
    std::vector<std::string> outputNames;   ///< One per output; may be empty.
    std::vector<Normalisation> outputScale; ///< One per output where the targets were normalised, else empty.
    std::string timeName;                   ///< E.g. the csv column "YEAR"; empty: steps are numbered.
    std::vector<double> times; ///< One per row of the series, indexed by Sequence::firstRow + t − 1;
                               ///< of the *target* the row predicts; empty: none.
};

} // namespace chronograd
