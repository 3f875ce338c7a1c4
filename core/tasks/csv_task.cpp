#include "core/tasks/csv_task.h"

#include "core/tasks/csv_table.h"
#include "core/tasks/series.h"
#include "core/tasks/task_error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace chronograd {

namespace {

std::int64_t horizonOf(const CsvTask& task)
{
    const auto isTarget = [&](const std::string& name) {
        return std::ranges::find(task.targets, name) != task.targets.end();
    };
    return task.horizon.value_or(std::ranges::any_of(task.inputs, isTarget) ? 1 : 0);
}

/// Mean and deviation (of the population) of the numbers; of equal numbers exactly that number and 1, where
/// rounding would leave a deviation of its own size.
Normalisation normalisationOf(std::span<const double> values)
{
    const auto [least, greatest] = std::ranges::minmax(values);
    if (least == greatest)
        return {least, 1.0};
    const auto count = static_cast<double>(values.size());
    Normalisation scale;
    for (const double value : values)
        scale.mean += value / count; // the sum itself could overflow
    double variance = 0.0;
    for (const double value : values)
        variance += (value - scale.mean) * (value - scale.mean) / count;
    scale.deviation = variance > 0.0 ? std::sqrt(variance) : 1.0;
    return scale;
}

/// Normalises every column by its first `trainingRows` rows.
std::vector<Normalisation> normalise(CsvTable& table, std::size_t trainingRows, const CsvTask& task,
                                     const std::string& fileName)
{
    std::vector<Normalisation> scales;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        std::vector<double>& column = table.columns[i];
        const Normalisation scale = normalisationOf(std::span(column).first(trainingRows));
        for (double& value : column)
            value = (value - scale.mean) / scale.deviation;
        const bool isFinite = std::isfinite(scale.deviation) &&
                              std::ranges::all_of(column, [](double value) { return std::isfinite(value); });
        if (!isFinite) {
            const std::string& name =
                i < task.inputs.size() ? task.inputs[i] : task.targets[i - task.inputs.size()];
            throw InputError(fileName + ": column " + quotedExcerpt(name) +
                             " has numbers too large to normalise; write them in another unit");
        }
        scales.push_back(scale);
    }
    return scales;
}

} // namespace

Dataset makeCsv(const CsvTask& task, const std::filesystem::path& experimentFile)
{
    const DataFile file = readDataFile(task.path, experimentFile);
    CsvTable table = readCsvTable(file, task, experimentFile);
    const std::size_t inputs = task.inputs.size();
    const SeriesShape shape{static_cast<std::int64_t>(table.rows()),
                            "row",
                            horizonOf(task),
                            task.length,
                            task.testFraction,
                            static_cast<int>(inputs),
                            static_cast<int>(task.targets.size())};
    Dataset data;
    if (const std::int64_t trainingRows = testBorder(shape); task.normalise && trainingRows > 0) {
        const std::vector<Normalisation> scales =
            normalise(table, static_cast<std::size_t>(trainingRows), task, file.name);
        data.outputScale.assign(scales.begin() + static_cast<std::ptrdiff_t>(inputs), scales.end());
    }
    const auto row = [&](std::size_t column, std::int64_t at) { return table.columns[column].data() + at; };
    const auto fill = [&](Sequence& sequence) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const bool isInput = i < inputs;
            const std::int64_t first = sequence.firstRow + (isInput ? 0 : shape.horizon);
            const Eigen::Map<const Eigen::RowVectorXd> values(row(i, first), sequence.length());
            if (isInput)
                sequence.inputs.row(static_cast<Eigen::Index>(i)) = values;
            else
                sequence.targets.row(static_cast<Eigen::Index>(i - inputs)) = values;
        }
    };
    cutSeries(shape, fill, data, experimentFile);
    data.inputNames = task.inputs;
    data.outputNames = task.targets;
    if (!table.times.empty()) {
        data.timeName = table.timeName;
        data.times.assign(table.times.begin() + static_cast<std::ptrdiff_t>(shape.horizon),
                          table.times.end());
    }
    return data;
}

} // namespace chronograd
