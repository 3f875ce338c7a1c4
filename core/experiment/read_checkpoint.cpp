#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"

#include <limits>

namespace chronograd {
namespace {

constexpr WholeRange anyKeptCount{0, format::maxCount};
constexpr WholeRange anyKeptIndex{-1, std::numeric_limits<int>::max()};

/// Matrices of any names and sizes: whoever uses them knows what they must be.
std::map<std::string, Matrix> readMatrices(ReadContext& context, JsonValue value)
{
    std::vector<ParameterShape> shapes;
    if (value.is(JsonKind::Object))
        for (const JsonValue key : value.children())
            shapes.push_back({std::string(key.text()), std::nullopt, std::nullopt, false, 0});
    return readParameters(context, value, shapes);
}

void readOrder(ReadContext& context, JsonValue value, std::vector<std::int64_t>& order)
{
    if (!readList(context, value, "places of sequences"))
        return;
    for (const JsonValue item : value.children())
        if (!readWhole(context, item, {1, std::numeric_limits<int>::max()}, order.emplace_back()))
            return;
}

void readRules(ReadContext& context, const ObjectReader& object, SavedCheckpoint& kept)
{
    if (const auto state = object.find("state"))
        if (const auto setting = readSetting(context, *state, settingSpec(Setting::State)))
            kept.state = static_cast<StateRule>(std::get<int>(*setting));
    if (const auto chunk = object.find("chunk"))
        if (const auto setting = readSetting(context, *chunk, settingSpec(Setting::Chunk)))
            if (const auto* steps = std::get_if<StepCount>(&*setting))
                kept.chunk = steps->number();
}

} // namespace

SavedCheckpoint readCheckpoint(ReadContext& context, JsonValue value, std::span<const ParameterShape> shapes)
{
    SavedCheckpoint kept;
    const ObjectReader object(context, value,
                              {"ticks",
                               "steps",
                               "update",
                               "epoch",
                               "place",
                               "updates_in_epoch",
                               "epoch_loss",
                               "loss",
                               "gradient_norm",
                               "updated",
                               "at",
                               "layer",
                               "state",
                               "chunk",
                               "order",
                               "random",
                               "optimizer_steps",
                               "parameters",
                               "velocity",
                               "squares",
                               "values"});
    object.whole("ticks", anyKeptCount, kept.ticks);
    object.whole("steps", anyKeptCount, kept.steps);
    object.whole("update", anyKeptCount, kept.update);
    object.whole("epoch", {1, format::maxCount}, kept.epoch);
    object.whole("place", anyKeptCount, kept.place);
    object.whole("updates_in_epoch", anyKeptCount, kept.updatesInEpoch);
    object.number("epoch_loss", {}, kept.epochLoss);
    object.number("loss", {}, kept.loss);
    object.number("gradient_norm", {}, kept.gradientNorm);
    object.boolean("updated", kept.isUpdated);
    object.whole("at", anyKeptCount, kept.at);
    object.whole("layer", anyKeptIndex, kept.layer);
    readRules(context, object, kept);
    if (const auto order = object.find("order"))
        readOrder(context, *order, kept.order);
    object.seed("random", kept.random);
    object.whole("optimizer_steps", anyKeptCount, kept.optimizerSteps);
    if (const auto parameters = object.require("parameters", "{}"))
        kept.parameters = readParameters(context, *parameters, shapes);
    if (const auto velocity = object.find("velocity"))
        kept.velocity = readParameters(context, *velocity, shapes);
    if (const auto squares = object.find("squares"))
        kept.squares = readParameters(context, *squares, shapes);
    if (const auto values = object.find("values"))
        kept.values = readMatrices(context, *values);
    return kept;
}

} // namespace chronograd
