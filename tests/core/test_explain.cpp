#include "core/experiment/experiment_io.h"
#include "core/explain/explain.h"
#include "core/math/random.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>

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
        layer.cell = random.below(2) == 0 ? Cell::Elman : Cell::Dense;
        layer.units = between(random, 1, 4);
        layer.bias = random.below(4) != 0;
        layer.trainable = random.below(6) != 0;
        layer.activation = drawnActivation(random, i + 1 == layers);
        spec.layers.push_back(layer);
    }
    ActivationFunction& output = spec.layers.back().activation;
    if (loss == Loss::CrossEntropy)
        output = {Activation::Softmax, 1.0};
    if (loss == Loss::BinaryCrossEntropy)
        output = {Activation::Sigmoid, output.kind == Activation::Sigmoid ? output.slope : 1.0};
    spec.layers.back().trainable = true;
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
    const int outputs = *result.experiment.network.layers.back().units;
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
    const auto& layers = network.layers();
    quantity.t = between(random, 0, static_cast<int>(lastStep));
    switch (quantity.kind) {
    case QuantityKind::Slot:
        quantity.slot = between(random, 0, static_cast<int>(table.size()) - 1);
        break;
    case QuantityKind::Delta:
        quantity.slot = layers[random.below(static_cast<std::uint32_t>(layers.size()))].net;
        break;
    case QuantityKind::Target:
        quantity.unit = between(random, 0, network.outputs() - 1);
        return quantity;
    case QuantityKind::StepLoss:
        return quantity;
    case QuantityKind::Loss:
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
QString disagreement(const Frame& frame, const Quantity& quantity)
{
    const Explanation explanation = explain(frame, quantity);
    const double value = valueOf(frame, quantity);
    const QString name = QString::fromStdString(quantityText(quantity, *frame.network));
    if (explanation.value != value)
        return name + QStringLiteral(": the explanation has another value");
    if (!isNumeric(explanation.numbers))
        return name + QStringLiteral(": cannot be evaluated");
    for (const Expression& term : termsOf(explanation.numbers)) {
        if (!hasQuantity(frame, *term.of) || term.value != valueOf(frame, *term.of))
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

/// A reference experiment after so many steps of a granularity.
Frame frameOf(const char* name, Granularity granularity, int steps)
{
    Experiment experiment =
        readExperiment(std::string(CHRONOGRAD_SOURCE_DIR "/tests/reference/") + name + ".chronograd.json");
    const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
    Trainer trainer(experiment, data, {true, false});
    for (int i = 0; i < steps; ++i)
        trainer.advance(granularity);
    return trainer.frame({});
}

Explanation explained(const Frame& frame, const char* name)
{
    return explain(frame, parseQuantity(name, *frame.network));
}

QString text(const Frame& frame, const char* name)
{
    return QString::fromStdString(explanationText(explained(frame, name), *frame.network));
}

/// An evaluator of the JSON tree that knows nothing but its description.
double evaluated(const QJsonValue& tree, const QHash<QString, double>& terms)
{
    if (tree.isDouble())
        return tree.toDouble();
    if (tree.isString())
        return terms.value(tree.toString(), std::nan(""));
    const QString op = tree[QStringLiteral("op")].toString();
    std::vector<double> args;
    for (const QJsonValue& arg : tree[QStringLiteral("args")].toArray())
        args.push_back(evaluated(arg, terms));
    if (op == QLatin1String("sum"))
        return std::accumulate(args.begin(), args.end(), 0.0);
    if (op == QLatin1String("product"))
        return std::accumulate(args.begin(), args.end(), 1.0, std::multiplies<>());
    if (op == QLatin1String("quotient"))
        return args.at(0) / args.at(1);
    if (op == QLatin1String("negate"))
        return -args.at(0);
    if (op == QLatin1String("power"))
        return std::pow(args.at(0), args.at(1));
    if (op == QLatin1String("tanh"))
        return std::tanh(args.at(0));
    return std::nan("");
}

} // namespace

class TestExplain : public QObject
{
    Q_OBJECT

private slots:
    void formulasMakeTheNumbersOfTheEngine();
    void textShowsFormulaNumbersAndResult();
    void textOfGivenNumbersSaysWhereTheyAreFrom();
    void olderWeightsAreNamedWithTheirStep();
    void clippingIsAFactor();
    void latexIsAnAlignment();
    void jsonTreeMakesTheValueFromItsTerms_data();
    void jsonTreeMakesTheValueFromItsTerms();
    void absentNumbersSayWhy_data();
    void absentNumbersSayWhy();
    void deltasAppearStepByStep();
};

void TestExplain::formulasMakeTheNumbersOfTheEngine()
{
    std::array<int, kinds> explained{};
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const Drawn drawnOne = drawnExperiment(seed);
        Trainer trainer(drawnOne.experiment, drawnOne.data, {true, false});
        Random random(seed, "moments");
        for (int stop = 0; stop < 12 && !trainer.isFinished(); ++stop) {
            if (random.below(5) == 0)
                trainer.change(drawnChange(random));
            const auto granularity = drawn<Granularity>(random, 5);
            for (int i = between(random, 1, 4); i > 0 && !trainer.isFinished(); --i)
                trainer.advance(granularity);
            const Frame frame = trainer.frame({});
            if (isExploding(frame))
                break;
            for (int i = 0; i < 40; ++i) {
                const Quantity quantity = drawnQuantity(random, *frame.network, frame.lastStep);
                if (!hasQuantity(frame, quantity))
                    continue;
                const QString wrong = disagreement(frame, quantity);
                QVERIFY2(wrong.isEmpty(),
                         qPrintable(QStringLiteral("seed %1, stop %2: ").arg(seed).arg(stop) + wrong));
                ++explained[static_cast<std::size_t>(quantity.kind)];
            }
        }
    }
    for (int kind = 0; kind < kinds; ++kind)
        QVERIFY2(explained[static_cast<std::size_t>(kind)] >= 500,
                 qPrintable(QStringLiteral("kind %1 was explained %2 times")
                                .arg(kind)
                                .arg(explained[static_cast<std::size_t>(kind)])));
}

void TestExplain::textShowsFormulaNumbersAndResult()
{
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    QCOMPARE(text(frame, "hidden.delta[3]@15"),
             QStringLiteral("hidden.delta[3]@15 = %1\n"
                            "how the loss of this update changes with the weighted input of hidden unit 3 at "
                            "t = 15\n"
                            "\n"
                            "  δ_h,3(15) = (1 − h_3(15)²)·W_13·δ_y,1(15)\n"
                            "            = (1 − 0.528703²)·(−0.478665·0.275606)\n"
                            "            = −0.095047\n"
                            "  (nothing comes from t = 16: the window ends at t = 15)\n"
                            "\n"
                            "in it\n"
                            "  −0.131923  from output at t = 15\n"
                            "\n"
                            "made of\n"
                            "  hidden.out[3]@15    %2\n"
                            "  output.W[1,3]       %3\n"
                            "  output.delta[1]@15  %4\n")
                 .arg(QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("hidden.delta[3]@15", *frame.network)))),
                      QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("hidden.out[3]@15", *frame.network)))),
                      QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("output.W[1,3]", *frame.network)))),
                      QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("output.delta[1]@15", *frame.network))))));
    const QString inner = text(frame, "hidden.delta[3]@14");
    QVERIFY2(inner.contains(
                 QStringLiteral("δ_h,3(14) = (1 − h_3(14)²)·(W_13·δ_y,1(14) + Σ_k W_h,k3·δ_h,k(15))\n")),
             qPrintable(inner));
    QVERIFY2(inner.contains(QStringLiteral("  0.0213269  from hidden at t = 15\n")), qPrintable(inner));
    QVERIFY(text(frame, "loss")
                .contains(QStringLiteral(
                    "  L = 1/N·Σ_t E(t)\n    = (0.348465 + 0.514464 + 0.341815)/3\n    = 0.401581\n")));
}

void TestExplain::textOfGivenNumbersSaysWhereTheyAreFrom()
{
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    QVERIFY(
        text(frame, "input[1]@15").contains(QStringLiteral("  x_1(15) = −0.6738\n  (given by the data)")));
    QVERIFY(text(frame, "hidden.W_h[3,2]").contains(QStringLiteral("(the weight after update 4)")));
    QVERIFY(
        text(frame, "output.delta[1]@10")
            .contains(QStringLiteral("  δ_y,1(10) = 0\n  (no loss that enters this update depends on it)")));
    QVERIFY(termsOf(explained(frame, "input[1]@15").numbers).empty());
}

void TestExplain::olderWeightsAreNamedWithTheirStep()
{
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    const auto firstTerm = [&](const char* name) {
        return quantityText(*termsOf(explained(frame, name).numbers).front().of, *frame.network);
    };
    QCOMPARE(firstTerm("hidden.net[3]@15"), std::string("hidden.W_x[3,1]"));
    QCOMPARE(firstTerm("hidden.net[3]@10"), std::string("hidden.W_x[3,1]@10"));
}

void TestExplain::clippingIsAFactor()
{
    const Frame frame = frameOf("elman-clip-sum", Granularity::Update, 5);
    QVERIFY(frame.clipped);
    const QString shown = text(frame, "hidden.W_h[3,2].velocity");
    QVERIFY2(shown.contains(QStringLiteral("= γ·v_W,h,32(before) − α·c/‖∂L/∂W‖·∂L/∂W_h,32\n")),
             qPrintable(shown));
    QVERIFY2(shown.contains(QStringLiteral("= 0.8·0.0154797 − 0.5·0.1/2.69576·(−0.0368399)\n")),
             qPrintable(shown));
}

void TestExplain::latexIsAnAlignment()
{
    const Frame frame = frameOf("elman-clip-sum", Granularity::Update, 5);
    QCOMPARE(QString::fromStdString(explanationLatex(explained(frame, "hidden.delta[3]@3"))),
             QStringLiteral(R"(\begin{align*}
  \delta_{h,3}^{3} &= \left(1 - {\left(h_{3}^{3}\right)}^{2}\right) \cdot W_{13} \cdot \delta_{y,1}^{3} \\
  &= \left(1 - {0.470126}^{2}\right) \cdot \left(-0.590652 \cdot \left(-0.216782\right)\right) \\
  &= 0.0997427
\end{align*}
)"));
}

void TestExplain::jsonTreeMakesTheValueFromItsTerms_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"hidden.net[3]@15", "hidden.net[3]@10", "hidden.out[3]@15", "hidden.delta[3]@14",
          "output.delta[1]@14", "output.delta[1]@10", "loss@15", "loss", "input[1]@10", "target[1]@10",
          "hidden.W_h[3,2]", "hidden.W_h[3,2]@10", "hidden.W_h[3,2].share@12", "hidden.W_h[3,2].gradient",
          "hidden.W_h[3,2].velocity", "hidden.b[3].update", "hidden.b[3].after"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestExplain::jsonTreeMakesTheValueFromItsTerms()
{
    QFETCH(QString, name);
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    const std::string written = explanationJson(explained(frame, qPrintable(name)), *frame.network);
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(written), &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(json.keys(), (QStringList{QStringLiteral("formula"), QStringLiteral("of"),
                                       QStringLiteral("terms"), QStringLiteral("value")}));
    QCOMPARE(json[QStringLiteral("of")].toString(), name);
    const double value = valueOf(frame, parseQuantity(name.toStdString(), *frame.network));
    QVERIFY(json[QStringLiteral("value")].toDouble() == value);
    QHash<QString, double> terms;
    for (const QJsonValue& term : json[QStringLiteral("terms")].toArray())
        terms.insert(term[QStringLiteral("of")].toString(), term[QStringLiteral("value")].toDouble());
    const double made = evaluated(json[QStringLiteral("formula")], terms);
    QVERIFY(std::abs(made - value) <= 1e-12 * std::max(1.0, std::abs(value)));
}

void TestExplain::absentNumbersSayWhy_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, int steps, const char* message) {
        QTest::newRow(name) << steps << QString::fromUtf8(message);
    };
    row("hidden.delta[3]@3", 5, "outside the window t = 9 … 15 of update 5: no gradient is computed there");
    row("hidden.delta[3]@16", 5, "not computed yet: the last step so far is t = 15");
    row("hidden.out[3]@16", 5, "not computed yet: the last step so far is t = 15");
    row("hidden.out[3]@21", 5, "the sequence has 20 time steps");
    row("loss@16", 5, "not computed yet: the last step so far is t = 15");
    row("hidden.W_h[3,2].share@8", 5,
        "outside the window t = 9 … 15 of update 5: no gradient is computed there");
    row("hidden.W_h[3,2]@1", 5, "not held: the steps from t = 3 on are");
    row("hidden.out[1]@1", 0, "not computed yet: no time step of this sequence has been computed");
    row("hidden.W_h[3,2].gradient", 0, "not computed yet: update 1 is not done");
    row("loss", 0, "not computed yet: update 1 is not due");
}

void TestExplain::absentNumbersSayWhy()
{
    QFETCH(int, steps);
    QFETCH(QString, message);
    const char* name = QTest::currentDataTag();
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, steps);
    const Quantity quantity = parseQuantity(name, *frame.network);
    QVERIFY(!hasQuantity(frame, quantity));
    const QString whole = QString::fromUtf8(name) + QStringLiteral(": ") + message;
    try {
        explain(frame, quantity);
        QFAIL("explained");
    } catch (const InputError& error) {
        QCOMPARE(QString::fromUtf8(error.what()), whole);
    }
    try {
        valueOf(frame, quantity);
        QFAIL("has a value");
    } catch (const InputError& error) {
        QCOMPARE(QString::fromUtf8(error.what()), whole);
    }
}

/// k1 = 3: three steps forward, then back from t = 3.
void TestExplain::deltasAppearStepByStep()
{
    const auto has = [](int steps, const char* name) {
        const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::TimeStep, steps);
        return hasQuantity(frame, parseQuantity(name, *frame.network));
    };
    QVERIFY(has(2, "hidden.out[1]@2"));
    QVERIFY(!has(2, "hidden.out[1]@3"));
    QVERIFY(!has(3, "hidden.delta[1]@3"));
    QVERIFY(has(4, "hidden.delta[1]@3"));
    QVERIFY(!has(4, "hidden.delta[1]@2"));
    QVERIFY(has(5, "hidden.delta[1]@2"));
    QVERIFY(has(5, "loss"));
    QVERIFY(!has(5, "hidden.b[1].gradient"));
}

QTEST_APPLESS_MAIN(TestExplain)
#include "test_explain.moc"
