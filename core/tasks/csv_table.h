#pragma once

#include "core/tasks/data_file.h"
#include "core/tasks/task_spec.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace chronograd {

/// The columns of a csv file that a task uses, every number finite.
struct CsvTable
{
    std::vector<std::vector<double>> columns; ///< As asked for: the inputs, then the targets.
    std::string timeName;                     ///< Empty: there is no time column, or it has no name.
    std::vector<double> times;                ///< Of every row; empty: there is no time column.

    std::size_t rows() const { return columns.front().size(); }
};

/// Reads the columns named by task.inputs and task.targets. An empty field or NaN is missing: an error, or
/// interpolated linearly between the nearest rows that have a number (at both ends of the file: that number).
///
/// The first column of the file is the time column if it is neither input nor target and holds strictly
/// increasing numbers.
/// \throws InputError naming the csv file and its row, or the column in the experiment
CsvTable readCsvTable(const DataFile& file, const CsvTask& task, const std::filesystem::path& experimentFile);

} // namespace chronograd
