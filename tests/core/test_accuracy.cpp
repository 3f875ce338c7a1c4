#include "core/training/accuracy.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <array>

using namespace chronograd;

/// Which targets are classes, and which steps are right.
class TestAccuracy : public QObject
{
    Q_OBJECT

private slots:
    void targetsAreClasses_data();
    void targetsAreClasses();
    void stepsAreRight_data();
    void stepsAreRight();
    void theTestPartIsCounted();
    void withoutATestPartTheTrainingPartIsCounted();
    void aWindowIsCountedFromItsFrame();
};

namespace {

using Numbers = QList<double>;

std::span<const double> spanOf(const Numbers& numbers)
{
    return {numbers.data(), static_cast<std::size_t>(numbers.size())};
}

/// A network that says its input: net = 5 x.
std::string saying(const std::string& activation, const std::string& loss, const std::string& sequences)
{
    return R"({"chronograd": 1, "network": {"inputs": 2, "layers": [
        {"name": "output", "cell": "dense", "units": 2, "activation": ")" +
           activation + R"("}], "weights": {"output.W": [[5, 0], [0, 5]], "output.b": [0, 0]}},
        "task": {"kind": "inline", )" +
           sequences + R"(},
        "training": {"k1": "n", "k2": "n", "learning_rate": 1e-9, "updates": 1, "loss": ")" +
           loss + "\"}}";
}

const std::string fourSteps = R"([{"inputs": [[1, 0], [0, 1], [1, 0], [0, 1]],
                                   "targets": [[1, 0], [0, 1], [0, 1], null]}])";

} // namespace

void TestAccuracy::targetsAreClasses_data()
{
    QTest::addColumn<QString>("activation");
    QTest::addColumn<QString>("loss");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("areClasses");
    const auto row = [](const char* name, const char* activation, const char* loss, const char* target,
                        bool areClasses) {
        QTest::newRow(name) << QString::fromLatin1(activation) << QString::fromLatin1(loss)
                            << QString::fromLatin1(target) << areClasses;
    };
    row("softmax, one-hot", "softmax", "cross_entropy", "[1, 0]", true);
    row("softmax with another loss, one-hot", "softmax", "half_squared_error", "[0, 1]", true);
    row("softmax, two ones", "softmax", "cross_entropy", "[1, 1]", false);
    row("softmax, probabilities", "softmax", "cross_entropy", "[0.3, 0.7]", false);
    row("logistic, signs", "identity", "logistic", "[1, -1]", true);
    row("logistic, bits", "identity", "logistic", "[1, 0]", false);
    row("binary cross entropy, bits", "sigmoid", "binary_cross_entropy", "[1, 1]", true);
    row("binary cross entropy, a probability", "sigmoid", "binary_cross_entropy", "[1, 0.5]", false);
    row("squared error, bits", "sigmoid", "half_squared_error", "[1, 0]", false);
}

void TestAccuracy::targetsAreClasses()
{
    QFETCH(QString, activation);
    QFETCH(QString, loss);
    QFETCH(QString, target);
    QFETCH(bool, areClasses);
    const test::Prepared prepared = test::prepareText(
        saying(activation.toStdString(), loss.toStdString(),
               R"("sequences": [{"inputs": [[1, 0]], "targets": [)" + target.toStdString() + "]}]"));
    Trainer trainer = prepared.trainer();
    QCOMPARE(trainer.accuracy().has_value(), areClasses);
    trainer.advance(Granularity::Update);
    QCOMPARE(windowAccuracy(test::wholeFrame(trainer)).has_value(), areClasses);
}

void TestAccuracy::stepsAreRight_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<Numbers>("output");
    QTest::addColumn<Numbers>("target");
    QTest::addColumn<bool>("right");
    const auto row = [](const char* name, ClassRule rule, const Numbers& output, const Numbers& target,
                        bool right) {
        QTest::newRow(name) << static_cast<int>(rule) << output << target << right;
    };
    row("the largest is the one", ClassRule::Largest, {0.2, 0.5, 0.3}, {0, 1, 0}, true);
    row("another is larger", ClassRule::Largest, {0.2, 0.3, 0.5}, {0, 1, 0}, false);
    row("both signs", ClassRule::Signs, {0.1, -3}, {1, -1}, true);
    row("one sign of two is wrong", ClassRule::Signs, {0.1, 0.2}, {1, -1}, false);
    row("on the right side of a half", ClassRule::Halves, {0.51, 0.1}, {1, 0}, true);
    row("on the wrong side of a half", ClassRule::Halves, {0.49, 0.1}, {1, 0}, false);
}

void TestAccuracy::stepsAreRight()
{
    QFETCH(int, rule);
    QFETCH(Numbers, output);
    QFETCH(Numbers, target);
    QFETCH(bool, right);
    QCOMPARE(isRight(static_cast<ClassRule>(rule), spanOf(output), spanOf(target)), right);
}

void TestAccuracy::theTestPartIsCounted()
{
    const test::Prepared prepared = test::prepareText(saying(
        "softmax", "cross_entropy",
        R"("sequences": [{"inputs": [[1, 0]], "targets": [[0, 1]]}], "test_sequences": )" + fourSteps));
    Trainer trainer = prepared.trainer();
    QVERIFY((trainer.accuracy() == Accuracy{2, 3}));
}

void TestAccuracy::withoutATestPartTheTrainingPartIsCounted()
{
    const test::Prepared prepared =
        test::prepareText(saying("softmax", "cross_entropy", R"("sequences": )" + fourSteps));
    Trainer trainer = prepared.trainer();
    const std::optional<Accuracy> accuracy = trainer.accuracy();
    QVERIFY((accuracy == Accuracy{2, 3}));
    QCOMPARE(accuracy->share(), 2.0 / 3.0);
}

void TestAccuracy::aWindowIsCountedFromItsFrame()
{
    const test::Prepared prepared =
        test::prepareText(saying("softmax", "cross_entropy", R"("sequences": )" + fourSteps));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    QVERIFY((windowAccuracy(test::wholeFrame(trainer)) == Accuracy{2, 3}));
}

QTEST_GUILESS_MAIN(TestAccuracy)
#include "test_accuracy.moc"
