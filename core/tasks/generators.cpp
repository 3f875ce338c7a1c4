#include "core/tasks/generators.h"

#include "core/tasks/data_limits.h"
#include "core/tasks/task_error.h"

#include <array>
#include <cassert>
#include <cstddef>

namespace chronograd {

namespace {

struct Generator
{
    GeneratorKind kind;
    std::string_view key;
    Sequence (*draw)(const GeneratorTask&, Random&);
    int inputs;
    int outputs;
    std::int64_t shortest; ///< Least `length` that leaves something to learn.
};

constexpr std::array<Generator, 9> generators = {{
    {GeneratorKind::Echo, "echo", drawEcho, 1, 1, 1},
    {GeneratorKind::Sine, "sine", drawSine, 1, 1, 1},
    {GeneratorKind::TemporalXor, "temporal_xor", drawTemporalXor, 1, 1, 1},
    {GeneratorKind::Parity, "parity", drawParity, 1, 1, 1},
    {GeneratorKind::Adding, "adding", drawAdding, 2, 1, 2},
    {GeneratorKind::Reber, "reber", drawReber, 7, 7, 8},
    {GeneratorKind::Anbn, "anbn", drawAnbn, 3, 3, 1},
    {GeneratorKind::Latch, "latch", drawLatch, 1, 1, 1},
    {GeneratorKind::Sum, "sum", drawSum, 2, 1, 1},
}};

const Generator& generatorOf(GeneratorKind kind)
{
    const Generator& generator = generators[static_cast<std::size_t>(kind)];
    assert(generator.kind == kind);
    return generator;
}

/// Steps of the longest sequence that can be drawn.
std::int64_t mostSteps(const GeneratorTask& task)
{
    switch (task.kind) {
    case GeneratorKind::Sum:
        return 1;
    case GeneratorKind::Anbn:
        return 2 * task.maxN;
    default:
        return task.length;
    }
}

void check(const GeneratorTask& task, const Generator& generator, const std::filesystem::path& file)
{
    if (task.sequences < 1)
        throw taskError(file, "/task/sequences",
                        "is " + std::to_string(task.sequences) + "; write at least 1");
    if (task.length < generator.shortest)
        throw taskError(file, "/task/length",
                        "is " + std::to_string(task.length) + "; " + std::string(generator.key) +
                            " needs at least " + counted(generator.shortest, "step"));
    if (task.kind == GeneratorKind::Echo && task.delay >= task.length)
        throw taskError(file, "/task/delay",
                        "is " + std::to_string(task.delay) + ", but a sequence has " +
                            counted(task.length, "step") +
                            ", so that no step has a target; write less than the length");
    checkDataSize({task.sequences, mostSteps(task), -1, generator.inputs + generator.outputs}, file);
}

void nameColumns(GeneratorKind kind, Dataset& data)
{
    if (kind == GeneratorKind::Reber)
        data.inputNames = data.outputNames = {"B", "T", "S", "X", "P", "V", "E"};
    else if (kind == GeneratorKind::Anbn)
        data.inputNames = data.outputNames = {"a", "b", "$"};
}

} // namespace

std::string_view generatorKey(GeneratorKind kind)
{
    return generatorOf(kind).key;
}

Dataset generate(const GeneratorTask& task, const std::filesystem::path& experimentFile)
{
    const Generator& generator = generatorOf(task.kind);
    check(task, generator, experimentFile);
    Dataset data;
    data.inputs = generator.inputs;
    data.outputs = generator.outputs;
    nameColumns(task.kind, data);
    Random random(task.seed, generator.key);
    data.training.reserve(static_cast<std::size_t>(task.sequences));
    for (std::int64_t i = 0; i < task.sequences; ++i)
        data.training.push_back(generator.draw(task, random));
    return data;
}

} // namespace chronograd
