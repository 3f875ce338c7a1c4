#pragma once

#include "core/tasks/dataset.h"
#include "core/tasks/task_spec.h"

#include <filesystem>

namespace chronograd {

/// Columns of a csv file as a series (see series.h for the cut into sequences and parts).
///
/// Missing numbers are interpolated first, over the whole file. `normalise` then brings each column to mean 0
/// and variance 1 (divided by the number of rows) over all rows of the training part; a column that is
/// constant there is only shifted. Dataset::times[r] is the time of the row that input row r predicts, r +
/// horizon, so Sequence::firstRow indexes it in both parts. \throws InputError
Dataset makeCsv(const CsvTask& task, const std::filesystem::path& experimentFile);

} // namespace chronograd
