#include "core/experiment/experiment_writer.h"
#include "core/experiment/format_names.h"

namespace chronograd {
namespace {

using Rows = std::vector<std::optional<std::vector<double>>>;

void writeRows(JsonWriter& json, const Rows& rows)
{
    json.beginArray(JsonWriter::Layout::Line);
    for (const auto& row : rows) {
        if (!row) {
            json.null();
            continue;
        }
        json.beginArray();
        for (const double value : *row)
            json.number(value);
        json.endArray();
    }
    json.endArray();
}

void writeSequences(JsonWriter& json, const std::vector<InlineSequence>& sequences)
{
    json.beginArray();
    for (const InlineSequence& sequence : sequences) {
        json.beginObject();
        writeRows(json.key("inputs"), sequence.inputs);
        writeRows(json.key("targets"), sequence.targets);
        json.endObject();
    }
    json.endArray();
}

void write(JsonWriter& json, const InlineTask& task)
{
    json.key("kind").text("inline");
    writeSequences(json.key("sequences"), task.sequences);
    if (!task.testSequences.empty())
        writeSequences(json.key("test_sequences"), task.testSequences);
}

void writeNames(JsonWriter& json, const std::vector<std::string>& names)
{
    json.beginArray(JsonWriter::Layout::Line);
    for (const std::string& name : names)
        json.text(name);
    json.endArray();
}

void write(JsonWriter& json, const CsvTask& task)
{
    json.key("kind").text("csv");
    json.key("path").text(task.path);
    writeNames(json.key("inputs"), task.inputs);
    writeNames(json.key("targets"), task.targets);
    if (task.horizon)
        json.key("horizon").whole(*task.horizon);
    if (task.normalise)
        json.key("normalise").boolean(true);
    if (task.missing != MissingRule::Error)
        json.key("missing").text(format::missingRules[static_cast<std::size_t>(task.missing)]);
    if (task.length)
        json.key("length").whole(*task.length);
    if (task.testFraction != 0.0)
        json.key("test_fraction").number(task.testFraction);
}

void write(JsonWriter& json, const TextTask& task)
{
    json.key("kind").text("text");
    if (!task.path.empty())
        json.key("path").text(task.path);
    else
        json.key("text").text(task.text);
    if (task.length)
        json.key("length").whole(*task.length);
    if (task.testFraction != 0.0)
        json.key("test_fraction").number(task.testFraction);
}

void write(JsonWriter& json, const GeneratorTask& task)
{
    const GeneratorTask usual;
    json.key("kind").text(format::generators[static_cast<std::size_t>(task.kind)]);
    if (task.kind == GeneratorKind::Echo && task.delay != usual.delay)
        json.key("delay").whole(task.delay);
    if (task.kind == GeneratorKind::Sine && task.period != usual.period)
        json.key("period").number(task.period);
    if (task.kind == GeneratorKind::Anbn && task.maxN != usual.maxN)
        json.key("max_n").whole(task.maxN);
    if (task.kind == GeneratorKind::Latch && task.noise != usual.noise)
        json.key("noise").number(task.noise);
    if (task.length != usual.length)
        json.key("length").whole(task.length);
    if (task.sequences != usual.sequences)
        json.key("sequences").whole(task.sequences);
    if (task.seed != usual.seed)
        json.key("seed").natural(task.seed);
}

} // namespace

void writeTask(JsonWriter& json, const TaskSpec& task)
{
    const bool isGenerator = std::holds_alternative<GeneratorTask>(task);
    json.key("task").beginObject(isGenerator ? JsonWriter::Layout::Line : JsonWriter::Layout::Block);
    std::visit([&json](const auto& kind) { write(json, kind); }, task);
    json.endObject();
}

} // namespace chronograd
