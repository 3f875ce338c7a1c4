#include "core/export/pytorch_training.h"

#include "core/experiment/experiment_io.h"
#include "core/export/python_text.h"

#include <algorithm>

namespace chronograd {

namespace {

struct NamedText
{
    std::string_view name; ///< As in files.
    const char* text;
};

constexpr NamedText losses[] = {
    {"half_squared_error", R"py(
def half_squared_error(net, y, d):
    return 0.5 * ((y - d) ** 2).sum()

)py"},
    {"squared_error", R"py(
def squared_error(net, y, d):
    return ((y - d) ** 2).sum()

)py"},
    {"mean_squared_error", R"py(
def mean_squared_error(net, y, d):
    return ((y - d) ** 2).mean()

)py"},
    {"absolute_error", R"py(
def absolute_error(net, y, d):
    return (y - d).abs().sum()

)py"},
    {"cross_entropy", R"py(
def cross_entropy(net, y, d):
    """-sum d ln y, from net, so that it stays finite where y is 0."""
    return -(d * torch.log_softmax(net, 0)).sum()

)py"},
    {"binary_cross_entropy", R"py(
def binary_cross_entropy(net, y, d):
    """-sum d ln y + (1 - d) ln(1 - y), from net, so that it stays finite where y is 0 or 1."""
    net, zero = @slope@net, torch.zeros_like(net)
    return (d * torch.logaddexp(-net, zero) + (1 - d) * torch.logaddexp(net, zero)).sum()

)py"},
    {"logistic", R"py(
def logistic(net, y, d):
    """sum ln(1 + e^(-d y))"""
    return torch.logaddexp(-d * y, torch.zeros_like(y)).sum()

)py"},
};

constexpr NamedText optimizers[] = {
    {"sgd", R"py(
class Sgd:
    """v <- momentum v - rate g,  w <- w + v. The rate is inside v, unlike in torch.optim.SGD."""

    def __init__(self, weights):
        self.v = [torch.zeros_like(w) for w in weights]

    def step(self, weights, gradients, settings):
        for w, g, v in zip(weights, gradients, self.v):
            v.copy_(settings["momentum"] * v - settings["learning_rate"] * g)
            w += v

)py"},
    {"nesterov", R"py(
class Nesterov:
    """v <- momentum v - rate g,  w <- w + momentum v - rate g. The rate is inside v."""

    def __init__(self, weights):
        self.v = [torch.zeros_like(w) for w in weights]

    def step(self, weights, gradients, settings):
        momentum, rate = settings["momentum"], settings["learning_rate"]
        for w, g, v in zip(weights, gradients, self.v):
            v.copy_(momentum * v - rate * g)
            w += momentum * v - rate * g

)py"},
    {"rmsprop", R"py(
class Rmsprop:
    """s <- decay s + (1 - decay) g^2,  w <- w - rate g / (sqrt(s) + epsilon)"""

    def __init__(self, weights):
        self.s = [torch.zeros_like(w) for w in weights]

    def step(self, weights, gradients, settings):
        decay = settings["decay"]
        for w, g, s in zip(weights, gradients, self.s):
            s.copy_(decay * s + (1 - decay) * g**2)
            w -= settings["learning_rate"] * g / (s.sqrt() + settings["epsilon"])

)py"},
    {"adam", R"py(
class Adam:
    """m <- beta1 m + (1 - beta1) g,  v <- beta2 v + (1 - beta2) g^2;
    w <- w - rate m' / (sqrt(v') + epsilon) with m' = m / (1 - beta1^n), v' = v / (1 - beta2^n)"""

    def __init__(self, weights):
        self.n = 0
        self.m = [torch.zeros_like(w) for w in weights]
        self.v = [torch.zeros_like(w) for w in weights]

    def step(self, weights, gradients, settings):
        self.n += 1
        beta1, beta2 = settings["beta1"], settings["beta2"]
        for w, g, m, v in zip(weights, gradients, self.m, self.v):
            m.copy_(beta1 * m + (1 - beta1) * g)
            v.copy_(beta2 * v + (1 - beta2) * g**2)
            m_hat, v_hat = m / (1 - beta1**self.n), v / (1 - beta2**self.n)
            w -= settings["learning_rate"] * m_hat / (v_hat.sqrt() + settings["epsilon"])

)py"},
};

constexpr const char* shuffling = R"py(
class Pcg32:
    """The random numbers of the order of sequences (O'Neill 2014)."""

    def __init__(self, seed, name):
        self.increment = (zlib.crc32(name) << 1) | 1
        self.state = self.increment + seed
        self.bits()

    def bits(self):
        old = self.state % 2**64
        self.state = old * 6364136223846793005 + self.increment
        word, turn = (((old >> 18) ^ old) >> 27) % 2**32, old >> 59
        return (word >> turn | word << (32 - turn)) % 2**32

    def below(self, bound):
        while True:
            bits = self.bits()
            if bits >= 2**32 % bound:
                return bits % bound


def shuffled(items, random):
    for i in range(len(items), 1, -1):
        j = random.below(i)
        items[i - 1], items[j] = items[j], items[i - 1]
    return items

)py";

constexpr const char* loop = R"py(
class Sequence:
    """A sequence or a chunk of one; steps count from 1."""

    def __init__(self, inputs, targets, is_start=True):
        self.inputs, self.targets, self.is_start = inputs, targets, is_start

    def __len__(self):
        return len(self.inputs)

    def has_target(self, t):
        return t <= len(self) and self.targets[t - 1] is not None

    def chunks(self, size):
        size = size or len(self)
        return [Sequence(self.inputs[i:i + size], self.targets[i:i + size], i == 0)
                for i in range(0, len(self), size)]


def steps(count, length):
    """k1 or k2 for a sequence: "n" is its length."""
    return length if count == "n" else count


def is_due(settings, t, since, length, made):
    """Partial windows: every k1 steps and at the end. Full ones: not before k2 steps; at the end if never."""
    enough = since >= steps(settings["k1"], length)
    if settings["window"] == "partial":
        return enough or t == length
    return enough and t >= steps(settings["k2"], length) or t == length and not made


def injected_steps(settings, first, t, since):
    """The steps of the window whose losses enter."""
    begin = {"recent": max(first, t - since + 1), "window": first, "last": t}[settings["injection"]]
    return range(begin, t + 1)


def detached(state):
    """The state as numbers: no gradient goes back beyond it."""
    return {name: tuple(value.detach() for value in values) for name, values in state.items()}


def advance(network, sequence, states, known, t):
    """Runs on from the state that is known, without gradients: states[t] is the state after step t."""
    with torch.no_grad():
        states[t] = network.run(sequence.inputs[known:t], states[known])[1]


def window_loss(network, sequence, states, known, first, t, injected, settings):
    """L of the window first ... t of one sequence; nothing when no injected step has a target."""
    t = min(t, len(sequence))
    injected = [s for s in injected if sequence.has_target(s)]
    if first > t:
        return None
    if first - 1 > known:
        advance(network, sequence, states, known, first - 1)
    out, end = network.run(sequence.inputs[first - 1:t], states[first - 1])
    states[t] = detached(end)
    if not injected:
        return None
    loss = sum(LOSSES[settings["loss"]](*out[s - first], sequence.targets[s - 1]) for s in injected)
    return loss / len(injected) if settings["reduction"] == "mean" else loss


def update_weights(loss, optimizer, settings):
    weights = [w for name, w in PARAMETERS.items() if name not in FROZEN]
    if not weights:
        return
    gradients = [g if g is not None else torch.zeros_like(w)
                 for w, g in zip(weights, torch.autograd.grad(loss, weights, allow_unused=True))]
    norm = math.sqrt(sum(float((g**2).sum()) for g in gradients))
    if not math.isfinite(norm):
        sys.exit("training stopped: the gradient is not finite")
    if settings["clip_norm"] is not None and norm > settings["clip_norm"]:
        gradients = [g * (settings["clip_norm"] / norm) for g in gradients]
    with torch.no_grad():
        optimizer.step(weights, gradients, settings)


def train(network, sequences, updates):
    """Yields the number and the loss of every update."""
    settings, next_epoch = dict(SETTINGS), dict(SETTINGS)
    schedule = list(SCHEDULE)
    optimizer = None
    update = 0
@random@
    def apply_schedule():
        nonlocal optimizer
        while schedule and schedule[0][0] <= update + 1:
            for name, value in schedule.pop(0)[1].items():
                next_epoch[name] = value
                if update == 0 or name not in ("state", "chunk"):
                    if name == "optimizer" and value != settings[name]:
                        optimizer = None  # its state starts from zero
                    settings[name] = value

    apply_schedule()
    while updates is None or update < updates:
        settings["state"], settings["chunk"] = next_epoch["state"], next_epoch["chunk"]
        order = [chunk for sequence in sequences for chunk in sequence.chunks(settings["chunk"])]
@shuffle@        size = BATCH_SIZE or len(order)
        losses, carried = [], None
        for batch in (order[i:i + size] for i in range(0, len(order), size)):
            length = max(len(sequence) for sequence in batch)
            starts = carried is None or settings["state"] == "reset"
            if starts or settings["chunk"] and batch[0].is_start:
                memory = [{0: network.zero_state()} for _ in batch]
            else:
                memory = [{0: carried}]
            # The last step that was computed with the weights of then, and the last one that left the window.
            stored = left = 0
            since = 0
            for t in range(1, length + 1):
                since += 1
                if not is_due(settings, t, since, length, stored > 0):
                    continue
                first = max(1, t - steps(settings["k2"], length) + 1)
                if settings["history"] == "recomputed":
                    first = max(first, left + 1)
                elif first <= stored:
                    sys.exit("stored history cannot be had from autograd where a window crosses an update")
                injected = injected_steps(settings, first, t, since)
                since = 0
                if not any(sequence.has_target(s) for sequence in batch for s in injected):
                    continue
                known = left if settings["history"] == "recomputed" else stored
                each = [window_loss(network, sequence, states, known, first, t, injected, settings)
                        for sequence, states in zip(batch, memory)]
                each = [loss for loss in each if loss is not None]
                loss = sum(each) / len(each)
                if not torch.isfinite(loss):
                    sys.exit("training stopped: the loss is not finite")
                optimizer = optimizer or OPTIMIZERS[settings["optimizer"]](
                    [w for name, w in PARAMETERS.items() if name not in FROZEN])
                update_weights(loss, optimizer, settings)
                stored, left = t, max(left, first - 1)
                update += 1
                losses.append(float(loss))
                yield update, float(loss)
                if updates is not None and update >= updates:
                    return
                apply_schedule()
            if next_epoch["state"] == "carry" or settings["state"] == "carry":
                known = left if settings["history"] == "recomputed" else stored
                if known < length:
                    advance(network, batch[0], memory[0], known, length)
                carried = memory[0][length]
        if not losses or STOP_LOSS is not None and sum(losses) / len(losses) <= STOP_LOSS:
            return


def main():
    parser = argparse.ArgumentParser(description="Prints update,loss of every update.")
    parser.add_argument("--updates", type=int, default=UPDATES, help="stop after so many")
    for name, values in WEIGHTS.items():
        PARAMETERS[name] = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    sequences = [
        Sequence([torch.tensor(row, dtype=torch.float64) for row in inputs],
                 [None if row is None else torch.tensor(row, dtype=torch.float64) for row in targets])
        for inputs, targets in SEQUENCES]
    print("update,loss")
    for update, loss in train(Network(), sequences, parser.parse_args().updates):
        print(f"{update},{loss!r}", flush=True)


)py";

/// Every value a choice has during the run, in the order of its table.
std::vector<std::string> choicesUsed(const TrainingSpec& training, Setting setting)
{
    std::vector<std::string> used{settingText({setting, settingValue(training.start, setting)})};
    for (const ScheduleEntry& entry : training.schedule)
        for (const SettingChange& change : entry.set)
            if (change.setting == setting &&
                std::find(used.begin(), used.end(), settingText(change)) == used.end())
                used.push_back(settingText(change));
    return used;
}

template<std::size_t count>
std::string textsOf(const NamedText (&table)[count], const std::vector<std::string>& names)
{
    std::string text;
    for (const NamedText& each : table)
        if (std::find(names.begin(), names.end(), each.name) != names.end())
            text += each.text;
    return text;
}

std::string className(std::string name)
{
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

void replace(std::string& text, std::string_view mark, std::string_view with)
{
    if (const std::size_t at = text.find(mark); at != text.npos)
        text.replace(at, mark.size(), with);
}

} // namespace

std::string pytorchTraining(const Experiment& experiment)
{
    const TrainingSpec& training = experiment.training;
    const auto usedLosses = choicesUsed(training, Setting::Loss);
    const auto usedOptimizers = choicesUsed(training, Setting::Optimizer);
    std::string text = textsOf(losses, usedLosses);
    const double slope = experiment.network.layers.back().activation.slope;
    replace(text, "@slope@", slope == 1.0 ? "" : numberText(slope) + " * ");
    text += "\nLOSSES = {";
    for (const std::string& name : usedLosses)
        text += (name == usedLosses.front() ? "\"" : ", \"") + name + "\": " + name;
    text += "}\n\n" + textsOf(optimizers, usedOptimizers) + "\nOPTIMIZERS = {";
    for (const std::string& name : usedOptimizers)
        text += (name == usedOptimizers.front() ? "\"" : ", \"") + name + "\": " + className(name);
    text += "}\n\n";
    if (training.shuffle)
        text += shuffling;
    text += loop;
    replace(text, "@random@",
            training.shuffle ? "    random = Pcg32(" + std::to_string(training.seed) + ", b\"shuffle\")\n"
                             : "");
    replace(text, "@shuffle@", training.shuffle ? "        order = shuffled(order, random)\n" : "");
    return text;
}

std::string pytorchSettings(const TrainingSpec& training)
{
    std::vector<std::string> items;
    for (const SettingSpec& spec : settingTable())
        items.push_back('"' + std::string(spec.key) +
                        "\": " + pythonValue({spec.setting, settingValue(training.start, spec.setting)}));
    const auto constant = [&items](const char* key, double value) {
        items.push_back('"' + std::string(key) + "\": " + numberText(value));
    };
    constant("decay", training.start.decay);
    constant("epsilon", training.start.epsilon);
    constant("beta1", training.start.beta1);
    constant("beta2", training.start.beta2);
    std::string settings = pythonList(items, 11);
    settings.front() = '{';
    settings.back() = '}';
    std::string text = "SETTINGS = " + settings +
                       "\n# From the end of the update before the one named on.\n" + "SCHEDULE = [";
    for (const ScheduleEntry& entry : training.schedule) {
        text += "\n    (" + std::to_string(entry.update) + ", {";
        for (const SettingChange& change : entry.set)
            text += (change == entry.set.front() ? "\"" : ", \"") +
                    std::string(settingSpec(change.setting).key) + "\": " + pythonValue(change);
        text += "}),";
    }
    const auto orNone = [](const auto& value, const auto& print) {
        return value ? print(*value) : std::string("None");
    };
    const auto whole = [](std::int64_t value) { return std::to_string(value); };
    text += training.schedule.empty() ? "]\n" : "\n]\n";
    text += "UPDATES = " + orNone(training.updates, whole) + "\n";
    text += "BATCH_SIZE = " + orNone(training.batchSize, whole) +
            (training.batchSize ? "\n" : "  # all of them\n");
    text += "STOP_LOSS = " + orNone(training.stopLoss, numberText) + "\n";
    return text;
}

} // namespace chronograd
