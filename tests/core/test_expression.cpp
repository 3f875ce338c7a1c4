#include "core/explain/expression.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

namespace {

Expression number(double value)
{
    return Expression::number(value);
}

Expression call(const char* name, std::vector<Expression> arguments)
{
    return Expression::function({name, "", "", false}, std::move(arguments));
}

Expression quantity(int unit, double value)
{
    Quantity of;
    of.kind = QuantityKind::Slot;
    of.unit = unit;
    return Expression::quantity(of, value, {"x", "1", "", false});
}

} // namespace

class TestExpression : public QObject
{
    Q_OBJECT

private slots:
    void everyKindHasItsValue();
    void functionsHaveTheirValues_data();
    void functionsHaveTheirValues();
    void sumOfNothingIsZero();
    void generalFormsAreNotNumeric();
    void termsComeOnceInOrderOfAppearance();
};

void TestExpression::everyKindHasItsValue()
{
    QCOMPARE(evaluate(number(2.5)), 2.5);
    QCOMPARE(evaluate(quantity(0, -3.0)), -3.0);
    QCOMPARE(evaluate(Expression::sum({number(1), number(2), number(4)})), 7.0);
    QCOMPARE(evaluate(Expression::product({number(3), number(-2), number(4)})), -24.0);
    QCOMPARE(evaluate(Expression::quotient(number(3), number(-2))), -1.5);
    QCOMPARE(evaluate(Expression::negate(number(3))), -3.0);
    QCOMPARE(evaluate(Expression::power(number(3), number(2))), 9.0);
    QCOMPARE(evaluate(Expression::product(
                 {number(2), Expression::sum({number(1), Expression::negate(quantity(0, 4.0))})})),
             -6.0);
}

void TestExpression::functionsHaveTheirValues_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("argument");
    QTest::addColumn<double>("value");
    QTest::newRow("tanh") << "tanh" << 0.7 << std::tanh(0.7);
    QTest::newRow("sigmoid") << "sigmoid" << 0.7 << 1.0 / (1.0 + std::exp(-0.7));
    QTest::newRow("relu above 0") << "relu" << 0.7 << 0.7;
    QTest::newRow("relu below 0") << "relu" << -0.7 << 0.0;
    QTest::newRow("exp") << "exp" << 0.7 << std::exp(0.7);
    QTest::newRow("ln") << "ln" << 0.7 << std::log(0.7);
    QTest::newRow("abs") << "abs" << -0.7 << 0.7;
    QTest::newRow("sign below 0") << "sign" << -0.7 << -1.0;
    QTest::newRow("sign at 0") << "sign" << 0.0 << 0.0;
    QTest::newRow("sqrt") << "sqrt" << 2.25 << 1.5;
    QTest::newRow("softplus") << "softplus" << 0.7 << std::log(1.0 + std::exp(0.7));
    QTest::newRow("softplus, saturated") << "softplus" << 800.0 << 800.0;
    QTest::newRow("positive above 0") << "positive" << 0.1 << 1.0;
    QTest::newRow("positive at 0") << "positive" << 0.0 << 0.0;
}

void TestExpression::functionsHaveTheirValues()
{
    QFETCH(QString, name);
    QFETCH(double, argument);
    QFETCH(double, value);
    const Expression expression = call(qPrintable(name), {number(argument)});
    QVERIFY(isNumeric(expression));
    QCOMPARE(evaluate(expression), value);
    if (name == QLatin1String("sigmoid"))
        QCOMPARE(evaluate(call("sigmoid", {number(2.0), number(0.35)})), value);
}

void TestExpression::sumOfNothingIsZero()
{
    QCOMPARE(evaluate(Expression::sum({})), 0.0);
}

void TestExpression::generalFormsAreNotNumeric()
{
    const Expression symbol = Expression::named({"W", "h", "", false});
    QVERIFY(!isNumeric(symbol));
    QVERIFY(!isNumeric(Expression::sum({number(1), Expression::negate(symbol)})));
    QVERIFY(!isNumeric(Expression::sumOver({"j", "", "", false}, number(1))));
    QVERIFY(!isNumeric(call("f", {number(1)})));
    QVERIFY(isNumeric(Expression::sum({number(1), quantity(0, 2.0)})));
}

void TestExpression::termsComeOnceInOrderOfAppearance()
{
    const Expression tree = Expression::sum(
        {Expression::product({quantity(2, 5.0), number(7)}), quantity(1, 6.0), quantity(2, 5.0)});
    const std::vector<Expression> terms = termsOf(tree);
    QCOMPARE(terms.size(), std::size_t{2});
    QCOMPARE(terms[0].of->unit, 2);
    QCOMPARE(terms[1].of->unit, 1);
}

QTEST_APPLESS_MAIN(TestExpression)
#include "test_expression.moc"
