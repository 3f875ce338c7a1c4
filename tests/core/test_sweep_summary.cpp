#include "core/sweep/sweep_summary.h"
#include "tests/support/sweeps.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace chronograd;

/// Medians and quartiles over repeats; a diverged run is worse than any number.
class TestSweepSummary : public QObject
{
    Q_OBJECT

private slots:
    void quantiles_data();
    void quantiles();
    void repeatsAreSummedUp_data();
    void repeatsAreSummedUp();
    void refusedRunsAreCountedOnly();
    void theBestHasTheBestMedian();
    void theUsualMeasureIsTheTestLoss();
    void scalesReachFromEndToEnd();
    void outliersDoNotStretchColors();
    void ticksAreRound_data();
    void ticksAreRound();
};

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
using Numbers = std::vector<double>;

/// Losses of the repeats of the first of two combinations; infinite: diverged.
std::vector<SweepResult> resultsOf(const Numbers& losses, std::int64_t first = 1)
{
    std::vector<SweepResult> results;
    for (const double loss : losses) {
        SweepResult result;
        result.run = first++;
        result.outcome = std::isinf(loss) ? RunOutcome::Diverged : RunOutcome::Finished;
        if (std::isfinite(loss))
            result.loss = loss;
        result.accuracy = result.loss;
        results.push_back(result);
    }
    return results;
}

SweepPlan planOf(int repeats)
{
    return test::echoPlan({"training.k1=1,2"}, repeats);
}

} // namespace

void TestSweepSummary::quantiles_data()
{
    QTest::addColumn<Numbers>("sorted");
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("expected");
    QTest::newRow("of one number") << Numbers{3} << 0.25 << 3.0;
    QTest::newRow("the middle of three") << Numbers{1, 2, 9} << 0.5 << 2.0;
    QTest::newRow("between the middle two") << Numbers{1, 2, 4, 9} << 0.5 << 3.0;
    QTest::newRow("a quarter of five numbers") << Numbers{1, 2, 3, 4, 9} << 0.25 << 2.0;
    QTest::newRow("a quarter of four numbers") << Numbers{0, 1, 2, 3} << 0.25 << 0.75;
    QTest::newRow("the greatest") << Numbers{1, 2} << 1.0 << 2.0;
    QTest::newRow("the middle of number and infinity") << Numbers{1, infinity} << 0.5 << infinity;
    QTest::newRow("the middle of −infinity and number") << Numbers{-infinity, 1} << 0.5 << -infinity;
    QTest::newRow("between two infinities") << Numbers{1, infinity, infinity} << 0.75 << infinity;
}

void TestSweepSummary::quantiles()
{
    QFETCH(Numbers, sorted);
    QFETCH(double, share);
    QFETCH(double, expected);
    QCOMPARE(quantile(sorted, share), expected);
}

void TestSweepSummary::repeatsAreSummedUp_data()
{
    QTest::addColumn<Numbers>("losses");
    QTest::addColumn<double>("median");
    QTest::addColumn<bool>("hasNumber");
    QTest::newRow("in no order") << Numbers{5, 1, 3} << 3.0 << true;
    QTest::newRow("one of three diverged") << Numbers{infinity, 1, 3} << 3.0 << true;
    QTest::newRow("two of four diverged") << Numbers{infinity, 1, infinity, 3} << infinity << false;
    QTest::newRow("all diverged") << Numbers{infinity, infinity} << infinity << false;
}

void TestSweepSummary::repeatsAreSummedUp()
{
    QFETCH(Numbers, losses);
    QFETCH(double, median);
    QFETCH(bool, hasNumber);
    const auto cells = summarise(planOf(int(losses.size())), resultsOf(losses), SweepMeasure::Loss);
    QCOMPARE(cells.size(), std::size_t(2));
    QCOMPARE(*cells[0].median, median);
    QCOMPARE(cells[0].hasNumber(), hasNumber);
    QCOMPARE(cells[0].diverged, std::count(losses.begin(), losses.end(), infinity));
    QCOMPARE(cells[0].runs(), std::int64_t(losses.size()));
    QVERIFY(!cells[1].median && !cells[1].hasNumber());
    const auto accuracies = summarise(planOf(int(losses.size())), resultsOf(losses), SweepMeasure::Accuracy);
    if (!hasNumber)
        QCOMPARE(*accuracies[0].median, -infinity);
}

void TestSweepSummary::refusedRunsAreCountedOnly()
{
    std::vector<SweepResult> results = resultsOf({4, 8});
    SweepResult refused;
    refused.run = 3;
    refused.outcome = RunOutcome::Refused;
    refused.message = "does not fit";
    results.push_back(refused);
    const auto cells = summarise(planOf(3), results, SweepMeasure::Loss);
    QCOMPARE(*cells[0].median, 6.0);
    QCOMPARE(cells[0].lower, 5.0);
    QCOMPARE(cells[0].upper, 7.0);
    QCOMPARE(cells[0].refused, 1);
    QCOMPARE(cells[0].message, std::string("does not fit"));
}

void TestSweepSummary::theBestHasTheBestMedian()
{
    std::vector<SweepResult> results = resultsOf({4, 5}, 1);
    const auto second = resultsOf({1, 6}, 3);
    results.insert(results.end(), second.begin(), second.end());
    const SweepPlan plan = planOf(2);
    QCOMPARE(*bestCombination(summarise(plan, results, SweepMeasure::Loss), SweepMeasure::Loss), 1);
    QCOMPARE(*bestCombination(summarise(plan, results, SweepMeasure::Accuracy), SweepMeasure::Accuracy), 0);
    QVERIFY(!bestCombination(summarise(plan, resultsOf({infinity, infinity}), SweepMeasure::Loss),
                             SweepMeasure::Loss));
}

void TestSweepSummary::theUsualMeasureIsTheTestLoss()
{
    std::vector<SweepResult> results = resultsOf({infinity, 5});
    QCOMPARE(usualMeasure(results), SweepMeasure::Loss);
    results[1].testLoss = 4;
    QCOMPARE(usualMeasure(results), SweepMeasure::TestLoss);
}

namespace {

std::vector<SweepCell> cellsOf(const Numbers& medians)
{
    std::vector<SweepCell> cells;
    for (const double median : medians) {
        SweepCell& cell = cells.emplace_back();
        cell.median = cell.lower = cell.upper = median;
    }
    cells.emplace_back(); // not run yet
    return cells;
}

} // namespace

void TestSweepSummary::scalesReachFromEndToEnd()
{
    QVERIFY(!scaleOf(cellsOf({})) && !scaleOf(cellsOf({infinity})));
    const SweepScale linear = *scaleOf(cellsOf({2, 6, infinity, 4}));
    QVERIFY(!linear.isLogarithmic);
    QCOMPARE(linear.shareOf(2), 0.0);
    QCOMPARE(linear.shareOf(5), 0.75);
    QCOMPARE(linear.shareOf(100), 1.0);
    const SweepScale logarithmic = *scaleOf(cellsOf({0.01, 100, 3}));
    QVERIFY(logarithmic.isLogarithmic);
    QCOMPARE(logarithmic.shareOf(1), 0.5);
    QVERIFY(!scaleOf(cellsOf({0, 100}))->isLogarithmic); // 0 has no logarithm
    QCOMPARE(scaleOf(cellsOf({3}))->shareOf(3), 0.5);
    auto cells = cellsOf({3, 4});
    cells[1].upper = 9;
    QCOMPARE(scaleOf(cells)->high, 4.0);
    QCOMPARE(scaleOf(cellsOf({0.2, 0.5, 1e120}))->high, 0.5);
    QCOMPARE(scaleOf(cells, true)->high, 9.0);
}

void TestSweepSummary::outliersDoNotStretchColors()
{
    const Numbers losses{1, 2, 3, 4, 5, 6, 7, 1e170};
    const SweepScale scale = *colorScaleOf(cellsOf(losses), SweepMeasure::Loss);
    QCOMPARE(scale.low, 1.0);
    QVERIFY(scale.high >= 7 && scale.high < 100);
    QCOMPARE(scale.shareOf(1e170), 1.0);
    const SweepScale many =
        *colorScaleOf(cellsOf({0.2, 0.3, 0.4, 0.9, 1e120, 1e150, 1e200}), SweepMeasure::Loss);
    QVERIFY(many.high >= 0.9 && many.high < 10); // though nearly half of them are hopeless
    const SweepScale plain = *colorScaleOf(cellsOf({1, 2, 3, 4}), SweepMeasure::Loss);
    QCOMPARE(plain.high, 4.0);
    const SweepScale accuracy = *colorScaleOf(cellsOf({0.01, 0.9, 0.91, 0.92, 0.93}), SweepMeasure::Accuracy);
    QCOMPARE(accuracy.high, 0.93);
    QVERIFY(accuracy.low > 0.8 && accuracy.low <= 0.9); // accuracies are bad when they are low
}

void TestSweepSummary::ticksAreRound_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<bool>("isLogarithmic");
    QTest::addColumn<Numbers>("ticks");
    QTest::newRow("linear") << 0.21 << 0.43 << false << Numbers{0.25, 0.3, 0.35, 0.4};
    QTest::newRow("decades") << 0.01 << 20.0 << true << Numbers{0.01, 0.1, 1, 10};
    QTest::newRow("within a decade") << 0.15 << 2.5 << true << Numbers{0.2, 0.5, 1, 2};
    QTest::newRow("one number") << 3.0 << 3.0 << false << Numbers{3};
}

void TestSweepSummary::ticksAreRound()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(bool, isLogarithmic);
    QFETCH(Numbers, ticks);
    const Numbers found = SweepScale{low, high, isLogarithmic}.ticks(5);
    QCOMPARE(found.size(), ticks.size());
    for (std::size_t i = 0; i < ticks.size(); ++i)
        QCOMPARE(found[i], ticks[i]);
}

QTEST_APPLESS_MAIN(TestSweepSummary)
#include "test_sweep_summary.moc"
