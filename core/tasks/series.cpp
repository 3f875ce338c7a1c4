#include "core/tasks/series.h"

#include "core/tasks/data_limits.h"
#include "core/tasks/draw.h"
#include "core/tasks/task_error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace chronograd {

namespace {

/// The steps of one part, by their input rows.
struct Part
{
    std::int64_t firstRow = 0;
    std::int64_t steps = 0;
};

Part checkedPart(std::int64_t first, std::int64_t end, const SeriesShape& shape, std::string_view name,
                 const std::filesystem::path& file)
{
    if (end - first <= shape.horizon)
        throw taskError(file, "/task",
                        "the " + std::string(name) + " part has " + counted(end - first, shape.rowName) +
                            ", but a target " + counted(shape.horizon, shape.rowName) +
                            " ahead needs more than " + std::to_string(shape.horizon));
    return {first, end - first - shape.horizon};
}

std::int64_t sequencesOf(const Part& part, std::int64_t length)
{
    return (part.steps + length - 1) / length;
}

std::vector<Sequence> cutPart(const Part& part, std::int64_t length, const SeriesShape& shape,
                              const std::function<void(Sequence&)>& fill)
{
    std::vector<Sequence> sequences;
    for (std::int64_t done = 0; done < part.steps; done += length) {
        Sequence& sequence = sequences.emplace_back(
            emptySequence(shape.inputs, shape.outputs, std::min(length, part.steps - done)));
        sequence.firstRow = part.firstRow + done;
        std::ranges::fill(sequence.hasTarget, std::uint8_t{1});
        fill(sequence);
    }
    return sequences;
}

} // namespace

std::int64_t testBorder(const SeriesShape& shape)
{
    return shape.rows - std::llround(static_cast<double>(shape.rows) * shape.testFraction);
}

void cutSeries(const SeriesShape& shape, const std::function<void(Sequence&)>& fill, Dataset& data,
               const std::filesystem::path& experimentFile)
{
    if (shape.length && *shape.length < 1)
        throw taskError(experimentFile, "/task/length",
                        "is " + std::to_string(*shape.length) + "; write at least 1");
    if (shape.horizon < 0)
        throw taskError(experimentFile, "/task/horizon",
                        "is " + std::to_string(shape.horizon) + "; write at least 0");
    const std::int64_t border = testBorder(shape);
    const Part training = checkedPart(0, border, shape, "training", experimentFile);
    Part test;
    if (shape.testFraction > 0.0)
        test = checkedPart(border, shape.rows, shape, "test", experimentFile);

    const std::int64_t length = shape.length.value_or(std::max(training.steps, test.steps));
    checkDataSize({sequencesOf(training, length) + sequencesOf(test, length),
                   std::min(length, std::max(training.steps, test.steps)), training.steps + test.steps,
                   std::int64_t{shape.inputs} + shape.outputs},
                  experimentFile);
    data.inputs = shape.inputs;
    data.outputs = shape.outputs;
    data.training = cutPart(training, length, shape, fill);
    data.test = cutPart(test, length, shape, fill);
}

} // namespace chronograd
