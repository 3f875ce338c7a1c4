#include "core/experiment/experiment_io.h"
#include "core/experiment/experiment_writer.h"
#include "core/experiment/format_names.h"

namespace chronograd {
namespace {

template<std::size_t Count, typename Enum>
std::string_view nameOf(const std::array<std::string_view, Count>& names, Enum value)
{
    return names[static_cast<std::size_t>(value)];
}

/// A size that is a number or "task".
void writeSize(JsonWriter& json, const std::optional<int>& size)
{
    if (size)
        json.whole(*size);
    else
        json.text("task");
}

void writeLayer(JsonWriter& json, const LayerSpec& layer)
{
    const bool gated = layer.cell == Cell::Lstm || layer.cell == Cell::Gru;
    const Activation usual =
        layer.cell == Cell::Elman || layer.cell == Cell::Jordan ? Activation::Tanh : Activation::Identity;
    json.beginObject(JsonWriter::Layout::Line);
    json.key("name").text(layer.name);
    json.key("cell").text(nameOf(format::cells, layer.cell));
    writeSize(json.key("units"), layer.units);
    if (!gated && layer.activation.kind != usual)
        json.key("activation").text(nameOf(format::activations, layer.activation.kind));
    if (!gated && layer.activation.kind == Activation::Sigmoid && layer.activation.slope != 1.0)
        json.key("slope").number(layer.activation.slope);
    if (!layer.bias)
        json.key("bias").boolean(false);
    if (!layer.trainable)
        json.key("trainable").boolean(false);
    if (layer.bidirectional)
        json.key("bidirectional").boolean(true);
    if (layer.contextDecay != 0.0)
        json.key("context_decay").number(layer.contextDecay);
    if (!layer.resetAfter)
        json.key("reset_after").boolean(false);
    json.endObject();
}

void writeInit(JsonWriter& json, const InitSpec& init)
{
    const InitSpec usual;
    if (init == usual)
        return;
    json.key("init").beginObject(JsonWriter::Layout::Line);
    if (init.scheme != usual.scheme)
        json.key("scheme").text(nameOf(format::initSchemes, init.scheme));
    if (init.range != usual.range)
        json.key("range").number(init.range);
    if (init.seed != usual.seed)
        json.key("seed").natural(init.seed);
    json.endObject();
}

void writeNetwork(JsonWriter& json, const NetworkSpec& network)
{
    json.key("network").beginObject();
    writeSize(json.key("inputs"), network.inputs);
    json.key("layers").beginArray();
    for (const LayerSpec& layer : network.layers)
        writeLayer(json, layer);
    json.endArray();
    writeInit(json, network.init);
    if (!network.weights.empty())
        writeParameters(json.key("weights"), network.weights, network);
    json.endObject();
}

void writeExpected(JsonWriter& json, const std::vector<BookValue>& expected)
{
    json.key("expected").beginArray();
    for (const BookValue& book : expected) {
        json.beginObject(JsonWriter::Layout::Line);
        json.key("of").text(book.of);
        if (book.update != 1)
            json.key("update").whole(book.update);
        json.key("value").text(book.value);
        if (!book.sign.empty())
            json.key("sign").text(book.sign);
        if (!book.alias.empty())
            json.key("alias").text(book.alias);
        if (!book.note.empty())
            json.key("note").text(book.note);
        json.endObject();
    }
    json.endArray();
}

void writeTextKey(JsonWriter& json, std::string_view key, const std::string& text)
{
    if (!text.empty())
        json.key(key).text(text);
}

bool isBias(std::string_view parameter)
{
    const std::string_view last = parameter.substr(parameter.rfind('.') + 1);
    return last == "b" || last == "b_hn";
}

void writeMatrix(JsonWriter& json, const Matrix& matrix, bool asList)
{
    json.beginArray(asList ? JsonWriter::Layout::Line : JsonWriter::Layout::Block);
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        if (!asList)
            json.beginArray(JsonWriter::Layout::Line);
        for (Eigen::Index j = 0; j < matrix.cols(); ++j)
            json.number(matrix(i, j));
        if (!asList)
            json.endArray();
    }
    json.endArray();
}

} // namespace

void writeParameters(JsonWriter& json, const std::map<std::string, Matrix>& parameters,
                     const NetworkSpec& network)
{
    json.beginObject();
    // Layer by layer, as people read a network; the map is in the order of the alphabet.
    for (const LayerSpec& layer : network.layers)
        for (const auto& [name, matrix] : parameters)
            if (name.substr(0, name.find('.')) == layer.name)
                writeMatrix(json.key(name), matrix, isBias(name));
    json.endObject();
}

std::string writeExperiment(const Experiment& experiment)
{
    JsonWriter json;
    json.beginObject();
    json.key("chronograd").whole(format::version);
    writeTextKey(json, "name", experiment.name);
    writeTextKey(json, "description", experiment.description);
    writeTextKey(json, "author", experiment.author);
    writeNetwork(json, experiment.network);
    writeTask(json, experiment.task);
    writeTraining(json, experiment.training);
    if (!experiment.expected.empty())
        writeExpected(json, experiment.expected);
    if (experiment.session)
        writeSession(json, *experiment.session, experiment.network);
    json.endObject();
    return json.take() + '\n';
}

} // namespace chronograd
