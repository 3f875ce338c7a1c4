#include "ui/graph/edge_buckets.h"
#include "ui/graph/nice_scale.h"
#include "ui/graph/number_text.h"
#include "ui/plots/plot_numbers.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace chronograd;

class TestGraphNumbers : public QObject
{
    Q_OBJECT

private slots:
    void numbersInUnitsAreShort_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("no leading zero") << 0.66 << QStringLiteral(".66");
        QTest::newRow("a proper minus") << -0.84 << QStringLiteral("−.84");
        QTest::newRow("zero itself") << 0.0 << QStringLiteral("0");
        QTest::newRow("nearly zero") << -0.0004 << QStringLiteral(".00");
        QTest::newRow("rounds up to one") << 0.996 << QStringLiteral("1.0");
        QTest::newRow("below one") << 0.994 << QStringLiteral(".99");
        QTest::newRow("one digit") << -3.14 << QStringLiteral("−3.1");
        QTest::newRow("two digits") << 12.3 << QStringLiteral("12");
        QTest::newRow("hundreds") << -512.0 << QStringLiteral("−512");
        QTest::newRow("thousands") << 31000.0 << QStringLiteral("3e4");
        QTest::newRow("not a number") << std::nan("") << QStringLiteral("NaN");
        QTest::newRow("infinity") << -std::numeric_limits<double>::infinity() << QStringLiteral("−∞");
    }

    void numbersInUnitsAreShort()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(unitNumber(value), text);
        QVERIFY(unitNumber(value).size() <= 4);
    }

    void plotsWriteMinusSigns_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("text");
        QTest::newRow("decimals") << shownFixed(-0.254, 2) << QStringLiteral("−0.25");
        QTest::newRow("nearly zero") << shownFixed(-0.0004, 2) << QStringLiteral("0.00");
        QTest::newRow("digits") << shownRounded(-0.0001234, 2) << QStringLiteral("−0.00012");
        QTest::newRow("a power") << shownRounded(-1.5e-7, 2) << QStringLiteral("−1.5e−7");
        QTest::newRow("all digits") << shownShortest(-0.1) << QStringLiteral("−0.1");
        QTest::newRow("a file") << shortest(-1.5e-7) << QStringLiteral("-1.5e-07"); // others read it
    }

    void plotsWriteMinusSigns()
    {
        QFETCH(QString, shown);
        QFETCH(QString, text);
        QCOMPARE(shown, text);
    }

    void lossesKeepThreeDecimals_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("as in the sketch") << 0.2071 << QStringLiteral("0.207");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0.000");
        QTest::newRow("small") << 0.00021 << QStringLiteral("2.1e−4");
        QTest::newRow("large") << 12.345 << QStringLiteral("12.3");
        QTest::newRow("larger") << 1234.0 << QStringLiteral("1234");
        QTest::newRow("huge") << 1.5e7 << QStringLiteral("1.5e7");
    }

    void lossesKeepThreeDecimals()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(shortNumber(value), text);
    }

    void scalesEndAtNiceNumbers()
    {
        QCOMPARE(niceScale(0.73), 1.0);
        QCOMPARE(niceScale(1.0), 1.0);
        QCOMPARE(niceScale(1.01), 2.0);
        QCOMPARE(niceScale(0.031), 0.05);
        QCOMPARE(niceScale(5.1e-7), 1e-6);
        QCOMPARE(niceScale(0.0), 1.0);
        QCOMPARE(niceScale(std::nan("")), 1.0);
        for (double value = 1e-9; value < 1e9; value *= 1.37) {
            QVERIFY(niceScale(value) >= value * (1 - 1e-9));
            QVERIFY(niceScale(value) <= 2.5 * value);
        }
    }

    void edgesFallIntoLevelsBySignAndSize()
    {
        QCOMPARE(edgeLevel(1.0, 1.0), edgeLevels);
        QCOMPARE(edgeLevel(-7.0, 1.0), -edgeLevels);
        QCOMPARE(edgeLevel(0.5, 1.0), edgeLevels / 2);
        QCOMPARE(edgeLevel(-0.1, 2.0), -1);
        QCOMPARE(edgeLevel(0.01, 1.0), 0);
        QCOMPARE(edgeLevel(std::nan(""), 1.0), 0);
    }

    void everyEdgeIsInOneBucketOrLeftOut()
    {
        const std::vector<double> values{0.9, -0.9, 0.5, 0.001, -0.002, 0.31, -0.3, 0.0};
        const EdgeBuckets all = bucketEdges(values, 1.0, {true, 100});
        QCOMPARE(all.leftOut, 0);
        QCOMPARE(all.at(0), (std::vector<int>{3, 4, 7}));
        QCOMPARE(all.at(9), std::vector<int>{0});
        QCOMPARE(all.at(-9), std::vector<int>{1});
        const EdgeBuckets strong = bucketEdges(values, 1.0, {false, 100});
        QCOMPARE(strong.leftOut, 3);
        QVERIFY(strong.at(0).empty());
    }

    void theStrongestEdgesStayWhenThereAreTooMany()
    {
        const std::vector<double> values{0.1, 0.9, -0.8, 0.2, 0.3, -1.0};
        const EdgeBuckets few = bucketEdges(values, 1.0, {true, 3});
        QCOMPARE(few.leftOut, 3);
        QCOMPARE(few.at(-10), std::vector<int>{5});
        QCOMPARE(few.at(9), std::vector<int>{1});
        QCOMPARE(few.at(-8), std::vector<int>{2});
        QVERIFY(few.at(3).empty());
    }
};

QTEST_GUILESS_MAIN(TestGraphNumbers)
#include "test_graph_numbers.moc"
