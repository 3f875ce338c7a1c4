#include "tests/support/experiment_text.h"

#include <QTest>

using namespace chronograd;
using namespace chronograd::test;

/// What breaks a rule of the format is refused in one line: place, what is wrong, what would be right.
class TestExperimentErrors : public QObject
{
    Q_OBJECT

private slots:
    void refused_data();
    void refused();
    void accepted_data();
    void accepted();
    void tellsTheFirstInTheFile();
    void messageStaysOneLine();
    void newerVersionGoesFirst();
    void missingFileIsNamed();

private:
    void file();
    void network();
    void cells();
    void bidirectional();
    void weights();
    void inlineTask();
    void otherTasks();
    void training();
    void schedule();
    void session();
};

namespace {

/// A row: `from` of the sound experiment replaced by `to` gives this message.
void row(const char* name, const char* from, const char* to, const char* message)
{
    QTest::newRow(name) << QByteArray::fromStdString(replaced(soundExperiment, from, to))
                        << QByteArray(message);
}

const char* const hiddenLayer = R"({"name": "hidden", "cell": "elman", "units": 2})";
const char* const outputLayer = R"({"name": "output", "cell": "dense", "units": 1})";
const char* const weightsKey = R"(,
    "weights": {"hidden.W_h": [[0.1, 0.2], [0.3, 0.4]], "hidden.b": [0.5, 0.6]})";
const char* const wholeTask =
    R"({"kind": "inline", "sequences": [{"inputs": [[1], null, [3]], "targets": [[1], [2], null]}]})";
const char* const wholeTraining = R"({"k1": 2, "k2": 3, "learning_rate": 0.1, "momentum": 0.5})";

void layerRow(const char* name, const char* layer, const char* message)
{
    const std::string plain = replaced(soundExperiment, weightsKey, "");
    QTest::newRow(name) << QByteArray::fromStdString(replaced(plain, hiddenLayer, layer))
                        << QByteArray(message);
}

void outputRow(const char* name, const char* layer, const char* message)
{
    row(name, outputLayer, layer, message);
}

void taskRow(const char* name, const char* task, const char* message)
{
    row(name, wholeTask, task, message);
}

void trainingRow(const char* name, const char* training, const char* message)
{
    row(name, wholeTraining, training, message);
}

} // namespace

void TestExperimentErrors::file()
{
    row("no version", "\"chronograd\": 1,", "",
        "/chronograd: missing; must be there, as in \"chronograd\": 1");
    row("version 0", "\"chronograd\": 1", "\"chronograd\": 0",
        "/chronograd: must be 1 (the version of the format), "
        "is 0");
    row("version as text", "\"chronograd\": 1", "\"chronograd\": \"1\"", "/chronograd: must be 1");
    row("newer version", "\"chronograd\": 1", "\"chronograd\": 2", "/chronograd: made by a newer version");
    row("much newer version", "\"chronograd\": 1", "\"chronograd\": 1e30",
        "/chronograd: made by a newer version");
    row("no task", "\"task\"", "\"name\": \"x\", \"author\"",
        "/task: missing; must be there, as in \"task\"");
    row("no network", "\"network\"", "\"session\"", "/network: missing; must be there, as in \"network\"");
    row("unknown key", "\"chronograd\": 1", "\"chronograd\": 1, \"netwrok\": 2",
        "/netwrok: unknown key, perhaps \"network\" is meant; known here: chronograd, name, description");
    row("unknown key like no other", "\"chronograd\": 1", "\"chronograd\": 1, \"colour\": 2",
        "/colour: unknown key; known here: chronograd");
    row("a setting outside its section", "\"chronograd\": 1", "\"chronograd\": 1, \"k2\": 2",
        "/k2: unknown key, perhaps /training/k2 is meant; known here: chronograd");
    row("empty key", "\"chronograd\": 1", "\"chronograd\": 1, \"\": 2", "/: unknown key; known here");
    row("duplicate key", "\"chronograd\": 1", "\"chronograd\": 1, \"chronograd\": 1",
        "/chronograd: given twice; each key may be there once");
    row("name is a number", "\"chronograd\": 1", "\"chronograd\": 1, \"name\": 7",
        "/name: must be a string, is 7");
    row("description is null", "\"chronograd\": 1", "\"chronograd\": 1, \"description\": null",
        "/description: must be a string, is null");
    row("network is a list", "\"chronograd\": 1,\n  \"network\": {",
        "\"chronograd\": 1,\n  \"network\": [], \"author\": {", "/network: must be an object, is a list");
}

void TestExperimentErrors::network()
{
    row("no inputs", "\"inputs\": 1,", "",
        "/network/inputs: missing; must be there, as in \"inputs\": \"task\"");
    row("inputs 0", "\"inputs\": 1,", "\"inputs\": 0,",
        "/network/inputs: must be a whole number from 1 to 10000000 or \"task\", is 0");
    row("inputs some text", "\"inputs\": 1,", "\"inputs\": \"tsak\",",
        "/network/inputs: must be a whole number");
    row("inputs do not fit the task", "\"inputs\": 1,", "\"inputs\": 2,",
        "/network/inputs: the network has 2 inputs, the task gives 1; must be equal, or \"task\"");
    row("unknown key of the network", "\"inputs\": 1,", "\"inputs\": 1, \"layer\": 1,",
        "/network/layer: unknown key, perhaps \"layers\" is meant; known here: inputs, layers, init and "
        "weights");
    row("init is no object", "\"inputs\": 1,", "\"inputs\": 1, \"init\": \"zeros\",",
        "/network/init: must be an object, is \"zeros\"");
    row("init scheme unknown", "\"inputs\": 1,", "\"inputs\": 1, \"init\": {\"scheme\": \"he\"},",
        "/network/init/scheme: must be one of \"uniform\", \"xavier\", \"orthogonal\", \"identity\" or "
        "\"zeros\", is "
        "\"he\"");
    row("init range negative", "\"inputs\": 1,", "\"inputs\": 1, \"init\": {\"range\": -0.5},",
        "/network/init/range: must be at least 0, is -0.5");
    row("init seed negative", "\"inputs\": 1,", "\"inputs\": 1, \"init\": {\"seed\": -1},",
        "/network/init/seed: must be a whole number from 0 to 18446744073709551615, is -1");
    row("init seed beyond 64 bits", "\"inputs\": 1,",
        "\"inputs\": 1, \"init\": {\"seed\": 18446744073709551616},",
        "/network/init/seed: must be a whole number from 0 to");
}

void TestExperimentErrors::cells()
{
    layerRow("layer is no object", "3", "/network/layers/0: must be an object, is 3");
    layerRow("layer without a name", R"({"cell": "elman", "units": 2})", "/network/layers/0/name: missing");
    layerRow("layer without a cell", R"({"name": "a", "units": 2})", "/network/layers/0/cell: missing");
    layerRow("layer without units", R"({"name": "a", "cell": "elman"})", "/network/layers/0/units: missing");
    layerRow("name begins with a digit", R"({"name": "1st", "cell": "elman", "units": 2})",
             "/network/layers/0/name: must be a letter followed by letters, digits and _, is \"1st\"");
    layerRow("name with a dot", R"({"name": "a.b", "cell": "elman", "units": 2})",
             "/network/layers/0/name: must be");
    layerRow("name empty", R"({"name": "", "cell": "elman", "units": 2})",
             "/network/layers/0/name: must be a letter");
    layerRow("name with a letter beyond ASCII", R"({"name": "über", "cell": "elman", "units": 2})",
             "/network/layers/0/name: must be a letter");
    layerRow(
        "name reserved", R"({"name": "forward", "cell": "elman", "units": 2})",
        "/network/layers/0/name: \"forward\" cannot be a layer's name; must be none of loss, input, target, "
        "forward or backward");
    outputRow("name twice", R"({"name": "hidden", "cell": "dense", "units": 1})",
              "/network/layers/1/name: the name \"hidden\" is taken by a layer before; must be another one");
    layerRow(
        "cell unknown", R"({"name": "a", "cell": "elmn", "units": 2})",
        "/network/layers/0/cell: must be one of \"dense\", \"elman\", \"jordan\", \"lstm\" or \"gru\", is "
        "\"elmn\"");
    layerRow("units 0", R"({"name": "a", "cell": "elman", "units": 0})",
             "/network/layers/0/units: must be a whole number from 1 to 4096, is 0");
    layerRow("units 4097", R"({"name": "a", "cell": "elman", "units": 4097})",
             "/network/layers/0/units: must be a whole number from 1 to 4096, is 4097");
    layerRow("units 10^30", R"({"name": "a", "cell": "elman", "units": 1e30})",
             "/network/layers/0/units: must be a whole number from 1 to 4096, is 1e+30");
    layerRow("units 2.5", R"({"name": "a", "cell": "elman", "units": 2.5})",
             "/network/layers/0/units: must be");
    layerRow("units true", R"({"name": "a", "cell": "elman", "units": true})",
             "/network/layers/0/units: must be a whole number from 1 to 4096, is true");
    layerRow("units of the task, not last", R"({"name": "a", "cell": "elman", "units": "task"})",
             "/network/layers/0/units: only the last layer's units may be \"task\"");
    outputRow(
        "units do not fit the task", R"({"name": "output", "cell": "dense", "units": 3})",
        "/network/layers/1/units: the last layer has 3 outputs, the task gives 1 target; must be equal, or "
        "\"task\"");
    layerRow(
        "too many parameters", R"({"name": "a", "cell": "elman", "units": 4096})",
        "/network/layers/0/units: the network has 16781312 parameters up to here; the limit is 10000000");
    layerRow("activation unknown", R"({"name": "a", "cell": "elman", "units": 2, "activation": "tan"})",
             "/network/layers/0/activation: must be one of \"identity\", \"sigmoid\"");
    layerRow("softmax not last", R"({"name": "a", "cell": "dense", "units": 2, "activation": "softmax"})",
             "/network/layers/0/activation: softmax is for the last layer only; must be identity, sigmoid, "
             "tanh or "
             "relu");
    layerRow("activation on lstm", R"({"name": "a", "cell": "lstm", "units": 2, "activation": "tanh"})",
             "/network/layers/0/activation: not allowed on an lstm or gru layer");
    layerRow("activation on gru", R"({"name": "a", "cell": "gru", "units": 2, "activation": "tanh"})",
             "/network/layers/0/activation: not allowed on an lstm or gru layer");
    layerRow("slope with tanh", R"({"name": "a", "cell": "elman", "units": 2, "slope": 2})",
             "/network/layers/0/slope: only for the activation sigmoid");
    layerRow("slope on lstm", R"({"name": "a", "cell": "lstm", "units": 2, "slope": 2})",
             "/network/layers/0/slope: only for the activation sigmoid");
    layerRow("slope is text",
             R"({"name": "a", "cell": "elman", "units": 2, "activation": "sigmoid", "slope": "2"})",
             "/network/layers/0/slope: must be a number, is \"2\"");
    layerRow("bias is 0", R"({"name": "a", "cell": "elman", "units": 2, "bias": 0})",
             "/network/layers/0/bias: must be true or false, is 0");
    layerRow("trainable is text", R"({"name": "a", "cell": "elman", "units": 2, "trainable": "no"})",
             "/network/layers/0/trainable: must be true or false");
    layerRow("context_decay on elman", R"({"name": "a", "cell": "elman", "units": 2, "context_decay": 0.5})",
             "/network/layers/0/context_decay: only for a jordan layer; leave it out");
    layerRow("context_decay 1", R"({"name": "a", "cell": "jordan", "units": 2, "context_decay": 1})",
             "/network/layers/0/context_decay: must be at least 0 and below 1, is 1");
    layerRow("reset_after on lstm", R"({"name": "a", "cell": "lstm", "units": 2, "reset_after": false})",
             "/network/layers/0/reset_after: only for a gru layer; leave it out");
    layerRow("unknown key of a layer", R"({"name": "a", "cell": "elman", "units": 2, "unit": 3})",
             "/network/layers/0/unit: unknown key, perhaps \"units\" is meant");
    QTest::newRow("identity init with jordan")
        << QByteArray::fromStdString(replaced(replaced(soundExperiment, "\"elman\"", "\"jordan\""),
                                              weightsKey, ", \"init\": {\"scheme\": \"identity\"}"))
        << QByteArray(
               "/network/init/scheme: identity is for elman layers only, the layer \"hidden\" is jordan");
    QTest::newRow("no layers") << QByteArray(R"({"chronograd": 1, "network": {"inputs": 1, "layers": []},
                                                  "task": {"kind": "echo"}})")
                               << QByteArray("/network/layers: empty; must have at least one layer");
    QTest::newRow("layers are no list")
        << QByteArray(R"({"chronograd": 1, "network": {"inputs": 1, "layers": {}},
                                                           "task": {"kind": "echo"}})")
        << QByteArray("/network/layers: must be a list of layers, is an object");
}

void TestExperimentErrors::bidirectional()
{
    layerRow("bidirectional dense", R"({"name": "a", "cell": "dense", "units": 2, "bidirectional": true})",
             "/network/layers/0/bidirectional: only an elman, lstm or gru layer can be bidirectional");
    layerRow("bidirectional jordan", R"({"name": "a", "cell": "jordan", "units": 2, "bidirectional": true})",
             "/network/layers/0/bidirectional: only an elman, lstm or gru layer can be bidirectional");
    layerRow("bidirectional with k1 = 2",
             R"({"name": "a", "cell": "gru", "units": 2, "bidirectional": true})",
             "/training/k1: must be \"n\" with a bidirectional layer, which needs the whole sequence, is 2");
    layerRow("bidirectional beside jordan",
             R"({"name": "a", "cell": "gru", "units": 2, "bidirectional": true},
                {"name": "b", "cell": "jordan", "units": 2})",
             "/network/layers/0/bidirectional: a bidirectional layer cannot stand beside a jordan layer");
    const auto with = [](const char* name, const char* trainingText, const char* message) {
        std::string text = replaced(replaced(soundExperiment, weightsKey, ""), wholeTraining, trainingText);
        text = replaced(text, "\"units\": 2", "\"units\": 2, \"bidirectional\": true");
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(message);
    };
    with("bidirectional with the default k1", "{}", "/training: k1 must be \"n\" with a bidirectional layer");
    with("bidirectional with k2 = 3", R"({"k1": "n", "k2": 3})",
         "/training/k2: must be \"n\" with a bidirectional");
    with("bidirectional and carry", R"({"k1": "n", "k2": "n", "state": "carry"})",
         "/training/state: carry cannot be with a bidirectional layer; must be \"reset\"");
    with("bidirectional, k1 in the schedule",
         R"({"k1": "n", "k2": "n", "schedule": [{"update": 2, "set": {"k1": 4}}]})",
         "/training/schedule/0/set/k1: must be \"n\" with a bidirectional layer");
    with("bidirectional, carry in the schedule",
         R"({"k1": "n", "k2": "n", "schedule": [{"update": 2, "set": {"state": "carry"}}]})",
         "/training/schedule/0/set/state: carry cannot be with a bidirectional layer");
}

void TestExperimentErrors::weights()
{
    row("unknown parameter", "\"hidden.W_h\"", "\"hidden.W_x_\"",
        "/network/weights/hidden.W_x_: unknown key, perhaps \"hidden.W_x\" is meant; known here: hidden.W_x, "
        "hidden.W_h, hidden.b, output.W and output.b");
    row("matrix with too few rows", "[[0.1, 0.2], [0.3, 0.4]]", "[[0.1, 0.2]]",
        "/network/weights/hidden.W_h: must be 2 × 2 (rows × columns), is 1 × 2");
    row("matrix with too many columns", "[[0.1, 0.2], [0.3, 0.4]]", "[[1, 2, 3], [4, 5, 6]]",
        "/network/weights/hidden.W_h: must be 2 × 2 (rows × columns), is 2 × 3");
    row("empty matrix", "[[0.1, 0.2], [0.3, 0.4]]", "[]", "must be 2 × 2 (rows × columns), is 0 × 0");
    row("ragged matrix", "[[0.1, 0.2], [0.3, 0.4]]", "[[0.1, 0.2], [0.3]]",
        "/network/weights/hidden.W_h/1: must have 2 numbers as the rows before, has 1");
    row("matrix as a number", "[[0.1, 0.2], [0.3, 0.4]]", "0.1",
        "/network/weights/hidden.W_h: must be a list of rows, 2 × 2 (rows × columns), is 0.1");
    row("matrix as a plain list", "[[0.1, 0.2], [0.3, 0.4]]", "[0.1, 0.2]",
        "/network/weights/hidden.W_h/0: must be a list of numbers (a row of the matrix), is 0.1");
    row("null in a matrix", "[[0.1, 0.2], [0.3, 0.4]]", "[[0.1, null], [0.3, 0.4]]",
        "/network/weights/hidden.W_h/0/1: must be a number, is null");
    row("bias too long", "[0.5, 0.6]", "[0.5, 0.6, 0.7]",
        "/network/weights/hidden.b: must be a list of 2 numbers, is one of 3");
    row("bias as a matrix", "[0.5, 0.6]", "[[0.5], [0.6]]",
        "/network/weights/hidden.b/0: must be a number, is a list");
    row("bias of a layer without", "\"units\": 2}", "\"units\": 2, \"bias\": false}",
        "/network/weights/hidden.b: unknown key; known here: hidden.W_x, hidden.W_h, output.W and output.b");
    row("weight given twice", "\"hidden.b\"", "\"hidden.W_h\"", "/network/weights/hidden.W_h: given twice");
    row("lstm stacks four gates", "\"elman\"", "\"lstm\"",
        "/network/weights/hidden.W_h: must be 8 × 2 (rows × columns), is 2 × 2");
    row("jordan has no W_h", "\"elman\"", "\"jordan\"",
        "/network/weights/hidden.W_h: unknown key, perhaps \"hidden.W_x\" is meant; known here: hidden.W_x, "
        "hidden.W_y, hidden.b");
}

void TestExperimentErrors::inlineTask()
{
    row("null inside a row", "[[1], null, [3]]", "[[1], [null], [3]]",
        "/task/sequences/0/inputs/1/0: null inside a row; must be a number (the whole row may be null)");
    row("text inside a row", "[[1], null, [3]]", "[[1], [\"2\"], [3]]",
        "/task/sequences/0/inputs/1/0: must be a number, is \"2\"");
    row("ragged rows", "[[1], null, [3]]", "[[1], null, [3, 4]]",
        "/task/sequences/0/inputs/2: must have 1 numbers as the rows before, has 2");
    row("empty row", "[[1], null, [3]]", "[[], null, [3]]",
        "/task/sequences/0/inputs/0: empty; must have at least one");
    row("row is a number", "[[1], null, [3]]", "[1, 2, 3]",
        "/task/sequences/0/inputs/0: must be a list of numbers (one per column) or null, is 1");
    row("targets shorter than inputs", "[[1], [2], null]", "[[1], [2]]",
        "/task/sequences/0/targets: inputs have 3 steps, targets 2; must be as many");
    row("empty sequence", "[[1], null, [3]]", "[]",
        "/task/sequences/0/inputs: an empty sequence; must have from 1 to 1000000 steps");
    row("sequence without targets", ", \"targets\": [[1], [2], null]", "",
        "/task/sequences/0/targets: missing");
    taskRow("no sequences", R"({"kind": "inline", "sequences": []})",
            "/task/sequences: empty; must have at least one sequence");
    taskRow("sequences missing", R"({"kind": "inline"})", "/task/sequences: missing");
    taskRow("rows differ between sequences",
            R"({"kind": "inline", "sequences": [{"inputs": [[1]], "targets": [[1]]},
                                                {"inputs": [[1, 2]], "targets": [[1]]}]})",
            "/task/sequences/1/inputs/0: must have 1 numbers as the rows before, has 2");
    taskRow("rows differ in the test part",
            R"({"kind": "inline", "sequences": [{"inputs": [[1]], "targets": [[1]]}],
                "test_sequences": [{"inputs": [[1]], "targets": [[1, 2]]}]})",
            "/task/test_sequences/0/targets/0: must have 1 numbers as the rows before, has 2");
    QTest::newRow("\"task\" with only null rows")
        << QByteArray::fromStdString(
               replaced(replaced(soundExperiment, "[[1], null, [3]]", "[null, null, null]"), "\"inputs\": 1",
                        "\"inputs\": \"task\""))
        << QByteArray("/network/inputs: \"task\", but all input rows of the task are null; must be a number");
    std::string rows = "null";
    for (int i = 0; i < 1'000'000; ++i)
        rows += ",null";
    QTest::newRow("sequence of a million and one steps")
        << QByteArray::fromStdString(replaced(soundExperiment, "[[1], null, [3]]", "[" + rows + "]"))
        << QByteArray(
               "/task/sequences/0/inputs: a sequence of 1000001 steps; must have from 1 to 1000000 steps");
}

void TestExperimentErrors::otherTasks()
{
    taskRow("task without a kind", R"({"delay": 3})", "/task/kind: missing");
    taskRow("task kind unknown", R"({"kind": "eco"})",
            "/task/kind: must be one of \"inline\", \"csv\", \"text\"");
    taskRow("task is a list", "[]", "/task: must be an object, is a list");
    taskRow("csv without path", R"({"kind": "csv", "inputs": ["x"], "targets": ["y"]})",
            "/task/path: missing");
    taskRow("csv path empty", R"({"kind": "csv", "path": "", "inputs": ["x"], "targets": ["y"]})",
            "/task/path: must be the name of a file, relative to the experiment, is \"\"");
    taskRow("csv path with a zero byte",
            R"({"kind": "csv", "path": "a\u0000b", "inputs": ["x"], "targets": ["y"]})",
            "/task/path: must be the name of a file");
    taskRow("csv without columns", R"({"kind": "csv", "path": "a", "inputs": [], "targets": ["y"]})",
            "/task/inputs: empty; must name at least one column");
    taskRow("csv column is a number", R"({"kind": "csv", "path": "a", "inputs": [1], "targets": ["y"]})",
            "/task/inputs/0: must be a string, is 1");
    taskRow("csv columns as text", R"({"kind": "csv", "path": "a", "inputs": "x", "targets": ["y"]})",
            "/task/inputs: must be a list of column names, is \"x\"");
    taskRow("csv columns do not fit",
            R"({"kind": "csv", "path": "a", "inputs": ["x", "z"], "targets": ["y"]})",
            "/network/inputs: the network has 1 input, the task gives 2");
    taskRow("csv horizon negative",
            R"({"kind": "csv", "path": "a", "inputs": ["x"], "targets": ["y"], "horizon": -1})",
            "/task/horizon: must be a whole number from 0 to 1000000, is -1");
    taskRow("csv test_fraction 1",
            R"({"kind": "csv", "path": "a", "inputs": ["x"], "targets": ["y"], "test_fraction": 1})",
            "/task/test_fraction: must be at least 0 and below 1, is 1");
    taskRow("csv missing rule",
            R"({"kind": "csv", "path": "a", "inputs": ["x"], "targets": ["y"], "missing": "skip"})",
            "/task/missing: must be \"error\" or \"interpolate\", is \"skip\"");
    taskRow("csv normalise",
            R"({"kind": "csv", "path": "a", "inputs": ["x"], "targets": ["y"], "normalise": 1})",
            "/task/normalise: must be true or false, is 1");
    taskRow("csv length", R"({"kind": "csv", "path": "a", "inputs": ["x"], "targets": ["y"], "length": 0})",
            "/task/length: must be a whole number from 1 to 1000000, is 0");
    taskRow("text of nothing", R"({"kind": "text"})", "/task: neither path nor text is there");
    taskRow("text twice", R"({"kind": "text", "text": "ab", "path": "a"})",
            "/task/path: path and text are both given");
    taskRow("text empty", R"({"kind": "text", "text": ""})",
            "/task/text: empty; must have at least two characters");
    taskRow("echo delay negative", R"({"kind": "echo", "delay": -1})",
            "/task/delay: must be a whole number from 0 to");
    taskRow("echo with a period", R"({"kind": "echo", "period": 3})",
            "/task/period: unknown key; known here: kind, length, sequences, seed and delay");
    taskRow("sine period 0", R"({"kind": "sine", "period": 0})",
            "/task/period: must be greater than 0, is 0");
    taskRow("anbn max_n 0", R"({"kind": "anbn", "max_n": 0})",
            "/task/max_n: must be a whole number from 1 to");
    taskRow("latch noise negative", R"({"kind": "latch", "noise": -1})",
            "/task/noise: must be at least 0, is -1");
    taskRow("parity length 0", R"({"kind": "parity", "length": 0})",
            "/task/length: must be a whole number from 1 to 1000000, is 0");
    taskRow("adding needs two steps", R"({"kind": "adding", "length": 1})",
            "/task/length: must be a whole number from 2 to 1000000, is 1");
    taskRow("echo too long", R"({"kind": "echo", "length": 1000001})",
            "/task/length: must be a whole number from 1 to 1000000, is 1000001");
    taskRow(
        "echo too much", R"({"kind": "echo", "length": 1000000, "sequences": 1000})",
        "/task/sequences: 1000 sequences of 1000000 steps are more than the limit of 10000000 steps in all");
    taskRow("seed is text", R"({"kind": "temporal_xor", "seed": "x"})",
            "/task/seed: must be a whole number from 0");
    taskRow("sum has two inputs", R"({"kind": "sum"})",
            "/network/inputs: the network has 1 input, the task gives 2");
    taskRow("reber has seven symbols", R"({"kind": "reber"})",
            "/network/inputs: the network has 1 input, the task "
            "gives 7");
}

void TestExperimentErrors::training()
{
    trainingRow("training is a list", "[]", "/training: must be an object, is a list");
    trainingRow("k1 is 0", R"({"k1": 0})",
                "/training/k1: must be a whole number from 1 to 1000000000 or \"n\", is 0");
    trainingRow("k1 is 10^9 + 1", R"({"k1": 1000000001})",
                "/training/k1: must be a whole number from 1 to 1000000000 "
                "or \"n\", is 1000000001");
    trainingRow("k2 is 1.5", R"({"k2": 1.5})", "/training/k2: must be a whole number from 1 to");
    trainingRow("k2 is N", R"({"k2": "N"})",
                "/training/k2: must be a whole number from 1 to 1000000000 or \"n\", is "
                "\"N\"");
    trainingRow("k1 is null", R"({"k1": null})", "/training/k1: must be a whole number");
    trainingRow("learning rate 0", R"({"learning_rate": 0})",
                "/training/learning_rate: must be greater than 0, is 0");
    trainingRow("learning rate as text", R"({"learning_rate": "0.1"})",
                "/training/learning_rate: must be a number (greater than 0), is \"0.1\"");
    trainingRow("momentum 1", R"({"momentum": 1})",
                "/training/momentum: must be at least 0 and below 1, is 1");
    trainingRow("momentum negative", R"({"momentum": -0.1})",
                "/training/momentum: must be at least 0 and below 1");
    trainingRow("clip_norm 0", R"({"clip_norm": 0})",
                "/training/clip_norm: must be greater than 0 or null, is 0");
    trainingRow("loss unknown", R"({"loss": "mse"})",
                "/training/loss: must be one of \"half_squared_error\", ");
    trainingRow("reduction unknown", R"({"reduction": "max"})",
                "/training/reduction: must be \"mean\" or \"sum\"");
    trainingRow("injection unknown", R"({"injection": "all"})",
                "/training/injection: must be one of \"recent\", \"window\" or \"last\", is \"all\"");
    trainingRow("history unknown", R"({"history": 1})",
                "/training/history: must be \"stored\" or \"recomputed\", is 1");
    trainingRow("window unknown", R"({"window": ""})",
                "/training/window: must be \"partial\" or \"full\", is \"\"");
    trainingRow(
        "optimizer unknown", R"({"optimizer": "Adam"})",
        "/training/optimizer: must be one of \"sgd\", \"nesterov\", \"rmsprop\" or \"adam\", is \"Adam\"");
    trainingRow("state unknown", R"({"state": "keep"})", "/training/state: must be \"reset\" or \"carry\"");
    trainingRow("chunk 0", R"({"chunk": 0})",
                "/training/chunk: must be a whole number from 1 to 1000000000 or null, is 0");
    trainingRow("chunk n", R"({"chunk": "n"})",
                "/training/chunk: must be a whole number from 1 to 1000000000 or null");
    trainingRow("decay 1", R"({"decay": 1})", "/training/decay: must be at least 0 and below 1, is 1");
    trainingRow("epsilon 0", R"({"epsilon": 0})", "/training/epsilon: must be greater than 0, is 0");
    trainingRow("beta1 2", R"({"beta1": 2})", "/training/beta1: must be at least 0 and below 1, is 2");
    trainingRow("beta2 null", R"({"beta2": null})",
                "/training/beta2: must be a number (at least 0 and below 1)");
    trainingRow("batch_size 0", R"({"batch_size": 0})",
                "/training/batch_size: must be a whole number from 1 to 1000000 or \"all\", is 0");
    trainingRow("shuffle 1", R"({"shuffle": 1})", "/training/shuffle: must be true or false, is 1");
    trainingRow("seed 1.5", R"({"seed": 1.5})", "/training/seed: must be a whole number from 0 to");
    trainingRow("updates negative", R"({"updates": -1})",
                "/training/updates: must be a whole number from 0 to 9007199254740992 or null, is -1");
    trainingRow("stop_loss as text", R"({"stop_loss": "0"})",
                "/training/stop_loss: must be a number or null, is \"0\"");
    trainingRow(
        "unknown training key", R"({"learning_rat": 1})",
        "/training/learning_rat: unknown key, perhaps \"learning_rate\" is meant; known here: k1, k2");
    trainingRow("carry with shuffle", R"({"state": "carry", "shuffle": true})",
                "/training/state: carry cannot be with shuffle; must be \"reset\", or shuffle false");
    trainingRow("carry with a batch", R"({"state": "carry", "batch_size": 4})",
                "/training/state: carry cannot be with a batch; must be \"reset\", or batch_size 1");
    trainingRow("carry with a batch of all", R"({"state": "carry", "batch_size": "all"})",
                "/training/state: carry cannot be with a batch");
    trainingRow(
        "cross_entropy without softmax", R"({"loss": "cross_entropy"})",
        "/training/loss: cross_entropy needs a last layer with the activation softmax, its activation is "
        "identity");
    trainingRow("binary_cross_entropy without sigmoid", R"({"loss": "binary_cross_entropy"})",
                "/training/loss: binary_cross_entropy needs a last layer with the activation sigmoid");
}

void TestExperimentErrors::schedule()
{
    trainingRow("schedule is an object", R"({"schedule": {}})",
                "/training/schedule: must be a list of entries");
    trainingRow("entry is a number", R"({"schedule": [3]})", "/training/schedule/0: must be an object, is 3");
    trainingRow("entry without update", R"({"schedule": [{"set": {}}]})",
                "/training/schedule/0/update: missing");
    trainingRow("update 0", R"({"schedule": [{"update": 0}]})",
                "/training/schedule/0/update: must be a whole number from 1 to");
    trainingRow(
        "unknown key of an entry", R"({"schedule": [{"update": 1, "sets": {}}]})",
        "/training/schedule/0/sets: unknown key, perhaps \"set\" is meant; known here: update, set and edit");
    trainingRow("what cannot be set", R"({"schedule": [{"update": 1, "set": {"seed": 3}}]})",
                "/training/schedule/0/set/seed: unknown key");
    trainingRow("set out of range", R"({"schedule": [{"update": 1, "set": {"momentum": 1.5}}]})",
                "/training/schedule/0/set/momentum: must be at least 0 and below 1, is 1.5");
    trainingRow(
        "later loss without softmax", R"({"schedule": [{"update": 1, "set": {"loss": "cross_entropy"}}]})",
        "/training/schedule/0/set/loss: cross_entropy needs a last layer with the activation softmax");
    trainingRow("later carry with shuffle",
                R"({"shuffle": true, "schedule": [{"update": 1, "set": {"state": "carry"}}]})",
                "/training/schedule/0/set/state: carry cannot be with shuffle");
    trainingRow(
        "edit of no number", R"({"schedule": [{"update": 1, "edit": {"hidden.W_h": 3}}]})",
        "/training/schedule/0/edit/hidden.W_h: not the name of a number; must be like hidden.W_h[3,2]");
    trainingRow(
        "edit of an unknown parameter", R"({"schedule": [{"update": 1, "edit": {"hid.W_h[1,1]": 3}}]})",
        "/training/schedule/0/edit/hid.W_h[1,1]: no such parameter; known here: hidden.W_x, hidden.W_h");
    trainingRow("edit outside the matrix", R"({"schedule": [{"update": 1, "edit": {"hidden.W_h[3,1]": 3}}]})",
                "/training/schedule/0/edit/hidden.W_h[3,1]: outside the parameter, which is 2 × 2");
    trainingRow("edit at index 0", R"({"schedule": [{"update": 1, "edit": {"hidden.b[0]": 3}}]})",
                "/training/schedule/0/edit/hidden.b[0]: not the name of a number");
    trainingRow("edit of a bias with two indices",
                R"({"schedule": [{"update": 1, "edit": {"hidden.b[1,1]": 3}}]})",
                "must have one index, as in hidden.b[1]");
    trainingRow("edit of a matrix with one index",
                R"({"schedule": [{"update": 1, "edit": {"hidden.W_h[1]": 3}}]})",
                "must have two indices, as in hidden.W_h[1,1]");
    trainingRow("edit of a datum without a sequence",
                R"({"schedule": [{"update": 1, "edit": {"input[1]@5": 3}}]})",
                "/training/schedule/0/edit/input[1]@5: not the name of a number");
    trainingRow("edit of a column that is not there",
                R"({"schedule": [{"update": 1, "edit": {"input[2]@1#1": 3}}]})",
                "/training/schedule/0/edit/input[2]@1#1: outside the task, which has 1 input");
    trainingRow("edit with text", R"({"schedule": [{"update": 1, "edit": {"hidden.b[1]": "x"}}]})",
                "/training/schedule/0/edit/hidden.b[1]: must be a number, is \"x\"");
    trainingRow("edits as a list", R"({"schedule": [{"update": 1, "edit": []}]})",
                "/training/schedule/0/edit: must be an object, is a list");
}

void TestExperimentErrors::session()
{
    const auto add = [](const char* name, const char* section, const char* message) {
        row(name, "\"chronograd\": 1", (std::string("\"chronograd\": 1, ") + section).c_str(), message);
    };
    add("session without update", R"("session": {})", "/session/update: missing");
    add("session update negative", R"("session": {"update": -1})",
        "/session/update: must be a whole number from 0");
    add("session parameter of a wrong shape",
        R"("session": {"update": 1, "parameters": {"output.W": [[1]]}})",
        "/session/parameters/output.W: must be 1 × 2 (rows × columns), is 1 × 1");
    add("book values as an object", R"("expected": {})",
        "/expected: must be a list of book values, is an object");
    add("book value as a number", R"("expected": [{"of": "loss", "value": 0.5}])",
        "/expected/0/value: must be a decimal number in quotes (its digits count), is 0.5");
    add("book value no number", R"("expected": [{"of": "loss", "value": "much"}])",
        "/expected/0/value: must be a decimal");
    add("book value of nothing", R"("expected": [{"value": "0.5"}])", "/expected/0/of: missing");
    add("book value with a strange sign", R"("expected": [{"of": "loss", "value": "0.5", "sign": "-"}])",
        "/expected/0/sign: must be \"error signal\" or \"delta\", is \"-\"");
    add("book value with text behind the number", R"("expected": [{"of": "loss", "value": "0.5 or so"}])",
        "/expected/0/value: must be a decimal");
    add("book value that is no finite number", R"("expected": [{"of": "loss", "value": "1e999"}])",
        "/expected/0/value: must be a decimal");
    add("book value of an update before the first",
        R"("expected": [{"of": "loss", "value": "0.5", "update": 0}])", "/expected/0/update: must be");
    add("book value of a layer that is not there",
        R"("expected": [{"of": "loss", "value": "1"}, {"of": "h1.net[1]@1", "value": "1"}])",
        "/expected/1/of: \"h1.net[1]@1\": there is no layer \"h1\"; the network has hidden and output");
    add("book value of a unit that is not there", R"("expected": [{"of": "hidden.out[3]@1", "value": "1"}])",
        "/expected/0/of: \"hidden.out[3]@1\": hidden.out has units 1 … 2");
    add("book value of a weight that is not there",
        R"("expected": [{"of": "hidden.W_h[1,3].after", "value": "1"}])",
        "/expected/0/of: \"hidden.W_h[1,3].after\": hidden.W_h has columns 1 … 2");
}

void TestExperimentErrors::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    file();
    network();
    cells();
    bidirectional();
    weights();
    inlineTask();
    otherTasks();
    training();
    schedule();
    session();
}

void TestExperimentErrors::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    const std::string told = refusal(text.toStdString());
    const std::string expected = (message.startsWith('/') ? "file.json: " : "") + message.toStdString();
    QVERIFY2(told.find(expected) != told.npos, told.c_str());
    QVERIFY2(told.rfind("file.json: /", 0) == 0, told.c_str());
    QVERIFY2(told.find('\n') == told.npos, told.c_str());
}

void TestExperimentErrors::accepted_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto accept = [](const char* name, const char* from, const char* to) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to);
    };
    accept("as it is", "\"chronograd\": 1", "\"chronograd\": 1");
    accept("no training",
           ",\n  \"training\": {\"k1\": 2, \"k2\": 3, \"learning_rate\": 0.1, \"momentum\": 0.5}", "");
    accept("whole numbers with a point", "\"k1\": 2", "\"k1\": 2.0");
    accept("k1 greater than k2", "\"k1\": 2", "\"k1\": 1000000000");
    accept("k1 n", "\"k1\": 2", "\"k1\": \"n\"");
    accept("nulls where allowed", "\"k1\": 2",
           R"("clip_norm": null, "chunk": null, "updates": null, "stop_loss": null)");
    accept("largest seed", "\"k1\": 2", "\"seed\": 18446744073709551615");
    accept("softmax with cross_entropy", "\"units\": 1}\n    ],",
           R"("units": 1, "activation": "softmax"}],)");
    accept(
        "edits", "\"k1\": 2",
        R"("schedule": [{"update": 12, "edit": {"hidden.W_h[2,1]": 0.4, "hidden.b[2]": 1, "input[1]@5#3": 0.1}}])");
    accept("batch of all", "\"k1\": 2", "\"batch_size\": \"all\", \"shuffle\": true");
    accept("carry", "\"k1\": 2", "\"state\": \"carry\", \"chunk\": 2");
    accept("task sizes", "\"inputs\": 1", "\"inputs\": \"task\"");
}

void TestExperimentErrors::accepted()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QCOMPARE(refusal(replaced(soundExperiment, from.toStdString(), to.toStdString())), std::string());
}

void TestExperimentErrors::tellsTheFirstInTheFile()
{
    std::string text = replaced(soundExperiment, "\"momentum\": 0.5", "\"momentum\": 5");
    QVERIFY(refusal(text).find("/training/momentum: ") != std::string::npos);
    text = replaced(text, "\"k1\": 2", "\"k1\": 0");
    QVERIFY(refusal(text).find("/training/k1: ") != std::string::npos);
    text = replaced(text, "[0.5, 0.6]", "[0.5]");
    QVERIFY(refusal(text).find("/network/weights/hidden.b: ") != std::string::npos);
    text = replaced(text, "\"elman\"", "\"elmann\"");
    QVERIFY(refusal(text).find("/network/layers/0/cell: ") != std::string::npos);
    text = replaced(text, "\"chronograd\": 1", "\"chronograd\": 1, \"x\": 1");
    QVERIFY(refusal(text).find("/x: ") != std::string::npos);
    // The order is that of this file, not that of the format.
    const std::string turned =
        R"({"training": {"k1": 0}, "task": {"kind": "eco"}, "network": [], "chronograd": 1})";
    QVERIFY(refusal(turned).find("/training/k1: ") != std::string::npos);
}

void TestExperimentErrors::messageStaysOneLine()
{
    const std::string key = "a\\nb/c~" + std::string(1000, 'x');
    const std::string told =
        refusal(replaced(soundExperiment, "\"chronograd\": 1", "\"chronograd\": 1, \"" + key + "\": 1"));
    QVERIFY2(told.find("/a\\x0ab~1c~0xxx") != told.npos, told.c_str());
    QVERIFY(told.find('\n') == told.npos);
    QVERIFY(told.size() < 300);
    QVERIFY(refusal(replaced(soundExperiment, "\"elman\"", "\"" + std::string(100'000, 'x') + "\"")).size() <
            300);
}

void TestExperimentErrors::newerVersionGoesFirst()
{
    const std::string text = R"({"of_a_later_version": [], "network": 7, "chronograd": 3})";
    QVERIFY2(refusal(text).find("/chronograd: made by a newer version") != std::string::npos,
             refusal(text).c_str());
}

void TestExperimentErrors::missingFileIsNamed()
{
    QVERIFY_THROWS_EXCEPTION(InputError, readExperiment("no-such-file.json"));
    try {
        readExperiment("no-such-file.json");
    } catch (const InputError& error) {
        QCOMPARE(error.what(), "no-such-file.json: cannot be read: No such file or directory");
    }
    try {
        readExperiment("/");
        QFAIL("a folder was read");
    } catch (const InputError& error) {
        QCOMPARE(error.what(), "/: cannot be read: it is a folder, must be an experiment file");
    }
}

QTEST_APPLESS_MAIN(TestExperimentErrors)
#include "test_experiment_errors.moc"
