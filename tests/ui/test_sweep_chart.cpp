#include "tests/support/sweeps.h"
#include "ui/sweep/sweep_chart.h"
#include "ui/sweep/sweep_words.h"
#include "ui/theme/theme.h"

#include <QTest>

using namespace chronograd;

/// Places and words in the charts of a sweep, without a window.
class TestSweepChart : public QObject
{
    Q_OBJECT

private slots:
    void placesAndCombinationsAgree_data();
    void placesAndCombinationsAgree();
    void arrowsStayInside();
    void tipsTellEverything();
    void pathsHaveWords_data();
    void pathsHaveWords();
};

namespace {

SweepShown shownOf(const std::vector<std::string>& vary, int repeats)
{
    const auto plan = std::make_shared<const SweepPlan>(test::echoPlan(vary, repeats));
    std::vector<SweepResult> results;
    for (std::int64_t run = 1; run <= plan->runs(); ++run)
        results.push_back(*trainRun(*plan, run, {}));
    return {plan, results, SweepMeasure::Loss};
}

} // namespace

void TestSweepChart::placesAndCombinationsAgree_data()
{
    QTest::addColumn<QStringList>("vary");
    const auto k1 = QStringLiteral("training.k1=1,2,3,4");
    const auto k2 = QStringLiteral("training.k2=1,2,5");
    QTest::newRow("a curve") << QStringList{k1};
    QTest::newRow("a heat map") << QStringList{k1, k2};
    QTest::newRow("parallel coordinates") << QStringList{k1, k2, QStringLiteral("training.momentum=0,0.5")};
}

void TestSweepChart::placesAndCombinationsAgree()
{
    QFETCH(QStringList, vary);
    std::vector<std::string> texts;
    for (const QString& text : vary)
        texts.push_back(text.toStdString());
    const SweepShown shown = shownOf(texts, 1);
    const QRectF area(10, 20, 700, 400);
    const auto chart = makeSweepChart(shown, area, Theme::of(ThemeKind::Light));
    for (std::int64_t i = 0; i < shown.plan->combinations(); ++i) {
        QVERIFY(area.contains(chart->placeOf(i)));
        QCOMPARE(chart->combinationAt(chart->placeOf(i)).value_or(-1), i);
    }
    QVERIFY(!chart->combinationAt(QPointF(0, 0)));
    QVERIFY(!chart->combinationAt(QPointF(2000, 2000)));
}

void TestSweepChart::arrowsStayInside()
{
    const SweepShown shown = shownOf({"training.k1=1,2,3", "training.k2=1,2"}, 1);
    const auto chart = makeSweepChart(shown, QRectF(0, 0, 500, 300), Theme::of(ThemeKind::Light));
    const auto at = [&shown](std::size_t k1, std::size_t k2) { return shown.plan->combinationAt({k1, k2}); };
    QCOMPARE(chart->neighbour(at(0, 0), 1, 0), at(1, 0));
    QCOMPARE(chart->neighbour(at(0, 0), 0, 1), at(0, 1));
    QVERIFY(chart->placeOf(at(0, 1)).y() < chart->placeOf(at(0, 0)).y()); // upwards
    QCOMPARE(chart->neighbour(at(0, 0), -1, 0), at(0, 0));
    QCOMPARE(chart->neighbour(at(2, 1), 1, 1), at(2, 1));
}

void TestSweepChart::tipsTellEverything()
{
    const SweepShown shown =
        shownOf({"training.learning_rate=0.05,1e9", "task.length=16,8", "task.delay=1,12"}, 3);
    const QString good = sweepTip(shown, 0);
    QVERIFY2(
        good.contains(QStringLiteral("learning rate α = 0.05\nlength of a sequence = 16\ndelay = 1\n")) &&
            good.contains(QStringLiteral("Median loss of 3 repeats: 0.")) &&
            good.contains(QStringLiteral("half of the runs: 0.")),
        qPrintable(good));
    QVERIFY(sweepTip(shown, 3).contains(QStringLiteral("do not go together")));
    QVERIFY2(sweepTip(shown, 4).contains(QStringLiteral("3 of 3 runs diverged")),
             qPrintable(sweepTip(shown, 4)));
}

void TestSweepChart::pathsHaveWords_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("training.k1") << QStringLiteral("k1 steps per update");
    QTest::newRow("training.learning_rate") << QStringLiteral("learning rate α");
    QTest::newRow("network.layers.0.units") << QStringLiteral("units of hidden");
    QTest::newRow("network.layers.1.cell") << QStringLiteral("cell of output");
    QTest::newRow("network.layers.7.units") << QStringLiteral("network.layers.7.units");
    QTest::newRow("network.init.seed") << QStringLiteral("seed of the weights");
    QTest::newRow("training.decay") << QStringLiteral("training.decay");
}

void TestSweepChart::pathsHaveWords()
{
    QTEST(pathWords(test::echoPlan({"training.k1=1"}).base(), QTest::currentDataTag()), "words");
}

QTEST_MAIN(TestSweepChart)
#include "test_sweep_chart.moc"
