#include "core/explain/explain.h"
#include "core/math/random.h"
#include "core/training/trainer.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

using namespace chronograd;

namespace {

constexpr int kinds = static_cast<int>(QuantityKind::After) + 1;

/// A small experiment and its data, everything drawn.
struct Drawn
{
    Experiment experiment;
    std::shared_ptr<Dataset> data = std::make_shared<Dataset>();
};

template<typename Enum>
Enum drawn(Random& random, int count)
{
    return static_cast<Enum>(random.below(static_cast<std::uint32_t>(count)));
}

int between(Random& random, int least, int most)
{
    return least + static_cast<int>(random.below(static_cast<std::uint32_t>(most - least + 1)));
}

StepCount drawnSteps(Random& random)
{
    return random.below(8) == 0 ? StepCount::wholeSequence() : StepCount(between(random, 1, 9));
}

ActivationFunction drawnActivation(Random& random, bool last)
{
    const auto kind = drawn<Activation>(random, last ? 5 : 4);
    return {kind, kind == Activation::Sigmoid && random.below(2) == 0 ? random.uniform(0.3, 3.0) : 1.0};
}

NetworkSpec drawnNetwork(Random& random, Loss loss)
{
    NetworkSpec spec;
    spec.inputs = between(random, 1, 3);
    const int layers = between(random, 1, 3);
    for (int i = 0; i < layers; ++i) {
        LayerSpec layer;
        layer.name = "layer" + std::to_string(i + 1);
        layer.cell = drawn<Cell>(random, 5);
        layer.contextDecay = random.below(2) == 0 ? 0.0 : random.uniform(0.1, 0.9);
        layer.resetAfter = random.below(2) == 0;
        layer.units = between(random, 1, 4);
        layer.bias = random.below(4) != 0;
        layer.trainable = random.below(6) != 0;
        layer.activation = drawnActivation(random, i + 1 == layers);
        if (layer.cell == Cell::Lstm || layer.cell == Cell::Gru)
            layer.activation = {};
        spec.layers.push_back(layer);
    }
    ActivationFunction& output = spec.layers.back().activation;
    if (loss == Loss::CrossEntropy)
        output = {Activation::Softmax, 1.0};
    if (loss == Loss::BinaryCrossEntropy)
        output = {Activation::Sigmoid, output.kind == Activation::Sigmoid ? output.slope : 1.0};
    spec.layers.back().trainable = true;
    if (output.kind == Activation::Softmax || loss == Loss::BinaryCrossEntropy)
        spec.layers.back().cell = spec.layers.back().cell == Cell::Jordan ? Cell::Jordan : Cell::Dense;
    const bool hasJordan = std::any_of(spec.layers.begin(), spec.layers.end(),
                                       [](const LayerSpec& layer) { return layer.cell == Cell::Jordan; });
    for (LayerSpec& layer : spec.layers)
        layer.bidirectional = !hasJordan && layer.cell != Cell::Dense && random.below(3) == 0;
    spec.init = {InitScheme::Uniform, random.below(4) == 0 ? 3.0 : 0.7, random.bits()};
    return spec;
}

double drawnTarget(Random& random, Loss loss)
{
    if (loss == Loss::Logistic)
        return random.below(2) == 0 ? 1.0 : -1.0;
    if (loss == Loss::CrossEntropy || loss == Loss::BinaryCrossEntropy)
        return random.below(3) == 0 ? random.uniform() : static_cast<double>(random.below(2));
    return random.uniform(-1.0, 1.0);
}

Sequence drawnSequence(Random& random, int inputs, int outputs, Loss loss)
{
    Sequence sequence;
    const int length = between(random, 1, 14);
    sequence.inputs = Matrix::Zero(inputs, length);
    sequence.targets = Matrix::Zero(outputs, length);
    for (int t = 0; t < length; ++t) {
        for (int i = 0; i < inputs; ++i)
            sequence.inputs(i, t) = random.uniform(-1.0, 1.0);
        const bool hasTarget = random.below(4) != 0;
        sequence.hasTarget.push_back(hasTarget ? 1 : 0);
        for (int i = 0; hasTarget && i < outputs; ++i)
            sequence.targets(i, t) = drawnTarget(random, loss);
    }
    sequence.hasTarget.back() = 1;
    return sequence;
}

Drawn drawnExperiment(std::uint64_t seed)
{
    Random random(seed, "explain");
    Drawn result;
    Hyperparameters& settings = result.experiment.training.start;
    settings.loss = drawn<Loss>(random, 7);
    settings.k1 = drawnSteps(random);
    settings.k2 = drawnSteps(random);
    settings.learningRate = random.uniform(0.01, 0.3);
    settings.momentum = random.below(3) == 0 ? 0.0 : random.uniform(0.1, 0.9);
    settings.reduction = drawn<Reduction>(random, 2);
    settings.injection = drawn<Injection>(random, 3);
    settings.history = drawn<History>(random, 2);
    settings.window = drawn<WindowRule>(random, 2);
    settings.state = drawn<StateRule>(random, 2);
    settings.optimizer = random.below(2) == 0 ? Optimizer::Sgd : drawn<Optimizer>(random, 4);
    if (random.below(3) == 0)
        settings.clipNorm = random.uniform(0.05, 0.5);
    result.experiment.training.updates.reset();
    result.experiment.network = drawnNetwork(random, settings.loss);
    const int inputs = *result.experiment.network.inputs;
    const LayerSpec& last = result.experiment.network.layers.back();
    const int outputs = *last.units * (last.bidirectional ? 2 : 1);
    if (std::any_of(result.experiment.network.layers.begin(), result.experiment.network.layers.end(),
                    [](const LayerSpec& layer) { return layer.bidirectional; }))
    {
        settings.k1 = settings.k2 = StepCount::wholeSequence();
        settings.state = StateRule::Reset;
    }
    if (random.below(3) == 0) {
        result.experiment.training.batchSize = between(random, 2, 3);
        settings.state = StateRule::Reset;
    }
    result.data->inputs = inputs;
    result.data->outputs = outputs;
    for (int i = 0; i < 3; ++i)
        result.data->training.push_back(drawnSequence(random, inputs, outputs, settings.loss));
    return result;
}

Quantity drawnQuantity(Random& random, const Network& network, std::int64_t lastStep)
{
    Quantity quantity;
    quantity.kind = drawn<QuantityKind>(random, kinds);
    const auto& table = network.program().slotTable;
    quantity.t = between(random, 0, static_cast<int>(lastStep));
    switch (quantity.kind) {
    case QuantityKind::Slot:
        quantity.slot = between(random, 0, static_cast<int>(table.size()) - 1);
        break;
    case QuantityKind::Delta:
        quantity.slot = between(random, 1, static_cast<int>(table.size()) - 1);
        break;
    case QuantityKind::Target:
        quantity.unit = between(random, 0, network.outputs() - 1);
        return quantity;
    case QuantityKind::StepLoss:
        return quantity;
    case QuantityKind::Loss:
    case QuantityKind::GradientNorm:
        quantity.t = 0;
        return quantity;
    default: {
        const auto& views = network.parameters().views();
        quantity.parameter = between(random, 0, static_cast<int>(views.size()) - 1);
        const ParameterView& view = network.parameters()[quantity.parameter];
        quantity.row = between(random, 0, view.rows - 1);
        quantity.column = between(random, 0, view.columns - 1);
        if (quantity.kind != QuantityKind::WeightAt && quantity.kind != QuantityKind::Share)
            quantity.t = 0;
        return quantity;
    }
    }
    quantity.unit = between(random, 0, table[static_cast<std::size_t>(quantity.slot)].units - 1);
    return quantity;
}

/// A change made by hand, in force from the next update on.
SettingChange drawnChange(Random& random)
{
    switch (random.below(6)) {
    case 0:
        return {Setting::K1, StepCount(between(random, 1, 6))};
    case 1:
        return {Setting::K2, StepCount(between(random, 1, 9))};
    case 2:
        return {Setting::Optimizer, between(random, 0, 3)};
    case 3:
        return {Setting::Injection, between(random, 0, 2)};
    case 4:
        return {Setting::History, between(random, 0, 1)};
    default:
        return {Setting::LearningRate, random.uniform(0.01, 0.3)};
    }
}

/// Sums of exploding numbers cancel: there the last digits of a formula are worth nothing.
bool isExploding(const Frame& frame)
{
    const auto tooGreat = [](const Matrix& matrix) {
        return matrix.size() > 0 && !(matrix.cwiseAbs().maxCoeff() < 100.0);
    };
    return std::any_of(frame.values.begin(), frame.values.end(), tooGreat) ||
           std::any_of(frame.deltas.begin(), frame.deltas.end(), tooGreat) || tooGreat(frame.before) ||
           tooGreat(frame.after);
}

/// Empty when the formula makes the engine's number.
QString disagreement(const Frame& frame, const Quantity& quantity, SignConvention sign)
{
    const Explanation explanation = explain(frame, quantity, sign);
    const double value = valueOf(frame, quantity, sign);
    const bool isTurned = sign == SignConvention::ErrorSignal && quantity.kind == QuantityKind::Delta;
    if (value != (isTurned ? -valueOf(frame, quantity) : valueOf(frame, quantity)))
        return QStringLiteral("the sign is wrong");
    const QString name = QString::fromStdString(quantityText(quantity, *frame.network));
    if (explanation.value != value)
        return name + QStringLiteral(": the explanation has another value");
    if (!isNumeric(explanation.numbers))
        return name + QStringLiteral(": cannot be evaluated");
    for (const Expression& term : termsOf(explanation.numbers)) {
        if (!hasQuantity(frame, *term.of) || term.value != valueOf(frame, *term.of, sign))
            return name + QStringLiteral(": a term is not what it is called");
    }
    const double made = evaluate(explanation.numbers);
    if (std::abs(made - value) <= 1e-12 * std::max(1.0, std::abs(value)))
        return {};
    return QStringLiteral("%1: %2 instead of %3\n%4")
        .arg(name)
        .arg(made, 0, 'g', 17)
        .arg(value, 0, 'g', 17)
        .arg(QString::fromStdString(explanationText(explanation, *frame.network, 17)));
}

/// What has to come up often enough for the test to mean something: kinds of numbers and, where their
/// formulas differ, what they are of.
std::vector<std::string> groupsOf(const Frame& frame, const Quantity& quantity)
{
    constexpr const char* cells[] = {"dense", "elman", "jordan", "lstm", "gru"};
    std::vector<std::string> groups{"kind " + std::to_string(static_cast<int>(quantity.kind))};
    const Hyperparameters& settings = frame.settings;
    const Network& network = *frame.network;
    switch (quantity.kind) {
    case QuantityKind::Slot:
    case QuantityKind::Delta: {
        const Slot& slot = network.program().slotTable[static_cast<std::size_t>(quantity.slot)];
        if (slot.layer < 0)
            break;
        const Layer& layer = network.layers()[static_cast<std::size_t>(slot.layer)];
        const std::string what = quantity.kind == QuantityKind::Slot ? "value of " : "delta of ";
        groups.push_back(what + (layer.part == LayerPart::Joined
                                     ? "joined chains"
                                     : cells[static_cast<int>(layer.spec.cell)] + (" " + slot.name)));
        if (layer.part == LayerPart::Backward)
            groups.push_back(what + "a chain against time");
        if (quantity.kind == QuantityKind::Slot && quantity.t == 0)
            groups.push_back("state at the start");
        if (quantity.kind == QuantityKind::Slot && quantity.t > 0 && quantity.t < frame.window.from)
            groups.push_back("state at the cut");
        if (quantity.kind == QuantityKind::Delta && frame.batch.size() > 1)
            groups.push_back("delta in a batch");
        break;
    }
    case QuantityKind::StepLoss:
    case QuantityKind::Loss:
        groups.push_back("loss " + std::to_string(static_cast<int>(settings.loss)));
        break;
    case QuantityKind::Change:
        groups.push_back(!network.parameters()[quantity.parameter].trainable
                             ? "change of a frozen weight"
                             : "change by optimizer " + std::to_string(static_cast<int>(settings.optimizer)) +
                                   (frame.clipped ? ", clipped" : ""));
        break;
    default:
        break;
    }
    return groups;
}

std::vector<std::string> groupsToBeSeen()
{
    std::vector<std::string> groups{"state at the start",
                                    "state at the cut",
                                    "delta in a batch",
                                    "value of joined chains",
                                    "delta of joined chains",
                                    "value of a chain against time",
                                    "delta of a chain against time",
                                    "change of a frozen weight"};
    for (int kind = 0; kind < kinds; ++kind)
        groups.push_back("kind " + std::to_string(kind));
    for (int loss = 0; loss < 7; ++loss)
        groups.push_back("loss " + std::to_string(loss));
    for (int optimizer = 0; optimizer < 4; ++optimizer) {
        groups.push_back("change by optimizer " + std::to_string(optimizer));
        groups.push_back("change by optimizer " + std::to_string(optimizer) + ", clipped");
    }
    for (const char* slot :
         {"dense net",  "dense out",      "elman net", "elman out", "jordan context", "jordan net",
          "jordan out", "lstm net",       "lstm i",    "lstm f",    "lstm g",         "lstm o",
          "lstm cell",  "lstm tanh_cell", "lstm out",  "gru net",   "gru r",          "gru z",
          "gru n",      "gru recurrent",  "gru reset", "gru out"})
    {
        groups.push_back(std::string("value of ") + slot);
        groups.push_back(std::string("delta of ") + slot);
    }
    return groups;
}

} // namespace

class TestExplainRandom : public QObject
{
    Q_OBJECT

private slots:
    void formulasMakeTheNumbersOfTheEngine();
};

void TestExplainRandom::formulasMakeTheNumbersOfTheEngine()
{
    std::map<std::string, int> explained;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        const Drawn drawnOne = drawnExperiment(seed);
        Trainer trainer(drawnOne.experiment, drawnOne.data, {true, false});
        Random random(seed, "moments");
        for (int stop = 0; stop < 12 && !trainer.isFinished(); ++stop) {
            if (random.below(5) == 0 && !trainer.network().needsWholeSequence())
                trainer.change(drawnChange(random));
            const auto granularity = drawn<Granularity>(random, 7);
            for (int i = between(random, 1, 4); i > 0 && !trainer.isFinished(); --i)
                trainer.advance(granularity);
            const Frame frame = trainer.frame({.member = between(random, 0, 2)});
            if (isExploding(frame))
                break;
            for (int i = 0; i < 40; ++i) {
                const Quantity quantity = drawnQuantity(random, *frame.network, frame.lastStep);
                if (!hasQuantity(frame, quantity))
                    continue;
                const QString wrong = disagreement(frame, quantity, drawn<SignConvention>(random, 2));
                QVERIFY2(wrong.isEmpty(),
                         qPrintable(QStringLiteral("seed %1, stop %2: ").arg(seed).arg(stop) + wrong));
                for (const std::string& group : groupsOf(frame, quantity))
                    ++explained[group];
            }
        }
    }
    for (const std::string& group : groupsToBeSeen())
        QVERIFY2(explained[group] >= 20, qPrintable(QStringLiteral("%1: explained %2 times")
                                                        .arg(QString::fromStdString(group))
                                                        .arg(explained[group])));
}

QTEST_APPLESS_MAIN(TestExplainRandom)
#include "test_explain_random.moc"
