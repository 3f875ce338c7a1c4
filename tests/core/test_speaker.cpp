#include "core/analysis/speaker.h"
#include "tests/support/experiments.h"

#include <QTest>

using namespace chronograd;

/// A trained network goes on by itself.
class TestSpeaker : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void repeatsAStringFromItsFirstCharacter();
    void readsWhatItStartsWith();
    void drawsAsTheProbabilitiesSay();
    void equalSeedsSayTheSame();
    void theHotterTheMoreEven();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();
    void networksThatCannotSpeak_data();
    void networksThatCannotSpeak();

private:
    std::shared_ptr<const Network> m_network;
    Vector m_weights;
    std::vector<std::string> m_alphabet;
};

namespace {

const std::string learned = "hello world, über";

/// net = ln p for every symbol, whatever is read.
struct Urn
{
    std::shared_ptr<const Network> network;
    Vector weights;
    std::vector<std::string> alphabet{"a", "b", "c"};

    Urn()
    {
        const test::Prepared prepared = test::prepareText(R"({"chronograd": 1, "network": {"inputs": 3,
            "layers": [{"name": "output", "cell": "dense", "units": 3, "activation": "softmax"}],
            "weights": {"output.W": [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
                        "output.b": [-0.6931471805599453, -1.2039728043259361, -1.6094379124341003]}},
            "task": {"kind": "text", "text": "abcabc"}, "training": {"loss": "cross_entropy"}})");
        const Trainer trainer = prepared.trainer();
        network = trainer.sharedNetwork();
        weights = trainer.weights();
    }

    std::vector<double> shares(double temperature, int count = 20000) const
    {
        Random random(1, "generate");
        const std::string text = Speaker(network, alphabet).speak(weights, "a", count, temperature, random);
        std::vector<double> shares;
        for (const char symbol : {'a', 'b', 'c'}) {
            shares.push_back(static_cast<double>(std::count(text.begin() + 1, text.end(), symbol)) / count);
        }
        return shares;
    }
};

} // namespace

void TestSpeaker::initTestCase()
{
    const test::Prepared prepared = test::prepareText(R"({"chronograd": 1, "network": {"inputs": "task",
        "layers": [{"name": "hidden", "cell": "lstm", "units": 12},
                   {"name": "output", "cell": "dense", "units": "task", "activation": "softmax"}]},
        "task": {"kind": "text", "text": ")" + learned +
                                                      R"("}, "training": {"k1": "n", "k2": "n",
        "learning_rate": 0.02, "optimizer": "adam", "loss": "cross_entropy", "updates": 400}})");
    Trainer trainer(prepared.experiment, prepared.data, {});
    while (!trainer.isFinished()) {
        trainer.advance(Granularity::Epoch);
    }
    QVERIFY(trainer.loss() < 0.1);
    m_network = trainer.sharedNetwork();
    m_weights = trainer.weights();
    m_alphabet = prepared.data->inputNames;
}

void TestSpeaker::repeatsAStringFromItsFirstCharacter()
{
    Random random(1, "generate");
    Speaker speaker(m_network, m_alphabet);
    QCOMPARE(speaker.speak(m_weights, "h", 16, 0.0, random), learned);
    QCOMPARE(speaker.speak(m_weights, "h", 16, 0.0, random), learned); // nothing is left of the time before
}

void TestSpeaker::readsWhatItStartsWith()
{
    Random random(1, "generate");
    Speaker speaker(m_network, m_alphabet);
    QCOMPARE(speaker.speak(m_weights, "hello world, ü", 3, 0.0, random), learned);
    QCOMPARE(speaker.speak(m_weights, "hello", 0, 0.0, random), std::string("hello"));
}

void TestSpeaker::drawsAsTheProbabilitiesSay()
{
    const std::vector<double> shares = Urn().shares(1.0);
    const double expected[] = {0.5, 0.3, 0.2};
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY2(std::abs(shares[i] - expected[i]) < 0.015, qPrintable(QString::number(shares[i])));
    }
}

void TestSpeaker::equalSeedsSayTheSame()
{
    const Urn urn;
    Speaker speaker(urn.network, urn.alphabet);
    Random first(7, "generate");
    Random second(7, "generate");
    Random other(8, "generate");
    const std::string text = speaker.speak(urn.weights, "a", 100, 1.0, first);
    QCOMPARE(speaker.speak(urn.weights, "a", 100, 1.0, second), text);
    QVERIFY(speaker.speak(urn.weights, "a", 100, 1.0, other) != text);
}

void TestSpeaker::theHotterTheMoreEven()
{
    const Urn urn;
    QVERIFY(urn.shares(0.0)[0] == 1.0);
    QVERIFY(urn.shares(0.1)[0] > 0.98);
    QVERIFY(std::abs(urn.shares(1000.0)[2] - 1.0 / 3.0) < 0.015);
}

void TestSpeaker::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QString() << QStringLiteral("empty");
    QTest::newRow("an unknown symbol") << QStringLiteral("heX") << QStringLiteral("at byte 3");
}

void TestSpeaker::refusesWhatItCannotRead()
{
    QFETCH(QString, start);
    QFETCH(QString, says);
    Random random(1, "generate");
    Speaker speaker(m_network, m_alphabet);
    try {
        speaker.speak(m_weights, start.toStdString(), 1, 0.0, random);
        QFAIL("it was read");
    } catch (const InputError& error) {
        QVERIFY2(QString::fromUtf8(error.what()).contains(says), error.what());
    }
}

void TestSpeaker::networksThatCannotSpeak_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("says");
    const QString text = QStringLiteral(R"({"kind": "text", "text": "abcabc"})");
    QTest::newRow("no symbols") << QStringLiteral(R"("cell": "elman", "activation": "softmax")")
                                << QStringLiteral(R"({"kind": "echo"})") << QStringLiteral("next symbols");
    QTest::newRow("numbers of the same name") << QStringLiteral(R"("cell": "elman", "activation": "softmax")")
                                              << QStringLiteral(R"({"kind": "csv", "inputs": ["SUNACTIVITY"],
        "targets": ["SUNACTIVITY"], "path": "%1/resources/data/sunspots-yearly.csv"})")
                                                     .arg(QStringLiteral(CHRONOGRAD_SOURCE_DIR))
                                              << QStringLiteral("next symbols");
    QTest::newRow("no probabilities")
        << QStringLiteral(R"("cell": "elman", "activation": "tanh")") << text << QStringLiteral("softmax");
    QTest::newRow("one that speaks") << QStringLiteral(R"("cell": "elman", "activation": "softmax")") << text
                                     << QString();
}

void TestSpeaker::networksThatCannotSpeak()
{
    QFETCH(QString, layer);
    QFETCH(QString, task);
    QFETCH(QString, says);
    const test::Prepared prepared = test::prepareText(
        R"({"chronograd": 1, "network": {"inputs": "task", "layers": [{"name": "output", "units": "task", )" +
        layer.toStdString() + R"(}]}, "task": )" + task.toStdString() + "}");
    const QString problem =
        QString::fromStdString(Speaker::problem(prepared.trainer().network(), *prepared.data));
    QCOMPARE(problem.isEmpty(), says.isEmpty());
    QVERIFY2(problem.contains(says), qPrintable(problem));
}

QTEST_GUILESS_MAIN(TestSpeaker)
#include "test_speaker.moc"
