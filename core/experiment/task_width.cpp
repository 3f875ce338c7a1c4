#include "core/experiment/experiment_reader.h"

namespace chronograd {
namespace {

using Rows = std::vector<std::optional<std::vector<double>>>;

std::size_t firstWidth(const std::vector<InlineSequence>& sequences, Rows InlineSequence::*rows)
{
    for (const InlineSequence& sequence : sequences)
        for (const auto& row : sequence.*rows)
            if (row)
                return row->size();
    return 0;
}

std::optional<std::int64_t> inlineWidth(const InlineTask& task, Rows InlineSequence::*rows)
{
    std::size_t width = firstWidth(task.sequences, rows);
    if (width == 0)
        width = firstWidth(task.testSequences, rows);
    return width == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(width));
}

TaskWidth generatorWidth(GeneratorKind kind)
{
    switch (kind) {
    case GeneratorKind::Adding:
    case GeneratorKind::Sum:
        return {2, 1};
    case GeneratorKind::Reber:
        return {7, 7};
    case GeneratorKind::Anbn:
        return {3, 3};
    default:
        return {1, 1};
    }
}

} // namespace

TaskWidth taskWidth(const TaskSpec& task)
{
    if (const auto* given = std::get_if<InlineTask>(&task))
        return {inlineWidth(*given, &InlineSequence::inputs), inlineWidth(*given, &InlineSequence::targets)};
    if (const auto* csv = std::get_if<CsvTask>(&task))
        return {static_cast<std::int64_t>(csv->inputs.size()),
                static_cast<std::int64_t>(csv->targets.size())};
    if (const auto* generator = std::get_if<GeneratorTask>(&task))
        return generatorWidth(generator->kind);
    return {};
}

} // namespace chronograd
