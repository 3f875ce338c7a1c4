#include "core/math/softmax.h"
#include "core/training/loss.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace chronograd;

namespace {

/// Written independently of the engine.
std::vector<double> outputsOf(ActivationFunction f, const std::vector<double>& net)
{
    std::vector<double> out(net.size());
    double sum = 0.0;
    for (const double x : net)
        sum += std::exp(x);
    for (std::size_t i = 0; i < net.size(); ++i) {
        switch (f.kind) {
        case Activation::Identity:
            out[i] = net[i];
            break;
        case Activation::Sigmoid:
            out[i] = 1.0 / (1.0 + std::exp(-f.slope * net[i]));
            break;
        case Activation::Tanh:
            out[i] = std::tanh(net[i]);
            break;
        case Activation::Relu:
            out[i] = std::max(0.0, net[i]);
            break;
        case Activation::Softmax:
            out[i] = std::exp(net[i]) / sum;
            break;
        }
    }
    return out;
}

double lossAt(Loss loss, ActivationFunction f, const std::vector<double>& net,
              const std::vector<double>& target)
{
    const std::vector<double> out = outputsOf(f, net);
    return stepLoss(loss, f, {net, out, target});
}

double lossOf(Loss loss, Activation kind, std::vector<double> net, std::vector<double> out,
              std::vector<double> target)
{
    return stepLoss(loss, {kind, 1.0}, {net, out, target});
}

struct Row
{
    const char* name;
    Loss loss;
    ActivationFunction f;
    std::vector<double> net;
    std::vector<double> target;
};

const std::vector<Row>& rows()
{
    static const std::vector<Row> table = {
        {"half squared error, identity",
         Loss::HalfSquaredError,
         {Activation::Identity, 1},
         {0.3, -1.2},
         {1.0, 0.5}},
        {"half squared error, tanh", Loss::HalfSquaredError, {Activation::Tanh, 1}, {0.3, -1.2}, {1.0, 0.5}},
        {"half squared error, softmax",
         Loss::HalfSquaredError,
         {Activation::Softmax, 1},
         {0.3, -1.2, 0.1},
         {1.0, 0.5, 0.0}},
        {"squared error, sigmoid of slope 2.5",
         Loss::SquaredError,
         {Activation::Sigmoid, 2.5},
         {0.3, -0.2},
         {1.0, 0.0}},
        {"mean squared error, three outputs",
         Loss::MeanSquaredError,
         {Activation::Relu, 1},
         {0.3, -1.2, 2.0},
         {1.0, 0.5, -1}},
        {"absolute error", Loss::AbsoluteError, {Activation::Tanh, 1}, {0.3, -1.2}, {1.0, -0.95}},
        {"cross entropy, one-hot",
         Loss::CrossEntropy,
         {Activation::Softmax, 1},
         {0.3, -1.2, 2.0},
         {0.0, 1.0, 0.0}},
        {"cross entropy, targets that do not sum to 1",
         Loss::CrossEntropy,
         {Activation::Softmax, 1},
         {0.3, -1.2, 2.0},
         {0.7, 0.1, 0.4}},
        {"binary cross entropy, slope 1",
         Loss::BinaryCrossEntropy,
         {Activation::Sigmoid, 1},
         {0.3, -1.2},
         {1.0, 0.25}},
        {"binary cross entropy, slope 0.4",
         Loss::BinaryCrossEntropy,
         {Activation::Sigmoid, 0.4},
         {0.3, -1.2},
         {0.0, 1.0}},
        {"logistic, identity", Loss::Logistic, {Activation::Identity, 1}, {0.3, -1.2}, {1.0, -1.0}},
        {"logistic, tanh", Loss::Logistic, {Activation::Tanh, 1}, {0.3, -1.2}, {-1.0, -1.0}},
    };
    return table;
}

} // namespace

class TestLoss : public QObject
{
    Q_OBJECT

private slots:
    void gradientIsThatOfCentralDifferences_data();
    void gradientIsThatOfCentralDifferences();
    void gradientIsScaledAndWhatWasThereIsGone();
    void valuesAreThoseOfTheFormulas();
    void saturatedUnitsGiveFiniteLosses();
    void absoluteErrorHasNoSlopeAtZero();
    void softmaxOfHugeNetsIsFinite();
};

void TestLoss::gradientIsThatOfCentralDifferences_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < rows().size(); ++i)
        QTest::newRow(rows()[i].name) << static_cast<int>(i);
}

void TestLoss::gradientIsThatOfCentralDifferences()
{
    QFETCH(int, index);
    const Row& row = rows()[static_cast<std::size_t>(index)];
    const std::vector<double> out = outputsOf(row.f, row.net);

    std::vector<double> given(row.net.size(), 0.0);
    setLossGradient(row.loss, row.f, {row.net, out, row.target}, 1.0, given);
    std::vector<double> deltaNet(row.net.size(), 0.0);
    if (lossActsOnNet(row.loss))
        deltaNet = given;
    else if (row.f.kind == Activation::Softmax)
        softmaxBackward(out, given, deltaNet);
    else {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double slopes[] = {1.0, row.f.slope * out[i] * (1 - out[i]), 1 - out[i] * out[i],
                                     out[i] > 0 ? 1.0 : 0.0};
            deltaNet[i] = given[i] * slopes[static_cast<int>(row.f.kind)];
        }
    }

    for (std::size_t i = 0; i < row.net.size(); ++i) {
        const double h = 1e-5;
        std::vector<double> up = row.net;
        std::vector<double> down = row.net;
        up[i] += h;
        down[i] -= h;
        const double difference =
            (lossAt(row.loss, row.f, up, row.target) - lossAt(row.loss, row.f, down, row.target)) / (2 * h);
        QVERIFY2(std::abs(difference - deltaNet[i]) <= 1e-8,
                 qPrintable(QStringLiteral("output %1: %2 against %3")
                                .arg(i)
                                .arg(deltaNet[i], 0, 'g', 17)
                                .arg(difference, 0, 'g', 17)));
    }
}

void TestLoss::gradientIsScaledAndWhatWasThereIsGone()
{
    const std::vector<double> net = {0.5};
    const std::vector<double> target = {0.1};
    std::vector<double> delta = {10.0};
    setLossGradient(Loss::HalfSquaredError, {}, {net, net, target}, 0.25, delta);
    QCOMPARE(delta[0], 0.1);
}

void TestLoss::valuesAreThoseOfTheFormulas()
{
    QCOMPARE(lossOf(Loss::HalfSquaredError, Activation::Identity, {3, 1}, {3, 1}, {1, 2}), 2.5);
    QCOMPARE(lossOf(Loss::SquaredError, Activation::Identity, {3, 1}, {3, 1}, {1, 2}), 5.0);
    QCOMPARE(lossOf(Loss::MeanSquaredError, Activation::Identity, {3, 1}, {3, 1}, {1, 2}), 2.5);
    QCOMPARE(lossOf(Loss::AbsoluteError, Activation::Identity, {3, 1}, {3, 1}, {1, 2}), 3.0);
    QCOMPARE(lossOf(Loss::CrossEntropy, Activation::Softmax, {0, 0}, {0.5, 0.5}, {0, 1}), std::log(2.0));
    QCOMPARE(lossOf(Loss::BinaryCrossEntropy, Activation::Sigmoid, {0, 0}, {0.5, 0.5}, {0, 1}),
             2 * std::log(2.0));
    QCOMPARE(lossOf(Loss::Logistic, Activation::Identity, {0.0}, {0.0}, {1}), std::log(2.0));
}

void TestLoss::saturatedUnitsGiveFiniteLosses()
{
    QCOMPARE(lossOf(Loss::CrossEntropy, Activation::Softmax, {800, -800}, {1, 0}, {0, 1}), 1600.0);
    QCOMPARE(lossOf(Loss::CrossEntropy, Activation::Softmax, {800, -800}, {1, 0}, {1, 0}), 0.0);
    QCOMPARE(lossOf(Loss::BinaryCrossEntropy, Activation::Sigmoid, {800}, {1}, {0}), 800.0);
    QCOMPARE(lossOf(Loss::BinaryCrossEntropy, Activation::Sigmoid, {800}, {1}, {1}), 0.0);
    QCOMPARE(lossOf(Loss::BinaryCrossEntropy, Activation::Sigmoid, {-800}, {0}, {1}), 800.0);
    QCOMPARE(lossOf(Loss::Logistic, Activation::Identity, {-800}, {-800}, {1}), 800.0);
    QCOMPARE(lossOf(Loss::Logistic, Activation::Identity, {800}, {800}, {1}), 0.0);

    for (const double net : {-800.0, 800.0}) {
        const std::vector<double> one = {net};
        const std::vector<double> target = {1.0};
        std::vector<double> delta = {0.0};
        setLossGradient(Loss::Logistic, {}, {one, one, target}, 1.0, delta);
        QCOMPARE(delta[0], net < 0 ? -1.0 : -0.0);
    }
}

void TestLoss::absoluteErrorHasNoSlopeAtZero()
{
    const std::vector<double> net = {0.5, 0.6, 0.4};
    const std::vector<double> target = {0.5, 0.5, 0.5};
    std::vector<double> delta(3, 0.0);
    setLossGradient(Loss::AbsoluteError, {}, {net, net, target}, 1.0, delta);
    QCOMPARE(delta, (std::vector<double>{0.0, 1.0, -1.0}));
}

void TestLoss::softmaxOfHugeNetsIsFinite()
{
    const std::vector<double> net = {800, 799, -800};
    std::vector<double> out(3);
    softmax(net, out);
    QCOMPARE(out[0], 1.0 / (1.0 + std::exp(-1.0)));
    QCOMPARE(out[0] + out[1], 1.0);
    QCOMPARE(out[2], 0.0);
    QCOMPARE(logSumExp(net), 800.0 + std::log1p(std::exp(-1.0)));
}

QTEST_APPLESS_MAIN(TestLoss)
#include "test_loss.moc"
