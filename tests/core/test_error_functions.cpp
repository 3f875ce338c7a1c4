#include "core/analysis/error_functions.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

/// Signed, absolute and squared errors.
class TestErrorFunctions : public QObject
{
    Q_OBJECT

private slots:
    void signedErrorsCancel();
    void slopesAreDifferences();
    void errorsAreOutputMinusTarget();
};

void TestErrorFunctions::signedErrorsCancel()
{
    // Outputs 0.9 and 0.2 where 0.5 and 0.6 are right.
    const OutputErrors errors{1, {0.9 - 0.5, 0.2 - 0.6}};
    QVERIFY(std::abs(errors.sum(ErrorFunction::Signed)) <= 1e-15);
    QVERIFY(std::abs(errors.sum(ErrorFunction::Absolute) - 0.8) <= 1e-15);
    QVERIFY(std::abs(errors.sum(ErrorFunction::HalfSquared) - 0.16) <= 1e-15);
}

void TestErrorFunctions::slopesAreDifferences()
{
    for (const ErrorFunction function :
         {ErrorFunction::Signed, ErrorFunction::Absolute, ErrorFunction::HalfSquared})
    {
        for (const double e : {-1.5, -0.2, 0.3, 2.0}) {
            const double h = 1e-6;
            const double difference = (errorOf(function, e + h) - errorOf(function, e - h)) / (2 * h);
            QVERIFY(std::abs(errorSlope(function, e) - difference) <= 1e-9);
        }
    }
    QCOMPARE(errorSlope(ErrorFunction::Absolute, 0.0), 0.0);
}

void TestErrorFunctions::errorsAreOutputMinusTarget()
{
    const test::Prepared prepared =
        test::echo(R"("k1": 5, "k2": 5, "reduction": "sum", "injection": "last")");
    Trainer trainer = prepared.trainer();
    QVERIFY(!outputErrorsOf(test::wholeFrame(trainer)).has_value());
    trainer.advance(Granularity::Update);
    const Frame frame = test::wholeFrame(trainer);
    const auto errors = outputErrorsOf(frame);
    QCOMPARE(errors->t, 5);
    // L is half the squared error of this one step.
    QVERIFY(std::abs(errors->sum(ErrorFunction::HalfSquared) - *frame.loss) <= 1e-15);
}

QTEST_APPLESS_MAIN(TestErrorFunctions)
#include "test_error_functions.moc"
