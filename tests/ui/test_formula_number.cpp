#include "ui/theme/formula_number.h"

#include <QTest>

#include <limits>

using namespace chronograd;

class TestFormulaNumber : public QObject
{
    Q_OBJECT

private slots:
    void readsAs_data();
    void readsAs();
    void seventeenDigitsReadBackAsTheSameDouble();
};

void TestFormulaNumber::readsAs_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("digits");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << 4 << QStringLiteral("0");
    QTest::newRow("a short number stays short") << 0.5 << 4 << QStringLiteral("0.5");
    QTest::newRow("a whole number") << 3.0 << 4 << QStringLiteral("3");
    QTest::newRow("trailing zeros of a whole number are kept") << 1200.0 << 4 << QStringLiteral("1200");
    QTest::newRow("a real minus sign") << -0.25 << 4 << QStringLiteral("−0.25");
    QTest::newRow("four digits that count") << -0.034570123 << 4 << QStringLiteral("−0.03457");
    QTest::newRow("rounded: the zeros stay") << 0.20999999 << 4 << QStringLiteral("0.2100");
    QTest::newRow("two digits") << 3.14159 << 2 << QStringLiteral("3.1");
    QTest::newRow("rounding up to one more digit") << 9.99999 << 3 << QStringLiteral("10.0");
    QTest::newRow("below one ten-thousandth: a power of ten") << 1.25e-7 << 4 << QStringLiteral("1.25·10⁻⁷");
    QTest::newRow("0.0001234 is still plain") << 0.0001234 << 4 << QStringLiteral("0.0001234");
    QTest::newRow("large") << -6.02214e23 << 3 << QStringLiteral("−6.02·10²³");
    QTest::newRow("a million is plain") << 1234567.0 << 3 << QStringLiteral("1230000");
    QTest::newRow("not finite") << -std::numeric_limits<double>::infinity() << 4 << QStringLiteral("−∞");
    QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN() << 4
                               << QStringLiteral("not a number");
    QTest::newRow("fewer digits than two are two") << 0.123456 << 0 << QStringLiteral("0.12");
}

void TestFormulaNumber::readsAs()
{
    QFETCH(double, value);
    QFETCH(int, digits);
    QTEST(formulaNumberText(value, digits), "text");
}

void TestFormulaNumber::seventeenDigitsReadBackAsTheSameDouble()
{
    for (const double value : {0.1, -1.0 / 3.0, 2.0 / 7.0, 0.03456789012345678, 123.45600000000002}) {
        QString text = formulaNumberText(value, 17);
        text.replace(u'−', u'-');
        QCOMPARE(text.toDouble(), value);
    }
}

QTEST_MAIN(TestFormulaNumber)
#include "test_formula_number.moc"
