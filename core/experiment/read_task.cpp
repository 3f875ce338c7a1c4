#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"

#include <algorithm>

namespace chronograd {
namespace {

using Rows = std::vector<std::optional<std::vector<double>>>;

/// One row of numbers; `width` is that of the rows before, 0 when there was none. False: there was an error.
bool readRow(ReadContext& context, JsonValue value, std::size_t& width,
             std::optional<std::vector<double>>& result)
{
    if (value.is(JsonKind::Null))
        return true;
    if (!value.is(JsonKind::Array)) {
        context.reportRule(value, "a list of numbers (one per column) or null");
        return false;
    }
    const std::size_t count = value.count();
    if (width == 0 ? count == 0 : count != width) {
        context.report(value, width == 0 ? "empty; must have at least one number, or be null"
                                         : "must have " + std::to_string(width) +
                                               " numbers as the rows before, has " + std::to_string(count));
        return false;
    }
    width = count;
    std::vector<double>& row = result.emplace();
    row.reserve(count);
    for (const JsonValue item : value.children()) {
        if (item.is(JsonKind::Null)) {
            context.report(item, "null inside a row; must be a number (the whole row may be null)");
            return false;
        }
        if (!readNumber(context, item, {}, row.emplace_back()))
            return false;
    }
    return true;
}

/// False: not a list, empty or too long, or a bad row; the count then says nothing.
bool readRows(ReadContext& context, JsonValue value, std::size_t& width, Rows& rows)
{
    if (!readList(context, value, "rows, one per time step"))
        return false;
    const std::size_t count = value.count();
    if (count == 0 || count > static_cast<std::size_t>(format::maxSteps)) {
        context.report(
            value, (count == 0 ? "an empty sequence; must have from 1 to "
                               : "a sequence of " + std::to_string(count) + " steps; must have from 1 to ") +
                       std::to_string(format::maxSteps) + " steps");
        return false;
    }
    rows.reserve(count);
    for (const JsonValue row : value.children())
        if (!readRow(context, row, width, rows.emplace_back()))
            return false;
    return true;
}

struct Widths
{
    std::size_t inputs = 0;
    std::size_t targets = 0;
};

InlineSequence readSequence(ReadContext& context, JsonValue value, Widths& widths)
{
    InlineSequence sequence;
    const ObjectReader object(context, value, {"inputs", "targets"});
    const auto inputs = object.require("inputs", "[[0.5], [1]]");
    const auto targets = object.require("targets", "[[0.5], null]");
    const bool inputsGood = inputs && readRows(context, *inputs, widths.inputs, sequence.inputs);
    const bool targetsGood = targets && readRows(context, *targets, widths.targets, sequence.targets);
    if (inputsGood && targetsGood && sequence.inputs.size() != sequence.targets.size())
        context.report(std::max(inputs->index(), targets->index()) == inputs->index() ? *inputs : *targets,
                       "inputs have " + std::to_string(sequence.inputs.size()) + " steps, targets " +
                           std::to_string(sequence.targets.size()) + "; must be as many");
    return sequence;
}

std::vector<InlineSequence> readSequences(ReadContext& context, JsonValue value, Widths& widths)
{
    std::vector<InlineSequence> sequences;
    if (readList(context, value, "sequences"))
        for (const JsonValue item : value.children())
            sequences.push_back(readSequence(context, item, widths));
    return sequences;
}

InlineTask readInline(ReadContext& context, JsonValue value)
{
    InlineTask task;
    Widths widths;
    const ObjectReader object(context, value, {"kind", "sequences", "test_sequences"});
    if (const auto sequences = object.require("sequences", "[{\"inputs\": [[0.5]], \"targets\": [[1]]}]")) {
        task.sequences = readSequences(context, *sequences, widths);
        if (sequences->is(JsonKind::Array) && task.sequences.empty())
            context.report(*sequences, "empty; must have at least one sequence");
    }
    if (const auto sequences = object.find("test_sequences"))
        task.testSequences = readSequences(context, *sequences, widths);
    return task;
}

void readColumns(ReadContext& context, JsonValue value, std::vector<std::string>& names)
{
    if (!readList(context, value, "column names"))
        return;
    for (const JsonValue item : value.children())
        if (readText(context, item, names.emplace_back()) && names.back().empty())
            context.report(item, "empty; must be the name of a column");
    if (names.empty())
        context.report(value, "empty; must name at least one column");
}

void readPath(ReadContext& context, JsonValue value, std::string& path)
{
    if (readText(context, value, path) && (path.empty() || path.find('\0') != path.npos))
        context.reportRule(value, "the name of a file, relative to the experiment");
}

constexpr WholeRange stepRange{1, format::maxSteps};

CsvTask readCsv(ReadContext& context, JsonValue value)
{
    CsvTask task;
    const ObjectReader object(
        context, value,
        {"kind", "path", "inputs", "targets", "horizon", "normalise", "missing", "length", "test_fraction"});
    if (const auto path = object.require("path", "\"data.csv\""))
        readPath(context, *path, task.path);
    if (const auto names = object.require("inputs", "[\"x\"]"))
        readColumns(context, *names, task.inputs);
    if (const auto names = object.require("targets", "[\"y\"]"))
        readColumns(context, *names, task.targets);
    object.whole("horizon", {0, format::maxSteps}, task.horizon);
    object.boolean("normalise", task.normalise);
    object.choice("missing", format::missingRules, task.missing);
    object.whole("length", stepRange, task.length);
    object.number("test_fraction", NumberRange::fraction(), task.testFraction);
    return task;
}

TextTask readTextTask(ReadContext& context, JsonValue value)
{
    TextTask task;
    const ObjectReader object(context, value, {"kind", "path", "text", "length", "test_fraction"});
    const auto path = object.find("path");
    const auto text = object.find("text");
    if (path)
        readPath(context, *path, task.path);
    if (text && readText(context, *text, task.text) && task.text.empty())
        context.report(*text, "empty; must have at least two characters");
    if (path && text)
        context.report(path->index() > text->index() ? *path : *text,
                       "path and text are both given; must be one of them");
    else if (!path && !text)
        context.report(value, "neither path nor text is there; must be one of them, as in \"text\": "
                              "\"hello\"");
    object.whole("length", stepRange, task.length);
    object.number("test_fraction", NumberRange::fraction(), task.testFraction);
    return task;
}

/// The fewest steps a generator's pattern needs.
std::int64_t leastLength(GeneratorKind kind)
{
    switch (kind) {
    case GeneratorKind::Adding:
        return 2; // one mark in each half
    case GeneratorKind::Reber:
        return 9; // the shortest embedded Reber string
    default:
        return 1;
    }
}

void checkAmount(ReadContext& context, const ObjectReader& object, const GeneratorTask& task)
{
    const std::int64_t steps = task.kind == GeneratorKind::Sum    ? 1
                               : task.kind == GeneratorKind::Anbn ? 2 * task.maxN + 1
                                                                  : task.length;
    if (steps * task.sequences <= format::maxGeneratedSteps)
        return;
    JsonValue place = object.place();
    for (const std::string_view key : {"sequences", "length", "max_n"})
        if (const auto value = object.find(key); value && value->index() > place.index())
            place = *value;
    context.report(place, std::to_string(task.sequences) + " sequences of " + std::to_string(steps) +
                              " steps are more than the limit of " +
                              std::to_string(format::maxGeneratedSteps) + " steps in all");
}

GeneratorTask readGenerator(ReadContext& context, JsonValue value, GeneratorKind kind)
{
    const std::size_t before = context.findings();
    GeneratorTask task;
    task.kind = kind;
    std::vector<std::string_view> keys{"kind", "length", "sequences", "seed"};
    switch (kind) {
    case GeneratorKind::Echo:
        keys.push_back("delay");
        break;
    case GeneratorKind::Sine:
        keys.push_back("period");
        break;
    case GeneratorKind::Anbn:
        keys.push_back("max_n");
        break;
    case GeneratorKind::Latch:
        keys.push_back("noise");
        break;
    default:
        break;
    }
    const ObjectReader object(context, value, keys);
    object.whole("length", {leastLength(kind), format::maxSteps}, task.length);
    object.whole("sequences", stepRange, task.sequences);
    object.seed("seed", task.seed);
    object.whole("delay", {0, format::maxSteps}, task.delay);
    object.number("period", NumberRange::above(0.0), task.period);
    object.whole("max_n", {1, format::maxSteps / 2 - 1}, task.maxN);
    object.number("noise", NumberRange::atLeast(0.0), task.noise);
    if (context.findings() == before)
        checkAmount(context, object, task);
    return task;
}

constexpr std::array<std::string_view, 12> kinds{"inline", "csv",    "text",  "echo", "sine",  "temporal_xor",
                                                 "parity", "adding", "reber", "anbn", "latch", "sum"};

} // namespace

TaskSpec readTask(ReadContext& context, JsonValue value)
{
    if (!value.is(JsonKind::Object)) {
        context.reportRule(value, "an object");
        return {};
    }
    const auto kind = findMember(value, "kind");
    if (!kind) {
        context.reportMissing(value, "kind", "\"echo\"");
        return {};
    }
    const std::optional<int> index = readIndex(context, *kind, kinds);
    if (!index)
        return {};
    switch (*index) {
    case 0:
        return readInline(context, value);
    case 1:
        return readCsv(context, value);
    case 2:
        return readTextTask(context, value);
    default:
        return readGenerator(context, value, static_cast<GeneratorKind>(*index - 3));
    }
}

} // namespace chronograd
