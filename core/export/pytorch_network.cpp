#include "core/export/pytorch_network.h"

#include "core/experiment/experiment_io.h"
#include "core/export/python_text.h"
#include "core/network/network.h"

#include <algorithm>

namespace chronograd {

namespace {

constexpr const char* helpers = R"py(
def parameter(name):
    """The weights of that name as a leaf of the graph; a bias that the layer does not have is 0."""
    return PARAMETERS.get(name, torch.tensor(0.0))


def zeros(*sizes):
    return tuple(torch.zeros(size) for size in sizes)

)py";

constexpr const char* dense = R"py(
class Dense:
    """net = W x + b,  out = f(net)"""

    def __init__(self, name, f):
        self.name, self.f = name, f
        self.W, self.b = parameter(name + ".W"), parameter(name + ".b")

    def zero_state(self):
        return ()

    def step(self, x, state@y@):
        net = self.W @ x + self.b
        return net, self.f(net), ()

)py";

constexpr const char* elman = R"py(
class Elman:
    """net_t = W_x x_t + W_h h_(t-1) + b,  h_t = f(net_t)"""

    def __init__(self, name, f):
        self.name, self.f = name, f
        self.W_x, self.W_h, self.b = (parameter(name + end) for end in (".W_x", ".W_h", ".b"))

    def zero_state(self):
        return zeros(self.W_h.shape[1])

    def step(self, x, state@y@):
        (h,) = state
        net = self.W_x @ x + self.W_h @ h + self.b
        h = self.f(net)
        return net, h, (h,)

)py";

constexpr const char* jordan = R"py(
class Jordan:
    """c_t = decay c_(t-1) + y_(t-1), y being the output of the network;  net = W_x x_t + W_y c_t + b,
    out = f(net)"""

    def __init__(self, name, f, decay):
        self.name, self.f, self.decay = name, f, decay
        self.W_x, self.W_y, self.b = (parameter(name + end) for end in (".W_x", ".W_y", ".b"))

    def zero_state(self):
        return zeros(self.W_y.shape[1])

    def step(self, x, state, y):
        (c,) = state
        c = self.decay * c + y
        net = self.W_x @ x + self.W_y @ c + self.b
        return net, self.f(net), (c,)

)py";

constexpr const char* lstm = R"py(
class Lstm:
    """i, f, o = sigmoid(.) and g = tanh(.) of W_x x_t + W_h h_(t-1) + b, whose rows are stacked i, f, g, o;
    c_t = f c_(t-1) + i g,  h_t = o tanh(c_t)"""

    def __init__(self, name):
        self.name = name
        self.W_x, self.W_h, self.b = (parameter(name + end) for end in (".W_x", ".W_h", ".b"))

    def zero_state(self):
        units = self.W_h.shape[1]
        return zeros(units, units)

    def step(self, x, state@y@):
        h, c = state
        net = self.W_x @ x + self.W_h @ h + self.b
        i, f, g, o = net.chunk(4)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        return net, h, (h, c)

)py";

constexpr const char* gruAfter = R"py(
class Gru:
    """r, z = sigmoid(.) of W_x x_t + W_h h_(t-1) + b, whose rows are stacked r, z, n;
    net_n = W_xn x_t + b_n + r (W_hn h_(t-1) + b_hn),  h_t = (1 - z) tanh(net_n) + z h_(t-1)"""

    def __init__(self, name):
        self.name = name
        self.W_x, self.W_h, self.b, self.b_hn = (
            parameter(name + end) for end in (".W_x", ".W_h", ".b", ".b_hn"))

    def zero_state(self):
        return zeros(self.W_h.shape[1])

    def step(self, x, state@y@):
        (h,) = state
        x_r, x_z, x_n = (self.W_x @ x + self.b).chunk(3)
        h_r, h_z, h_n = (self.W_h @ h).chunk(3)
        net_r, net_z = x_r + h_r, x_z + h_z
        r, z = torch.sigmoid(net_r), torch.sigmoid(net_z)
        net_n = x_n + r * (h_n + self.b_hn)
        h = (1 - z) * torch.tanh(net_n) + z * h
        return torch.cat((net_r, net_z, net_n)), h, (h,)

)py";

constexpr const char* gruBefore = R"py(
class GruResetBefore:
    """r, z = sigmoid(.) of W_x x_t + W_h h_(t-1) + b, whose rows are stacked r, z, n;
    net_n = W_xn x_t + b_n + W_hn (r h_(t-1)),  h_t = (1 - z) tanh(net_n) + z h_(t-1)"""

    def __init__(self, name):
        self.name = name
        self.W_x, self.W_h, self.b = (parameter(name + end) for end in (".W_x", ".W_h", ".b"))

    def zero_state(self):
        return zeros(self.W_h.shape[1])

    def step(self, x, state@y@):
        (h,) = state
        x_r, x_z, x_n = (self.W_x @ x + self.b).chunk(3)
        W_hr, W_hz, W_hn = self.W_h.chunk(3)
        net_r, net_z = x_r + W_hr @ h, x_z + W_hz @ h
        r, z = torch.sigmoid(net_r), torch.sigmoid(net_z)
        net_n = x_n + W_hn @ (r * h)
        h = (1 - z) * torch.tanh(net_n) + z * h
        return torch.cat((net_r, net_z, net_n)), h, (h,)

)py";

constexpr const char* bothWays = R"py(
class Bidirectional:
    """One cell from the first step on, one from the last; their outputs side by side."""

    def __init__(self, forward, backward):
        self.forward, self.backward = forward, backward

    def run(self, inputs):
        ahead = run_cell(self.forward, inputs)
        back = run_cell(self.backward, inputs[::-1])[::-1]
        return [(torch.cat((a_net, b_net)), torch.cat((a, b))) for (a_net, a), (b_net, b) in zip(ahead, back)]


def run_cell(cell, inputs):
    """The cell over all steps, from zeros: its (net, out) of every step."""
    state, steps = cell.zero_state(), []
    for x in inputs:
        net, out, state = cell.step(x, state)
        steps.append((net, out))
    return steps

)py";

/// A network whose layers each need the whole sequence: layer by layer.
constexpr const char* wholeNetwork = R"py(
class Network:
    def __init__(self):
        self.layers = [@layers@]

    def zero_state(self):
        return {}

    def run(self, inputs, state):
        """(net, out) of the last layer at every step; each layer runs over the whole sequence."""
        for layer in self.layers:
            steps = layer.run(inputs) if isinstance(layer, Bidirectional) else run_cell(layer, inputs)
            inputs = [out for net, out in steps]
        return steps, {}

)py";

constexpr const char* stepwiseNetwork = R"py(
class Network:
    def __init__(self):
        self.layers = [@layers@]

    def zero_state(self):
        return {@feedback@**{layer.name: layer.zero_state() for layer in self.layers}}

    def run(self, inputs, state):
        """(net, out) of the last layer at every step, and the state after the last step."""
        steps = []
        for x in inputs:
            after = {}
            for layer in self.layers:
                net, x, after[layer.name] = layer.step(x, state[layer.name]@read@)
@keep@            state = after
            steps.append((net, x))
        return steps, state

)py";

std::string replaced(std::string text, std::string_view mark, std::string_view with)
{
    for (std::size_t at = 0; (at = text.find(mark, at)) != text.npos; at += with.size())
        text.replace(at, mark.size(), with);
    return text;
}

const char* classText(const LayerSpec& layer)
{
    switch (layer.cell) {
    case Cell::Dense:
        return dense;
    case Cell::Elman:
        return elman;
    case Cell::Jordan:
        return jordan;
    case Cell::Lstm:
        return lstm;
    case Cell::Gru:
        break;
    }
    return layer.resetAfter ? gruAfter : gruBefore;
}

std::string functionText(ActivationFunction f)
{
    switch (f.kind) {
    case Activation::Identity:
        return "lambda net: net";
    case Activation::Sigmoid:
        return f.slope == 1.0 ? "torch.sigmoid"
                              : "lambda net: torch.sigmoid(" + numberText(f.slope) + " * net)";
    case Activation::Tanh:
        return "torch.tanh";
    case Activation::Relu:
        return "torch.relu";
    case Activation::Softmax:
        return "lambda net: torch.softmax(net, 0)";
    }
    return {};
}

/// The call that makes a layer's cell.
std::string cellCall(const LayerSpec& layer, const std::string& name)
{
    switch (layer.cell) {
    case Cell::Dense:
        return "Dense(\"" + name + "\", " + functionText(layer.activation) + ")";
    case Cell::Elman:
        return "Elman(\"" + name + "\", " + functionText(layer.activation) + ")";
    case Cell::Jordan:
        return "Jordan(\"" + name + "\", " + functionText(layer.activation) + ", " +
               numberText(layer.contextDecay) + ")";
    case Cell::Lstm:
        return "Lstm(\"" + name + "\")";
    case Cell::Gru:
        break;
    }
    return (layer.resetAfter ? "Gru(\"" : "GruResetBefore(\"") + name + "\")";
}

std::string layerCall(const LayerSpec& layer)
{
    return layer.bidirectional ? "Bidirectional(" + cellCall(layer, layer.name + ".forward") + ", " +
                                     cellCall(layer, layer.name + ".backward") + ")"
                               : cellCall(layer, layer.name);
}

} // namespace

std::string pytorchNetwork(const NetworkSpec& network)
{
    const auto& layers = network.layers;
    const bool isWhole =
        std::any_of(layers.begin(), layers.end(), [](const LayerSpec& layer) { return layer.bidirectional; });
    const bool feedsBack = std::any_of(layers.begin(), layers.end(),
                                       [](const LayerSpec& layer) { return layer.cell == Cell::Jordan; });
    std::vector<const char*> classes;
    std::string calls;
    for (const LayerSpec& layer : layers) {
        if (std::find(classes.begin(), classes.end(), classText(layer)) == classes.end())
            classes.push_back(classText(layer));
        calls += (calls.empty() ? "" : ",\n                       ") + layerCall(layer);
    }
    std::string text = helpers;
    for (const char* each : classes)
        text += replaced(each, "@y@", feedsBack ? ", y" : "");
    text += isWhole ? std::string(bothWays) + wholeNetwork : stepwiseNetwork;
    text = replaced(text, "@layers@", calls);
    text = replaced(text, "@read@", feedsBack ? ", *state[\"fed back\"]" : "");
    text = replaced(text, "@feedback@",
                    feedsBack ? "\"fed back\": zeros(" + std::to_string(*layers.back().units) + "), " : "");
    return replaced(text, "@keep@", feedsBack ? "            after[\"fed back\"] = (x,)\n" : "");
}

std::string pytorchWeights(const NetworkSpec& network)
{
    const std::shared_ptr<const Network> built = Network::build(network);
    const ParameterLayout& layout = built->parameters();
    Vector flat;
    initialise(network, layout, flat);

    std::string weights = "\nWEIGHTS = {\n";
    std::vector<std::string> frozen;
    for (const ParameterView& view : layout.views()) {
        const std::string key = "    \"" + view.name + "\": ";
        const Matrix values = matrixOf(view, flat);
        const auto indent = static_cast<int>(key.size());
        weights +=
            key + (view.isBias ? pythonRow(values.col(0), indent) : pythonRows(values, indent)) + ",\n";
        if (!view.trainable)
            frozen.push_back(pythonText(view.name));
    }
    return weights + "}\nFROZEN = " + pythonList(frozen, 9) + "\n";
}

} // namespace chronograd
