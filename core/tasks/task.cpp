#include "core/tasks/task.h"

#include "core/tasks/csv_task.h"
#include "core/tasks/generators.h"
#include "core/tasks/inline_task.h"
#include "core/tasks/task_error.h"
#include "core/tasks/text_task.h"

#include <string>
#include <variant>

namespace chronograd {

namespace {

constexpr int mostUnits = 4096; // of a layer

/// Chooses the maker of each kind of task.
struct Maker
{
    const Experiment& experiment;

    Dataset operator()(const InlineTask& task) const
    {
        return makeInline(task, experiment.network.inputs, experiment.file);
    }
    Dataset operator()(const CsvTask& task) const { return makeCsv(task, experiment.file); }
    Dataset operator()(const TextTask& task) const { return makeText(task, experiment.file); }
    Dataset operator()(const GeneratorTask& task) const { return generate(task, experiment.file); }
};

std::string orTask(int number)
{
    return "; write " + std::to_string(number) + " or \"task\"";
}

void fitInputs(Experiment& experiment, int columns)
{
    std::optional<int>& inputs = experiment.network.inputs;
    if (inputs && *inputs != columns)
        throw taskError(experiment.file, "/network/inputs",
                        "is " + std::to_string(*inputs) + ", but the task gives " +
                            counted(columns, "input column") + orTask(columns));
    inputs = columns;
}

/// A bidirectional layer has two outputs per unit.
void fitOutputs(Experiment& experiment, int columns)
{
    std::vector<LayerSpec>& layers = experiment.network.layers;
    if (layers.empty())
        throw taskError(experiment.file, "/network/layers", "is empty; write at least one layer");
    LayerSpec& last = layers.back();
    const std::string pointer = "/network/layers/" + std::to_string(layers.size() - 1) + "/units";
    const int perUnit = last.bidirectional ? 2 : 1;
    const std::string given = ", but the task gives " + counted(columns, "target column");
    if (columns % perUnit != 0)
        throw taskError(experiment.file, pointer,
                        "gives an even number of outputs, the layer being bidirectional" + given +
                            "; add a dense layer");
    const int units = columns / perUnit;
    if (last.units && *last.units != units)
        throw taskError(experiment.file, pointer,
                        "is " + std::to_string(*last.units) +
                            (last.bidirectional ? " in each of two directions" : "") + given + orTask(units));
    if (units > mostUnits)
        throw taskError(experiment.file, pointer,
                        "would be " + std::to_string(units) + given + "; the limit is " +
                            std::to_string(mostUnits) + " units in a layer");
    last.units = units;
}

} // namespace

Dataset makeDataset(Experiment& experiment)
{
    Dataset data = std::visit(Maker{experiment}, experiment.task);
    fitInputs(experiment, data.inputs);
    fitOutputs(experiment, data.outputs);
    return data;
}

} // namespace chronograd
