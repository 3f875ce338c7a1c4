#include "tests/support/experiment_text.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace chronograd;
using namespace chronograd::test;

class TestExperimentWrite : public QObject
{
    Q_OBJECT

private slots:
    void looksAsPeopleWriteIt();
    void everyKeyComesBack_data();
    void everyKeyComesBack();
    void doublesComeBackBitByBit();
    void negativeZeroStaysNegative();
    void settingsInForceAreComplete();
    void laterChangeOfOneThingCounts();
    void textIsEscaped();
    void fileIsReplacedWhole();
    void unwritablePlaceIsRefused();
};

void TestExperimentWrite::looksAsPeopleWriteIt()
{
    const char* const expected = R"({
  "chronograd": 1,
  "network": {
    "inputs": 1,
    "layers": [
      {"name": "hidden", "cell": "elman", "units": 2},
      {"name": "output", "cell": "dense", "units": 1}
    ],
    "weights": {
      "hidden.W_h": [
        [0.1, 0.2],
        [0.3, 0.4]
      ],
      "hidden.b": [0.5, 0.6]
    }
  },
  "task": {
    "kind": "inline",
    "sequences": [
      {
        "inputs": [[1], null, [3]],
        "targets": [[1], [2], null]
      }
    ]
  },
  "training": {
    "k1": 2,
    "k2": 3,
    "learning_rate": 0.1,
    "momentum": 0.5,
    "updates": 2000
  }
}
)";
    QCOMPARE(writeExperiment(parseExperiment(soundExperiment, {})), std::string(expected));
}

void TestExperimentWrite::everyKeyComesBack_data()
{
    QTest::addColumn<QByteArray>(
        "part"); // must stand in the written file as it stood in the one that was read
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("task");
    QTest::addColumn<QByteArray>("training");
    const QByteArray plainNetwork =
        R"("inputs": "task", "layers": [{"name": "a", "cell": "dense", "units": "task"}])";
    const QByteArray plainTask = R"("kind": "echo")";
    const auto network = [&](const char* part, const char* whole = nullptr) {
        QTest::newRow(part) << QByteArray(part) << QByteArray(whole ? whole : part) << plainTask
                            << QByteArray();
    };
    const auto layer = [&](const QByteArray& part) {
        QTest::newRow(part) << part
                            << R"("inputs": 1, "layers": [)" + part +
                                   R"(, {"name": "z", "cell": "dense", "units": 1}])"
                            << plainTask << QByteArray(R"("k1": "n", "k2": "n")");
    };
    const auto task = [&](const QByteArray& part) {
        QTest::newRow(part.simplified()) << part << plainNetwork << part << QByteArray();
    };
    const auto training = [&](const QByteArray& part) {
        QTest::newRow(part) << part << plainNetwork << plainTask << part;
    };

    network(R"("inputs": "task")", plainNetwork.constData());
    for (const QByteArray init :
         {R"({"scheme": "xavier", "range": 0.25, "seed": 18446744073709551615})",
          R"({"scheme": "orthogonal"})", R"({"scheme": "identity"})", R"({"scheme": "zeros"})"})
    {
        const QByteArray part = "\"init\": " + init;
        QTest::newRow(part) << part << plainNetwork + ", " + part << plainTask << QByteArray();
    }
    layer(R"({"name": "a", "cell": "dense", "units": 3, "activation": "sigmoid", "slope": 1.7})");
    layer(R"({"name": "a", "cell": "dense", "units": 3, "activation": "tanh"})");
    layer(R"({"name": "a", "cell": "elman", "units": 3, "activation": "identity"})");
    layer(
        R"({"name": "a", "cell": "elman", "units": 3, "activation": "relu", "bias": false, "trainable": false})");
    layer(R"({"name": "a", "cell": "elman", "units": 3, "bidirectional": true})");
    layer(R"({"name": "a", "cell": "jordan", "units": 3, "context_decay": 0.5})");
    layer(R"({"name": "a", "cell": "lstm", "units": 3, "bidirectional": true})");
    layer(R"({"name": "a", "cell": "gru", "units": 3, "reset_after": false})");
    task(R"("kind": "csv",
    "path": "data.csv",
    "inputs": ["x", "y"],
    "targets": ["z"],
    "horizon": 2,
    "normalise": true,
    "missing": "interpolate",
    "length": 50,
    "test_fraction": 0.25)");
    task(R"("kind": "text",
    "path": "a.txt",
    "length": 20,
    "test_fraction": 0.1)");
    task(R"("kind": "text",
    "text": "hello")");
    task(R"("kind": "echo", "delay": 0, "length": 7, "sequences": 2, "seed": 5)");
    task(R"("kind": "sine", "period": 12.5)");
    task(R"("kind": "temporal_xor", "length": 3000)");
    task(R"("kind": "parity")");
    task(R"("kind": "adding", "length": 30)");
    task(R"("kind": "reber", "sequences": 100)");
    task(R"("kind": "anbn", "max_n": 5)");
    task(R"("kind": "latch", "noise": 0.2)");
    task(R"("kind": "sum", "seed": 0)");
    for (
        const char* part :
        {R"("k1": "n")",
         R"("k2": 1000000000)",
         R"("learning_rate": 1e-05)",
         R"("momentum": 0)",
         R"("loss": "mean_squared_error")",
         R"("loss": "logistic")",
         R"("reduction": "sum")",
         R"("injection": "window")",
         R"("injection": "last")",
         R"("history": "recomputed")",
         R"("window": "full")",
         R"("optimizer": "nesterov")",
         R"("optimizer": "rmsprop")",
         R"("optimizer": "adam")",
         R"("clip_norm": 0.1)",
         R"("state": "carry")",
         R"("chunk": 4)",
         R"("decay": 0.9)",
         R"("epsilon": 0.001)",
         R"("beta1": 0.5)",
         R"("beta2": 0.75)",
         R"("batch_size": "all")",
         R"("batch_size": 16)",
         R"("shuffle": true)",
         R"("seed": 12)",
         R"("updates": null)",
         R"("updates": 0)",
         R"("stop_loss": 0.01)",
         R"({"update": 12, "set": {"k1": "n", "clip_norm": null, "chunk": 3}, "edit": {"a.W[1,1]": 0.4, "input[1]@5#3": 0.1}})"})
        if (part[0] == '{')
            QTest::newRow(part) << QByteArray(part) << plainNetwork << plainTask
                                << QByteArray("\"schedule\": [" + QByteArray(part) + "]");
        else
            training(part);
}

void TestExperimentWrite::everyKeyComesBack()
{
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, network);
    QFETCH(QByteArray, task);
    QFETCH(QByteArray, training);
    const QByteArray text = "{\"chronograd\": 1, \"network\": {" + network + "}, \"task\": {" + task +
                            "}, \"training\": {" + training + "}}";
    const Experiment read = parseExperiment(text.toStdString(), "file.json");
    const std::string written = writeExperiment(read);
    QVERIFY2(written.find(part.toStdString()) != written.npos, written.c_str());
    QCOMPARE(writeExperiment(parseExperiment(written, "file.json")), written);
}

void TestExperimentWrite::doublesComeBackBitByBit()
{
    Experiment experiment = parseExperiment(soundExperiment, {});
    Matrix& weights = experiment.network.weights["hidden.W_h"];
    std::mt19937_64 random(3);
    for (int i = 0; i < 2000; ++i) {
        for (double& weight : weights.reshaped()) {
            do {
                const std::uint64_t bits = random();
                std::memcpy(&weight, &bits, sizeof weight);
            } while (!std::isfinite(weight));
        }
        const Experiment again = parseExperiment(writeExperiment(experiment), {});
        const Matrix& read = again.network.weights.at("hidden.W_h");
        QVERIFY(std::memcmp(read.data(), weights.data(), 4 * sizeof(double)) == 0);
    }
}

void TestExperimentWrite::negativeZeroStaysNegative()
{
    Experiment experiment = parseExperiment(soundExperiment, {});
    experiment.network.weights["hidden.b"](0, 0) = -0.0;
    const Experiment again = parseExperiment(writeExperiment(experiment), {});
    QVERIFY(std::signbit(again.network.weights.at("hidden.b")(0, 0)));
    QCOMPARE(numberText(0.1), std::string("0.1"));
    QCOMPARE(numberText(-3.0), std::string("-3"));
}

void TestExperimentWrite::settingsInForceAreComplete()
{
    const Experiment experiment = parseExperiment(soundExperiment, {});
    Hyperparameters inForce = experiment.training.start;
    inForce.k1 = StepCount::wholeSequence();
    inForce.clipNorm = 0.5;
    QCOMPARE(writeSettings(experiment.training, inForce),
             std::string(R"({"k1": "n", "k2": 3, "learning_rate": 0.1, "momentum": 0.5, )"
                         R"("loss": "half_squared_error", "reduction": "mean", "injection": "recent", )"
                         R"("history": "stored", "window": "partial", "optimizer": "sgd", "clip_norm": 0.5, )"
                         R"("state": "reset", "chunk": null, "decay": 0.99, "epsilon": 1e-08, "beta1": 0.9, )"
                         R"("beta2": 0.999, "batch_size": 1, "shuffle": false, "seed": 1, "updates": 2000, )"
                         R"("stop_loss": null})"));
}

void TestExperimentWrite::laterChangeOfOneThingCounts()
{
    Experiment experiment = parseExperiment(soundExperiment, {});
    ScheduleEntry entry;
    entry.update = 4;
    entry.set = {{Setting::K1, StepCount(3)}, {Setting::K2, StepCount(9)}, {Setting::K1, StepCount(8)}};
    entry.edits = {{"hidden.b[1]", 1.0}, {"hidden.b[1]", 2.0}};
    experiment.training.schedule = {entry};
    const Experiment again = parseExperiment(writeExperiment(experiment), {});
    const ScheduleEntry& read = again.training.schedule.at(0);
    QVERIFY(read.set ==
            (std::vector<SettingChange>{{Setting::K1, StepCount(8)}, {Setting::K2, StepCount(9)}}));
    QVERIFY(read.edits == (std::vector<Edit>{{"hidden.b[1]", 2.0}}));
}

void TestExperimentWrite::textIsEscaped()
{
    Experiment experiment = parseExperiment(soundExperiment, {});
    experiment.name = "a \"b\" \\ c\n\t\x01 δ₃";
    experiment.description = "two\nlines";
    experiment.author = "Ψ";
    experiment.expected = {{"hidden.delta[1]@1", "-0.0087", "error signal", "δ3", "off by \"one\"", 7}};
    experiment.session.emplace();
    experiment.session->moment.update = 12;
    experiment.session->parameters = {{"output.W", Matrix::Constant(1, 2, 0.1)}};
    const Experiment again = parseExperiment(writeExperiment(experiment), {});
    QCOMPARE(again.name, experiment.name);
    QCOMPARE(again.description, experiment.description);
    QCOMPARE(again.author, experiment.author);
    QCOMPARE(again.expected.size(), 1u);
    QCOMPARE(again.expected[0].of, std::string("hidden.delta[1]@1"));
    QCOMPARE(again.expected[0].value, std::string("-0.0087"));
    QCOMPARE(again.expected[0].sign, std::string("error signal"));
    QCOMPARE(again.expected[0].alias, std::string("δ3"));
    QCOMPARE(again.expected[0].note, std::string("off by \"one\""));
    QCOMPARE(again.expected[0].update, std::int64_t(7));
    QCOMPARE(again.session->moment.update, 12);
    QVERIFY(again.session->parameters == experiment.session->parameters);
}

void TestExperimentWrite::fileIsReplacedWhole()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("out.json");
    writeFile(path.toStdString(), std::string(100'000, 'x'));
    writeFile(path.toStdString(), "short");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("short"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{"out.json"});
}

void TestExperimentWrite::unwritablePlaceIsRefused()
{
    const QTemporaryDir folder;
    const std::string missing = folder.filePath("no/such/out.json").toStdString();
    try {
        writeFile(missing, "x");
        QFAIL("was written");
    } catch (const InputError& error) {
        QCOMPARE(std::string(error.what()), missing + ": cannot be written: No such file or directory");
    }
    QVERIFY_THROWS_EXCEPTION(InputError, writeFile(folder.path().toStdString(), "x"));
    QVERIFY(QDir(folder.path()).isEmpty());
}

QTEST_APPLESS_MAIN(TestExperimentWrite)
#include "test_experiment_write.moc"
