#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"

#include <algorithm>
#include <set>

namespace chronograd {
namespace {

bool isLayerName(std::string_view name)
{
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto isRest = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && isLetter(name.front()) && std::all_of(name.begin(), name.end(), isRest);
}

void readName(ReadContext& context, JsonValue value, LayerSpec& layer)
{
    if (!readText(context, value, layer.name))
        return;
    const auto& reserved = format::reservedLayerNames;
    if (std::find(reserved.begin(), reserved.end(), layer.name) != reserved.end())
        context.report(value, '"' + layer.name + "\" cannot be a layer's name; must be none of " +
                                  listed(reserved, "or"));
    else if (!isLayerName(layer.name))
        context.reportRule(value, "a letter followed by letters, digits and _");
}

/// A whole number or "task".
void readSize(ReadContext& context, JsonValue value, std::int64_t maximum, std::optional<int>& size)
{
    size.reset();
    if (value.is(JsonKind::String) && value.text() == "task")
        return;
    std::int64_t number = 0;
    if (readWhole(context, value, {1, maximum, " or \"task\""}, number))
        size = static_cast<int>(number);
}

void readUnits(ReadContext& context, JsonValue value, bool isLast, LayerSpec& layer)
{
    if (isLast) {
        readSize(context, value, format::maxUnits, layer.units);
        if (!layer.units && layer.bidirectional)
            context.report(value, "\"task\" on a bidirectional layer; must be a whole number (the layer has "
                                  "twice as many outputs)");
        return;
    }
    std::int64_t number = 1;
    if (value.is(JsonKind::String) && value.text() == "task")
        context.report(value,
                       "only the last layer's units may be \"task\"; must be a whole number from 1 to " +
                           std::to_string(format::maxUnits));
    else
        readWhole(context, value, {1, format::maxUnits}, number);
    layer.units = static_cast<int>(number);
}

bool isGated(Cell cell)
{
    return cell == Cell::Lstm || cell == Cell::Gru;
}

void readActivation(ReadContext& context, const ObjectReader& object, bool isLast, LayerSpec& layer)
{
    Activation& kind = layer.activation.kind;
    kind = layer.cell == Cell::Elman || layer.cell == Cell::Jordan ? Activation::Tanh : Activation::Identity;
    bool known = true;
    if (const auto value = object.find("activation")) {
        known = readChoice(context, *value, format::activations, kind);
        if (isGated(layer.cell))
            context.report(*value,
                           "not allowed on an lstm or gru layer, whose activations are fixed; leave it out");
        else if (known && kind == Activation::Softmax && !isLast)
            context.report(*value,
                           "softmax is for the last layer only; must be identity, sigmoid, tanh or relu");
    }
    if (object.number("slope", {}, layer.activation.slope) && known &&
        (kind != Activation::Sigmoid || isGated(layer.cell)))
        context.report(*object.find("slope"),
                       "only for the activation sigmoid; leave it out or set \"activation\": \"sigmoid\"");
}

/// Options that belong to some cells only.
void readCellOptions(ReadContext& context, const ObjectReader& object, LayerSpec& layer)
{
    const Cell cell = layer.cell;
    if (object.boolean("bidirectional", layer.bidirectional) && layer.bidirectional &&
        (cell == Cell::Dense || cell == Cell::Jordan))
        context.report(*object.find("bidirectional"),
                       "only an elman, lstm or gru layer can be bidirectional; "
                       "must be false");
    if (object.number("context_decay", NumberRange::fraction(), layer.contextDecay) && cell != Cell::Jordan)
        context.report(*object.find("context_decay"), "only for a jordan layer; leave it out");
    if (object.boolean("reset_after", layer.resetAfter) && cell != Cell::Gru)
        context.report(*object.find("reset_after"), "only for a gru layer; leave it out");
}

LayerSpec readLayer(ReadContext& context, JsonValue value, bool isLast)
{
    LayerSpec layer;
    layer.units = 1;
    const ObjectReader object(context, value,
                              {"name", "cell", "units", "activation", "slope", "bias", "trainable",
                               "bidirectional", "context_decay", "reset_after"});
    if (const auto name = object.require("name", "\"hidden\""))
        readName(context, *name, layer);
    const auto cell = object.require("cell", "\"elman\"");
    if (cell && readChoice(context, *cell, format::cells, layer.cell)) {
        readActivation(context, object, isLast, layer);
        readCellOptions(context, object, layer);
    }
    object.boolean("bias", layer.bias);
    object.boolean("trainable", layer.trainable);
    if (const auto units = object.require("units", "8"))
        readUnits(context, *units, isLast, layer);
    return layer;
}

void checkTogether(ReadContext& context, JsonValue layers, const NetworkSpec& network)
{
    const bool hasJordan = std::any_of(network.layers.begin(), network.layers.end(),
                                       [](const LayerSpec& layer) { return layer.cell == Cell::Jordan; });
    std::set<std::string_view> names;
    std::size_t i = 0;
    for (const JsonValue layer : layers.children()) {
        const LayerSpec& spec = network.layers[i++];
        const auto name = findMember(layer, "name");
        if (name && name->is(JsonKind::String) && !names.insert(spec.name).second)
            context.report(*name, "the name \"" + shownText(spec.name) +
                                      "\" is taken by a layer before; must be another one");
        if (spec.bidirectional && hasJordan)
            context.report(*findMember(layer, "bidirectional"),
                           "a bidirectional layer cannot stand beside a jordan layer; must be false");
    }
}

void readInit(ReadContext& context, JsonValue value, NetworkSpec& network)
{
    const ObjectReader object(context, value, {"scheme", "range", "seed"});
    object.number("range", NumberRange::atLeast(0.0), network.init.range);
    object.seed("seed", network.init.seed);
    if (!object.choice("scheme", format::initSchemes, network.init.scheme) ||
        network.init.scheme != InitScheme::Identity)
        return;
    for (const LayerSpec& layer : network.layers)
        if (layer.cell != Cell::Dense && layer.cell != Cell::Elman)
            context.report(*object.find("scheme"),
                           "identity is for elman layers only, the layer \"" + shownText(layer.name) +
                               "\" is " + std::string(format::cells[static_cast<std::size_t>(layer.cell)]) +
                               "; must be uniform, xavier, orthogonal or zeros");
}

} // namespace

NetworkSpec readNetwork(ReadContext& context, JsonValue value)
{
    NetworkSpec network;
    const ObjectReader object(context, value, {"inputs", "layers", "init", "weights"});
    if (const auto inputs = object.require("inputs", "\"task\""))
        readSize(context, *inputs, format::maxParameters, network.inputs);
    const auto layers =
        object.require("layers", "[{\"name\": \"output\", \"cell\": \"dense\", \"units\": 1}]");
    if (layers && readList(context, *layers, "layers")) {
        std::size_t left = layers->count();
        if (left == 0)
            context.report(*layers, "empty; must have at least one layer");
        if (left > static_cast<std::size_t>(format::maxLayers)) {
            context.report(*layers, "has " + std::to_string(left) + " layers; the limit is " +
                                        std::to_string(format::maxLayers));
            return network;
        }
        network.layers.reserve(left);
        for (const JsonValue layer : layers->children())
            network.layers.push_back(readLayer(context, layer, --left == 0));
        checkTogether(context, *layers, network);
    }
    if (const auto init = object.find("init"))
        readInit(context, *init, network);
    return network;
}

} // namespace chronograd
