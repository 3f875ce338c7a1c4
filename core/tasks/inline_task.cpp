#include "core/tasks/inline_task.h"

#include "core/tasks/data_limits.h"
#include "core/tasks/draw.h"
#include "core/tasks/task_error.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace chronograd {

namespace {

using Rows = std::vector<std::optional<std::vector<double>>>;

/// All sequences of a file with their places in it.
struct PlacedSequence
{
    const InlineSequence* sequence;
    std::string pointer;
};

std::vector<PlacedSequence> placedSequences(const InlineTask& task)
{
    std::vector<PlacedSequence> all;
    for (std::size_t i = 0; i < task.sequences.size(); ++i)
        all.push_back({&task.sequences[i], "/task/sequences/" + std::to_string(i)});
    for (std::size_t i = 0; i < task.testSequences.size(); ++i)
        all.push_back({&task.testSequences[i], "/task/test_sequences/" + std::to_string(i)});
    return all;
}

/// The width that all written rows have; absent when there is none.
std::optional<std::size_t> commonWidth(const std::vector<PlacedSequence>& all, Rows InlineSequence::*side,
                                       const std::string& key, const std::filesystem::path& file)
{
    std::optional<std::size_t> width;
    for (const PlacedSequence& placed : all) {
        const Rows& rows = placed.sequence->*side;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (!rows[row])
                continue;
            const std::size_t found = rows[row]->size();
            const std::string pointer = placed.pointer + "/" + key + "/" + std::to_string(row);
            if (found == 0)
                throw taskError(file, pointer, "is empty; write at least one number, or null");
            if (width && *width != found)
                throw taskError(file, pointer,
                                "has " + counted(static_cast<std::int64_t>(found), "number") +
                                    ", the rows before have " + std::to_string(*width));
            width = found;
        }
    }
    return width;
}

void checkShape(const PlacedSequence& placed, const std::filesystem::path& file)
{
    const std::size_t steps = placed.sequence->inputs.size();
    const std::size_t targets = placed.sequence->targets.size();
    if (steps == 0)
        throw taskError(file, placed.pointer + "/inputs", "is empty; write at least one step");
    if (targets != steps)
        throw taskError(file, placed.pointer + "/targets",
                        "has " + counted(static_cast<std::int64_t>(targets), "row") + ", but inputs has " +
                            std::to_string(steps) + "; write one row (or null) per step");
}

bool hasAnyTarget(const InlineSequence& sequence)
{
    return std::ranges::any_of(sequence.targets, [](const auto& row) { return row.has_value(); });
}

Sequence makeSequence(const InlineSequence& written, int inputs, int outputs)
{
    const std::size_t steps = written.inputs.size();
    Sequence sequence = emptySequence(inputs, outputs, static_cast<std::int64_t>(steps));
    for (std::size_t step = 0; step < steps; ++step) {
        const auto column = static_cast<Eigen::Index>(step);
        if (const auto& row = written.inputs[step])
            sequence.inputs.col(column) = Eigen::Map<const Vector>(row->data(), inputs);
        if (const auto& row = written.targets[step]) {
            sequence.targets.col(column) = Eigen::Map<const Vector>(row->data(), outputs);
            sequence.hasTarget[step] = 1;
        }
    }
    return sequence;
}

} // namespace

Dataset makeInline(const InlineTask& task, std::optional<int> networkInputs,
                   const std::filesystem::path& experimentFile)
{
    if (task.sequences.empty())
        throw taskError(experimentFile, "/task/sequences", "is empty; write at least one sequence");
    const std::vector<PlacedSequence> all = placedSequences(task);
    DataSize size{static_cast<std::int64_t>(all.size()), 0, 0, 0};
    for (const PlacedSequence& placed : all) {
        checkShape(placed, experimentFile);
        const auto steps = static_cast<std::int64_t>(placed.sequence->inputs.size());
        size.steps = std::max(size.steps, steps);
        size.total += steps;
    }
    const auto inputs = commonWidth(all, &InlineSequence::inputs, "inputs", experimentFile);
    const auto outputs = commonWidth(all, &InlineSequence::targets, "targets", experimentFile);
    if (!outputs || std::ranges::none_of(task.sequences, hasAnyTarget))
        throw taskError(experimentFile, "/task/sequences",
                        "has no step with a target; write at least one target row that is not null");
    if (!inputs && !networkInputs)
        throw taskError(experimentFile, "/network/inputs",
                        "is \"task\", but every input row is null; write the number of inputs");

    Dataset data;
    data.inputs = inputs ? static_cast<int>(*inputs) : *networkInputs;
    data.outputs = static_cast<int>(*outputs);
    size.columns = std::int64_t{data.inputs} + data.outputs;
    checkDataSize(size, experimentFile);
    for (const InlineSequence& sequence : task.sequences)
        data.training.push_back(makeSequence(sequence, data.inputs, data.outputs));
    for (const InlineSequence& sequence : task.testSequences)
        data.test.push_back(makeSequence(sequence, data.inputs, data.outputs));
    return data;
}

} // namespace chronograd
