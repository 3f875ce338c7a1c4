#include "tests/support/experiments.h"

#include <QTest>

#include <deque>

using namespace chronograd;

/// The right network learns what each generator asks, and a gradient that is cut too early does not.
class TestLearnability : public QObject
{
    Q_OBJECT

private slots:
    void networksLearnTheirTask_data();
    void networksLearnTheirTask();
    void aWindowTooShortLearnsNothing();
    void countersCountToTheEnd();
    void theFarLetterOfReberIsRemembered();
    void readyExperimentsLearn_data();
    void readyExperimentsLearn();
};

namespace {

constexpr double never = -1.0;

/// The network of all of these: one hidden layer and a dense output.
std::string experiment(const std::string& hidden, const std::string& output, const std::string& task,
                       const std::string& training, const std::string& init = R"("scheme": "xavier")")
{
    return R"({"chronograd": 1, "network": {"inputs": "task", "layers": [
        {"name": "hidden", )" +
           hidden + R"(}, {"name": "output", "cell": "dense", "units": "task", )" + output + R"(}],
        "init": {)" +
           init + R"(}}, "task": {)" + task + R"(}, "training": {"optimizer": "adam", )" + training + "}}";
}

struct Result
{
    double loss = 0.0; ///< Mean of L over the last updates.
    double accuracy = never;
};

Trainer trained(const test::Prepared& prepared)
{
    Trainer trainer(prepared.experiment, prepared.data, {.recordWeights = false, .evaluateTest = false});
    while (!trainer.isFinished()) {
        trainer.advance(Granularity::Epoch);
    }
    return trainer;
}

Result resultOf(const test::Prepared& prepared)
{
    constexpr std::size_t last = 200;
    Trainer trainer(prepared.experiment, prepared.data, {.recordWeights = false, .evaluateTest = false});
    std::deque<double> losses;
    while (!trainer.isFinished()) {
        trainer.advance(Granularity::Update);
        losses.push_back(trainer.loss());
        if (losses.size() > last) {
            losses.pop_front();
        }
    }
    Result result;
    for (const double loss : losses) {
        result.loss += loss / static_cast<double>(losses.size());
    }
    if (const std::optional<Accuracy> accuracy = trainer.accuracy()) {
        result.accuracy = accuracy->share();
    }
    return result;
}

std::filesystem::path readyExperiment(const std::string& name)
{
    return std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources" / "experiments" /
           (name + ".chronograd.json");
}

const std::string tanhCell = R"("cell": "elman", "activation": "tanh", "units": )";
const std::string lstmCell = R"("cell": "lstm", "units": )";
const std::string linear = R"("activation": "identity")";
const std::string bit = R"("activation": "sigmoid")";
const std::string symbol = R"("activation": "softmax")";
const std::string whole = R"("k1": "n", "k2": "n", "clip_norm": 1, "learning_rate": 0.01, )";

std::string echo(int units, int delay, int k2, int updates)
{
    return experiment(tanhCell + std::to_string(units), linear,
                      R"("kind": "echo", "length": 40, "sequences": 100, "delay": )" + std::to_string(delay),
                      R"("learning_rate": 0.002, "k1": 5, "k2": )" + std::to_string(k2) + R"(, "updates": )" +
                          std::to_string(updates),
                      R"("scheme": "orthogonal", "range": 0.3)");
}

const std::string reber =
    experiment(lstmCell + "12", symbol, R"("kind": "reber", "length": 30, "sequences": 300)",
               whole + R"("loss": "cross_entropy", "updates": 20000)");
const std::string counter =
    experiment(lstmCell + "4", symbol, R"("kind": "anbn", "max_n": 8, "sequences": 100)",
               whole + R"("loss": "cross_entropy", "updates": 10000)");

} // namespace

void TestLearnability::networksLearnTheirTask_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("loss");     // at most
    QTest::addColumn<double>("accuracy"); // at least
    const auto row = [](const char* name, const std::string& text, double loss, double accuracy) {
        QTest::newRow(name) << QString::fromStdString(text) << loss << accuracy;
    };
    // an echo that is not heard costs half the variance of U(-1, 1): 0.167
    row("echo, 5 back under TBPTT(5, 10)", echo(10, 5, 10, 20000), 0.005, never);
    row("echo, 15 back under TBPTT(5, 20)", echo(24, 15, 20, 40000), 0.03, never);
    row("sine",
        experiment(tanhCell + "6", linear, R"("kind": "sine", "length": 60, "sequences": 10)",
                   R"("learning_rate": 0.005, "k1": 5, "k2": 15, "updates": 10000)"),
        0.001, never);
    row("sum",
        experiment(R"("cell": "dense", "activation": "tanh", "units": 3)", linear,
                   R"("kind": "sum", "sequences": 200)", R"("learning_rate": 0.005, "k1": 1, "k2": 1,
                   "updates": 10000)"),
        0.001, never);
    row("temporal exclusive or: one bit of three can be known, so 0.46",
        experiment(tanhCell + "6", bit, R"("kind": "temporal_xor", "length": 60, "sequences": 100)",
                   R"("learning_rate": 0.005, "k1": 15, "k2": 15, "loss": "binary_cross_entropy",
                   "updates": 20000)"),
        0.50, 0.63);
    row("parity",
        experiment(tanhCell + "6", bit, R"("kind": "parity", "length": 12, "sequences": 200)",
                   whole + R"("loss": "binary_cross_entropy", "updates": 20000)"),
        0.01, 1.0);
    // 1, the mean, for every sum costs half the variance of two U(0, 1): 0.083
    row("adding over 20 steps",
        experiment(lstmCell + "8", linear, R"("kind": "adding", "length": 20, "sequences": 500)",
                   whole + R"("updates": 15000)"),
        0.001, never);
    row("latch over 20 steps",
        experiment(lstmCell + "4", linear, R"("kind": "latch", "length": 20, "sequences": 50)",
                   whole + R"("batch_size": 5, "loss": "logistic", "updates": 5000)"),
        0.01, 1.0);
    row("Reber strings: of two letters that are possible neither is known", reber, 0.7, 0.65);
    row("a^n b^n", counter, 0.35, 0.85);
    row("a text by heart",
        experiment(lstmCell + "16", symbol,
                   R"("kind": "text", "text": "the quick brown fox jumps over the lazy dog")",
                   whole + R"("loss": "cross_entropy", "updates": 1000)"),
        0.05, 1.0);
    row("the echo with a Jordan network and its context",
        experiment(R"("cell": "jordan", "context_decay": 0.5, "activation": "tanh", "units": 8)", linear,
                   R"("kind": "echo", "delay": 0, "length": 20, "sequences": 50)",
                   whole + R"("updates": 5000)"),
        0.005, never);
    row("the echo with a GRU",
        experiment(R"("cell": "gru", "units": 10)", linear,
                   R"("kind": "echo", "delay": 3, "length": 20, "sequences": 50)",
                   whole + R"("updates": 5000)"),
        0.01, never);
    row("an echo from the future with two directions",
        experiment(R"("cell": "elman", "activation": "tanh", "bidirectional": true, "units": 8)", linear,
                   R"("kind": "inline", "sequences": [
            {"inputs": [[1], [-1], [-1], [1]], "targets": [[-1], [-1], [1], [0]]},
            {"inputs": [[-1], [1], [-1], [-1]], "targets": [[1], [-1], [-1], [0]]},
            {"inputs": [[1], [1], [-1], [1]], "targets": [[1], [-1], [1], [0]]}])",
                   whole + R"("updates": 1000)"),
        0.005, never);
}

void TestLearnability::networksLearnTheirTask()
{
    QFETCH(QString, text);
    QFETCH(double, loss);
    QFETCH(double, accuracy);
    const Result result = resultOf(test::prepareText(text.toStdString()));
    const QString found = QStringLiteral("loss %1, accuracy %2").arg(result.loss).arg(result.accuracy);
    QVERIFY2(result.loss <= loss, qPrintable(found));
    QVERIFY2(result.accuracy >= accuracy, qPrintable(found));
}

void TestLearnability::aWindowTooShortLearnsNothing()
{
    const Result result = resultOf(test::prepareText(echo(24, 15, 5, 40000)));
    QVERIFY2(result.loss > 0.12, qPrintable(QString::number(result.loss)));
    const Result ready = resultOf(test::Prepared(readExperiment(readyExperiment("echo-too-far"))));
    QVERIFY2(ready.loss > 0.12, qPrintable(QString::number(ready.loss)));
}

/// After the first b everything is known: as many b as a, then the end.
void TestLearnability::countersCountToTheEnd()
{
    const test::Prepared prepared = test::prepareText(counter);
    const Trainer trainer = trained(prepared);
    Evaluator evaluator(trainer.sharedNetwork(), prepared.data);
    for (std::size_t s = 0; s < 30; ++s) {
        const Prediction prediction = evaluator.predict(trainer.weights(), trainer.settings(), s);
        const Matrix& inputs = prepared.data->training[s].inputs;
        for (Eigen::Index t = 0; t < inputs.cols(); ++t) {
            Eigen::Index said = 0;
            prediction.outputs.col(t).maxCoeff(&said);
            if (inputs(1, t) == 1.0) {
                QCOMPARE(prediction.targets(said, t), 1.0);
            }
        }
    }
}

/// The last letter but one is the second, whatever lies between.
void TestLearnability::theFarLetterOfReberIsRemembered()
{
    const test::Prepared prepared = test::prepareText(reber);
    const Trainer trainer = trained(prepared);
    Evaluator evaluator(trainer.sharedNetwork(), prepared.data);
    for (std::size_t s = 0; s < 100; ++s) {
        const Prediction prediction = evaluator.predict(trainer.weights(), trainer.settings(), s);
        const Eigen::Index step = prediction.outputs.cols() - 2;
        Eigen::Index said = 0;
        prediction.outputs.col(step).maxCoeff(&said);
        QCOMPARE(prediction.targets(said, step), 1.0);
    }
}

void TestLearnability::readyExperimentsLearn_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<double>("accuracy");
    QTest::newRow("echo-three-back") << 0.04 << never;
    QTest::newRow("sine") << 0.001 << never;
    QTest::newRow("sum") << 0.002 << never;
    QTest::newRow("temporal-xor") << 0.52 << 0.62;
    QTest::newRow("two-layers") << 0.02 << never;
    QTest::newRow("tunes") << 0.001 << never;
    QTest::newRow("adding") << 0.001 << never;
    QTest::newRow("latch") << 0.01 << 1.0;
    QTest::newRow("parity") << 0.01 << 1.0;
    QTest::newRow("reber") << 0.7 << 0.65;
    QTest::newRow("anbn") << 0.35 << 0.85;
    QTest::newRow("jabberwocky") << 0.3 << 0.9;
}

void TestLearnability::readyExperimentsLearn()
{
    QFETCH(double, loss);
    QFETCH(double, accuracy);
    const Result result = resultOf(test::Prepared(readExperiment(readyExperiment(QTest::currentDataTag()))));
    const QString found = QStringLiteral("loss %1, accuracy %2").arg(result.loss).arg(result.accuracy);
    QVERIFY2(result.loss <= loss, qPrintable(found));
    QVERIFY2(result.accuracy >= accuracy, qPrintable(found));
}

QTEST_GUILESS_MAIN(TestLearnability)
#include "test_learnability.moc"
