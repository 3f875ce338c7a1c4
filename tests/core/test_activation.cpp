#include "core/math/activation.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace chronograd;

Q_DECLARE_METATYPE(chronograd::ActivationFunction)

class TestActivation : public QObject
{
    Q_OBJECT

private slots:
    void knownPoints();
    void slopeFromOutputIsTheDerivative_data();
    void slopeFromOutputIsTheDerivative();
    void reluHasNoSlopeAtZero();
    void extremesStayFinite();
    void nanIsKept();
};

void TestActivation::knownPoints()
{
    QCOMPARE(activate({Activation::Identity}, -2.5), -2.5);
    QCOMPARE(activate({Activation::Sigmoid}, 0.0), 0.5);
    QCOMPARE(activate({Activation::Sigmoid}, 2.0), 1.0 / (1.0 + std::exp(-2.0)));
    QCOMPARE(activate({Activation::Sigmoid, 3.0}, 2.0), 1.0 / (1.0 + std::exp(-6.0)));
    QCOMPARE(activate({Activation::Tanh}, 0.5), std::tanh(0.5));
    QCOMPARE(activate({Activation::Tanh, 3.0}, 0.5), std::tanh(0.5)); // the slope is the sigmoid's only
    QCOMPARE(activate({Activation::Relu}, 1.5), 1.5);
    QCOMPARE(activate({Activation::Relu}, -1.5), 0.0);
}

void TestActivation::slopeFromOutputIsTheDerivative_data()
{
    QTest::addColumn<ActivationFunction>("f");
    QTest::newRow("identity") << ActivationFunction{Activation::Identity};
    QTest::newRow("sigmoid") << ActivationFunction{Activation::Sigmoid};
    QTest::newRow("sigmoid, slope 2.5") << ActivationFunction{Activation::Sigmoid, 2.5};
    QTest::newRow("tanh") << ActivationFunction{Activation::Tanh};
    QTest::newRow("relu") << ActivationFunction{Activation::Relu};
}

void TestActivation::slopeFromOutputIsTheDerivative()
{
    QFETCH(ActivationFunction, f);
    for (const double net : {-3.0, -1.1, -0.2, 0.3, 0.9, 2.7}) {
        constexpr double h = 1e-5;
        const double numeric = (activate(f, net + h) - activate(f, net - h)) / (2.0 * h);
        QVERIFY(std::abs(activationSlope(f, activate(f, net)) - numeric) < 1e-9);
    }
}

void TestActivation::reluHasNoSlopeAtZero()
{
    QCOMPARE(activationSlope({Activation::Relu}, activate({Activation::Relu}, 0.0)), 0.0);
}

void TestActivation::extremesStayFinite()
{
    for (const Activation kind : {Activation::Sigmoid, Activation::Tanh}) {
        for (const double net : {-1e308, -1000.0, 1000.0, 1e308}) {
            const double out = activate({kind}, net);
            QVERIFY(std::isfinite(out));
            QCOMPARE(activationSlope({kind}, out), 0.0);
        }
    }
}

void TestActivation::nanIsKept()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const Activation kind :
         {Activation::Identity, Activation::Sigmoid, Activation::Tanh, Activation::Relu})
        QVERIFY(std::isnan(activate({kind}, nan)));
}

QTEST_APPLESS_MAIN(TestActivation)
#include "test_activation.moc"
