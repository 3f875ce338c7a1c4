#include "ui/graph/edge_buckets.h"
#include "ui/graph/nice_scale.h"
#include "ui/plots/plot_numbers.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

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

    void smallUnitsHaveOneDecimal_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("a proper minus") << -0.81 << QStringLiteral("−.8");
        QTest::newRow("zero itself") << 0.0 << QStringLiteral("0");
        QTest::newRow("nearly zero") << -0.04 << QStringLiteral(".0");
        QTest::newRow("rounds up to one") << 0.96 << QStringLiteral("1");
        QTest::newRow("one digit") << -3.14 << QStringLiteral("−3");
    }

    void smallUnitsHaveOneDecimal()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(unitNumber(value, 1), text);
    }

    void plotsWriteMinusSigns_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("text");
        QTest::newRow("decimals") << shownFixed(-0.254, 2) << QStringLiteral("−0.25");
        QTest::newRow("nearly zero") << shownFixed(-0.0004, 2) << QStringLiteral("0.00");
        QTest::newRow("digits") << shownRounded(-0.0001234, 2) << QStringLiteral("−0.00012");
        QTest::newRow("a power") << shownRounded(-1.5e-7, 2) << QStringLiteral("−1.5·10⁻⁷");
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
        QTest::newRow("small") << 0.00021 << QStringLiteral("2.1·10⁻⁴");
        QTest::newRow("large") << 12.345 << QStringLiteral("12.3");
        QTest::newRow("larger") << 1234.0 << QStringLiteral("1234");
        QTest::newRow("huge") << 1.5e7 << QStringLiteral("1.5·10⁷");
    }

    void lossesKeepThreeDecimals()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(shortNumber(value), text);
        // in the graph there is no room for raised digits
        QCOMPARE(compactNumber(value), QString(text)
                                           .replace(QStringLiteral("·10⁻⁴"), QStringLiteral("e−4"))
                                           .replace(QStringLiteral("·10⁷"), QStringLiteral("e7")));
    }

    void ticksAreWrittenAsRoundNumbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0");
        QTest::newRow("a tenth of a hundredth") << 0.001 << QStringLiteral("0.001");
        QTest::newRow("without padding") << 0.1 << QStringLiteral("0.1");
        QTest::newRow("negative") << -300.0 << QStringLiteral("−300");
        QTest::newRow("small") << 5e-6 << QStringLiteral("5·10⁻⁶");
        QTest::newRow("a power of ten") << 1e-7 << QStringLiteral("10⁻⁷");
    }
    void ticksAreWrittenAsRoundNumbers()
    {
        QFETCH(double, value);
        QTEST(tickNumber(value), "text");
    }

    void sentencesOfTheEngineAreTypeset_data()
    {
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("shown");
        QTest::newRow("a power of ten") << QStringLiteral("×3.62e-05 arrives 19 steps back.")
                                        << QStringLiteral("×3,6·10⁻⁵ arrives 19 steps back.");
        QTest::newRow("a comma and as many digits as are asked for")
            << QStringLiteral("its loss 0.0512345 is below 0.1")
            << QStringLiteral("its loss 0,051 is below 0,1");
        QTest::newRow("a minus sign") << QStringLiteral("by -0.25") << QStringLiteral("by −0,25");
        QTest::newRow("whole numbers")
            << QStringLiteral("t = 1234 … 5678, 12 %") << QStringLiteral("t = 1234 … 5678, 12 %");
        QTest::newRow("names") << QStringLiteral("hidden.W_h[3,2], h_2(14), x-0.5.json")
                               << QStringLiteral("hidden.W_h[3,2], h_2(14), x-0.5.json");
    }

    void sentencesOfTheEngineAreTypeset()
    {
        QFETCH(QString, sentence);
        QFETCH(QString, shown);
        applyReading({.digits = 2, .decimalComma = true});
        QCOMPARE(withShownNumbers(sentence), shown);
        applyReading({});
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
