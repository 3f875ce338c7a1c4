#pragma once

#include "core/tasks/dataset.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace chronograd {

/// How a series of rows becomes sequences.
///
/// Row r (from 0) as input has the target of row r + horizon. The last round(testFraction · rows) rows are
/// the test part; a pair lies in one part with both rows, so training has the rows 0 … border − horizon − 1
/// as inputs, and the test part border … rows − horizon − 1. Each part is cut into consecutive sequences of
/// `length`, a last shorter one kept. Sequence::firstRow is the input row of step 1 in the whole series.
struct SeriesShape
{
    std::int64_t rows = 0;
    std::string_view rowName; ///< For messages: "row", "character".
    std::int64_t horizon = 1;
    std::optional<std::int64_t> length; ///< Absent: a part is one sequence.
    double testFraction = 0.0;
    int inputs = 1;
    int outputs = 1;
};

/// First row of the test part; `rows` when there is none.
std::int64_t testBorder(const SeriesShape& shape);

/// Cuts the series into data.training and data.test; every step has a target. `fill` puts the numbers into a
/// sequence of the right size, from its firstRow on.
/// \throws InputError when a part is too short for one pair, or there is too much to hold
void cutSeries(const SeriesShape& shape, const std::function<void(Sequence&)>& fill, Dataset& data,
               const std::filesystem::path& experimentFile);

} // namespace chronograd
