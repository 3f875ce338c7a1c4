#include "core/explain/explain.h"
#include "core/worked/diagnosis.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <cmath>

using namespace chronograd;
using namespace chronograd::test;

namespace {

/// Two hidden units and one output over three steps, full BPTT, after the second update.
std::string experimentWith(const std::string& look)
{
    return R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 2, )" +
           look + R"(}, {"name": "output", "cell": "dense", "units": 1}],
        "weights": {"hidden.W_x": [[0.7], [0.4]], "hidden.W_h": [[0.3, -0.6], [0.45, 0.35]],
                    "hidden.b": [0.15, 0.2], "output.W": [[0.8, -1.3]], "output.b": [0.1]}},
        "task": {"kind": "inline", "sequences": [{"inputs": [[0.9], [0.3], [0.5]],
                                                  "targets": [[0.2], [-0.5], [1.3]]}]},
        "training": {"k1": "n", "k2": "n", "learning_rate": 0.17, "momentum": 0.6, "reduction": "mean"}})";
}

const std::string hyperbolic = R"("activation": "tanh")";

Frame secondUpdate(const std::string& look = hyperbolic)
{
    const Prepared prepared = prepareText(experimentWith(look));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    trainer.advance(Granularity::Update);
    return wholeFrame(trainer);
}

double number(const Frame& frame, const char* name)
{
    return valueOf(frame, parseQuantity(name, *frame.network));
}

/// As typed with so many digits that rounding plays no part.
BookNumber typed(double value)
{
    return {value, 1e-12};
}

/// Everything but shares, gradients and velocities stands before the student.
Diagnosis diagnosed(const Frame& frame, const char* name, double answer)
{
    const Quantity quantity = parseQuantity(name, *frame.network);
    const auto known = [](const Quantity& q) {
        return q.kind != QuantityKind::Share && q.kind != QuantityKind::Gradient &&
               q.kind != QuantityKind::Velocity;
    };
    return diagnose(openedExplanation(frame, quantity, known), typed(answer));
}

/// The error that reaches a hidden unit at t = 2, from the output and from t = 3.
struct Error
{
    Error(const Frame& frame, int unit)
        : here(number(frame, unit == 1 ? "output.W[1,1]" : "output.W[1,2]") *
               number(frame, "output.delta[1]@2"))
        , later(number(frame, unit == 1 ? "hidden.W_h[1,1]" : "hidden.W_h[1,2]") *
                    number(frame, "hidden.delta[1]@3") +
                number(frame, unit == 1 ? "hidden.W_h[2,1]" : "hidden.W_h[2,2]") *
                    number(frame, "hidden.delta[2]@3"))
        , withoutWeights(number(frame, "output.delta[1]@2") + number(frame, "hidden.delta[1]@3") +
                         number(frame, "hidden.delta[2]@3"))
    {}
    double here;
    double later;
    double withoutWeights;
};

} // namespace

class TestDiagnosis : public QObject
{
    Q_OBJECT

private slots:
    void everyDigitTypedCounts_data();
    void everyDigitTypedCounts();
    void theSign();
    void theDerivative_data();
    void theDerivative();
    void theDerivativeAndTheSign();
    void allTheWeights();
    void oneWeight();
    void aForgottenTermIsNamed();
    void theSignOfATerm();
    void theNumberOfSteps();
    void theLearningRate();
    void theMomentumTerm();
    void theMomentumItself();
    void theActivation();
    void anotherFactorIsNamed();
    void nothingIsInvented();
    void ofRandomNetworksTheSignIsFound();
};

void TestDiagnosis::everyDigitTypedCounts_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("to the last digit") << 0.0086553 << QStringLiteral("0.0087") << true;
    QTest::newRow("one digit more, wrong") << 0.0086553 << QStringLiteral("0.00872") << false;
    QTest::newRow("half a percent off") << 0.5249 << QStringLiteral("0.5235") << true;
    QTest::newRow("one digit is not enough") << 0.0086553 << QStringLiteral("0.01") << false;
    QTest::newRow("nothing is not enough") << 0.4 << QStringLiteral("0") << false;
    QTest::newRow("one digit where it is near") << 0.104 << QStringLiteral("0.1") << true;
    QTest::newRow("zero") << 0.0 << QStringLiteral("0") << true;
    QTest::newRow("not zero") << 0.0 << QStringLiteral("0.1") << false;
    QTest::newRow("the other sign") << -0.5 << QStringLiteral("0.5") << false;
}

void TestDiagnosis::everyDigitTypedCounts()
{
    QFETCH(double, value);
    QFETCH(QString, answer);
    QFETCH(bool, isRight);
    QCOMPARE(isRightAnswer(value, *bookNumber(answer.toStdString())), isRight);
}

void TestDiagnosis::theSign()
{
    const Frame frame = secondUpdate();
    const Diagnosis found = diagnosed(frame, "hidden.delta[1]@2", -number(frame, "hidden.delta[1]@2"));
    QCOMPARE(found.slip, Slip::Sign);
    QCOMPARE(diagnosed(frame, "output.out[1]@1", -number(frame, "output.out[1]@1")).slip, Slip::Sign);
}

void TestDiagnosis::theDerivative_data()
{
    QTest::addColumn<QString>("look");
    QTest::newRow("tanh: 1 − h²") << QStringLiteral(R"("activation": "tanh")");
    QTest::newRow("sigmoid: h(1 − h)") << QStringLiteral(R"("activation": "sigmoid")");
    QTest::newRow("sigmoid with a slope: a·h(1 − h)")
        << QStringLiteral(R"("activation": "sigmoid", "slope": 2)");
}

void TestDiagnosis::theDerivative()
{
    QFETCH(QString, look);
    const Frame frame = secondUpdate(look.toStdString());
    for (const int unit : {1, 2}) {
        const Error error(frame, unit);
        const char* of = unit == 1 ? "hidden.delta[1]@2" : "hidden.delta[2]@2";
        QVERIFY(std::abs(number(frame, of)) > 1e-3);
        QCOMPARE(diagnosed(frame, of, error.here + error.later).slip, Slip::Derivative);
        QVERIFY(!diagnosed(frame, of, error.here + error.later).wrongSign);
    }
}

void TestDiagnosis::theDerivativeAndTheSign()
{
    const Frame frame = secondUpdate();
    const Error error(frame, 1);
    const Diagnosis found = diagnosed(frame, "hidden.delta[1]@2", -(error.here + error.later));
    QCOMPARE(found.slip, Slip::Derivative);
    QVERIFY(found.wrongSign);
}

void TestDiagnosis::allTheWeights()
{
    const Frame frame = secondUpdate();
    const double out = number(frame, "hidden.out[1]@2");
    const Error error(frame, 1);
    QCOMPARE(diagnosed(frame, "hidden.delta[1]@2", error.withoutWeights * (1 - out * out)).slip,
             Slip::Weights);
}

void TestDiagnosis::oneWeight()
{
    const Frame frame = secondUpdate();
    const double out = number(frame, "hidden.out[1]@2");
    const double slope = 1 - out * out;
    const Diagnosis found = diagnosed(frame, "hidden.delta[1]@2",
                                      (number(frame, "output.delta[1]@2") + Error(frame, 1).later) * slope);
    QCOMPARE(found.slip, Slip::Weight);
    QCOMPARE(found.of, std::optional(parseQuantity("output.W[1,1]", *frame.network)));
    QCOMPARE(found.value, number(frame, "output.W[1,1]"));
}

void TestDiagnosis::aForgottenTermIsNamed()
{
    const Frame frame = secondUpdate();
    const double out = number(frame, "hidden.out[1]@2");
    const Diagnosis future = diagnosed(frame, "hidden.delta[1]@2", Error(frame, 1).here * (1 - out * out));
    QCOMPARE(future.slip, Slip::Term);
    QCOMPARE(future.note, std::string("from hidden at t = 3"));
    const double net = number(frame, "hidden.net[2]@2");
    const double bias = number(frame, "hidden.b[2]");
    const Diagnosis ofBias = diagnosed(frame, "hidden.net[2]@2", net - bias);
    QCOMPARE(ofBias.slip, Slip::Term);
    QCOMPARE(ofBias.of, std::optional(parseQuantity("hidden.b[2]", *frame.network)));
}

void TestDiagnosis::theSignOfATerm()
{
    const Frame frame = secondUpdate();
    const Diagnosis found = diagnosed(frame, "hidden.net[2]@2",
                                      number(frame, "hidden.net[2]@2") - 2 * number(frame, "hidden.b[2]"));
    QCOMPARE(found.slip, Slip::TermSign);
    QCOMPARE(found.of, std::optional(parseQuantity("hidden.b[2]", *frame.network)));
}

void TestDiagnosis::theNumberOfSteps()
{
    const Frame frame = secondUpdate();
    const double error = number(frame, "output.out[1]@3") - number(frame, "target[1]@3");
    QVERIFY(std::abs(number(frame, "output.delta[1]@3") - error / 3) < 1e-12);
    QCOMPARE(diagnosed(frame, "output.delta[1]@3", error).slip, Slip::Count);
    QCOMPARE(diagnosed(frame, "loss", 3 * number(frame, "loss")).slip, Slip::Count);
}

void TestDiagnosis::theLearningRate()
{
    const Frame frame = secondUpdate();
    const double momentum = 0.6 * number(frame, "hidden.W_h[1,2].velocity_before");
    const double gradient = number(frame, "hidden.W_h[1,2].gradient");
    QCOMPARE(diagnosed(frame, "hidden.W_h[1,2].update", momentum - gradient).slip, Slip::Rate);
    const Prepared prepared = prepareText(experimentWith(hyperbolic));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const Frame first = wholeFrame(trainer); // without a velocity: the minus sign can be forgotten too
    const Diagnosis both =
        diagnosed(first, "hidden.W_h[1,2].update", number(first, "hidden.W_h[1,2].gradient"));
    QCOMPARE(both.slip, Slip::Rate);
    QVERIFY(both.wrongSign);
}

void TestDiagnosis::theMomentumTerm()
{
    const Frame frame = secondUpdate();
    QCOMPARE(
        diagnosed(frame, "hidden.W_x[1,1].update", -0.17 * number(frame, "hidden.W_x[1,1].gradient")).slip,
        Slip::Momentum);
}

void TestDiagnosis::theMomentumItself()
{
    const Frame frame = secondUpdate();
    QCOMPARE(diagnosed(frame, "hidden.W_x[1,1].update",
                       number(frame, "hidden.W_x[1,1].velocity_before") -
                           0.17 * number(frame, "hidden.W_x[1,1].gradient"))
                 .slip,
             Slip::Momentum);
}

void TestDiagnosis::theActivation()
{
    const Frame frame = secondUpdate();
    QCOMPARE(diagnosed(frame, "hidden.out[2]@3", number(frame, "hidden.net[2]@3")).slip, Slip::Activation);
}

void TestDiagnosis::anotherFactorIsNamed()
{
    const Frame frame = secondUpdate();
    const Diagnosis half = diagnosed(frame, "loss@1", 2 * number(frame, "loss@1"));
    QCOMPARE(half.slip, Slip::Factor);
    QCOMPARE(half.value, 0.5);
    const Diagnosis sender = diagnosed(frame, "output.W[1,2].share@3", number(frame, "output.delta[1]@3"));
    QCOMPARE(sender.slip, Slip::Factor);
    QCOMPARE(sender.of, std::optional(parseQuantity("hidden.out[2]@3", *frame.network)));
}

void TestDiagnosis::nothingIsInvented()
{
    const Frame frame = secondUpdate();
    QCOMPARE(diagnosed(frame, "hidden.delta[1]@2", 7.0).slip, Slip::None);
    QCOMPARE(diagnosed(frame, "input[1]@2", 7.0).slip, Slip::None);
}

void TestDiagnosis::ofRandomNetworksTheSignIsFound()
{
    int looked = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const Prepared prepared(RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        trainer.advance(Granularity::Update);
        trainer.advance(Granularity::Update);
        if (trainer.position().phase != Phase::Updated)
            continue;
        const Frame frame = wholeFrame(trainer);
        const Layer& layer = frame.network->layers().front();
        if (!layer.hasNet())
            continue;
        Quantity delta;
        delta.kind = QuantityKind::Delta;
        delta.slot = layer.net;
        delta.t = frame.window.to;
        const double value = valueOf(frame, delta);
        if (std::abs(value) < 1e-6)
            continue;
        ++looked;
        QVERIFY(isRightAnswer(value, typed(value)));
        QCOMPARE(diagnose(explain(frame, delta), typed(-value)).slip, Slip::Sign);
    }
    QVERIFY(looked > 20);
}

QTEST_APPLESS_MAIN(TestDiagnosis)
#include "test_diagnosis.moc"
