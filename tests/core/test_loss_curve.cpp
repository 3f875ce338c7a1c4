#include "core/session/loss_curve.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace chronograd;

namespace {

/// Every value, kept: what the bounded series is held against.
struct BruteForce
{
    std::vector<std::int64_t> updates;
    std::vector<double> values;

    void append(std::int64_t update, double value)
    {
        updates.push_back(update);
        values.push_back(value);
    }
    std::pair<std::size_t, std::size_t> range(std::int64_t first, std::int64_t last) const
    {
        const auto begin = std::lower_bound(updates.begin(), updates.end(), first) - updates.begin();
        const auto end = std::upper_bound(updates.begin(), updates.end(), last) - updates.begin();
        return {static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
    }
};

struct Filled
{
    BoundedSeries series;
    BruteForce all;
};

Filled filled(std::mt19937_64& random, std::size_t most, std::size_t points)
{
    Filled result{BoundedSeries(most), {}};
    std::lognormal_distribution<double> value(-2.0, 1.5);
    std::uniform_int_distribution<std::int64_t> gap(1, 3);
    std::int64_t update = 0;
    for (std::size_t i = 0; i < points; ++i) {
        update += gap(random);
        const double loss = value(random);
        result.series.append(update, loss);
        result.all.append(update, loss);
    }
    return result;
}

bool isClose(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * (1.0 + std::abs(b));
}

} // namespace

class TestLossCurve : public QObject
{
    Q_OBJECT

private slots:
    void bucketsHoldEveryValueOnce_data();
    void bucketsHoldEveryValueOnce();
    void firstAndNewestStayExact();
    void middleBucketsAreOfEqualSize();
    void tenMillionUpdatesStayBounded();
    void nearestBucketIsTheNearest();
    void columnsAreTheExtremesOfTheirPixels_data();
    void columnsAreTheExtremesOfTheirPixels();
    void smoothingIsTheWeightedMean();
    void notFiniteValuesAreLeftOut();
    void marksKnowWhatWasBefore();
    void horizonGrowsInSteps();
};

void TestLossCurve::bucketsHoldEveryValueOnce_data()
{
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("points");
    QTest::newRow("nothing merged") << 64 << 64;
    QTest::newRow("one more than fits") << 64 << 65;
    QTest::newRow("merged once") << 64 << 90;
    QTest::newRow("merged many times") << 64 << 20000;
    QTest::newRow("the smallest store") << 16 << 5000;
    QTest::newRow("an odd size") << 37 << 3001;
    QTest::newRow("large") << 4096 << 100000;
}

void TestLossCurve::bucketsHoldEveryValueOnce()
{
    QFETCH(int, most);
    QFETCH(int, points);
    std::mt19937_64 random(17);
    const auto [series, all] =
        filled(random, static_cast<std::size_t>(most), static_cast<std::size_t>(points));
    QVERIFY(series.buckets().size() <= static_cast<std::size_t>(most));
    QCOMPARE(series.isExact(), points <= most);
    std::size_t next = 0;
    for (const Bucket& bucket : series.buckets()) {
        const auto [begin, end] = all.range(bucket.first, bucket.last);
        QCOMPARE(begin, next);
        QCOMPARE(all.updates[begin], bucket.first);
        QCOMPARE(all.updates[end - 1], bucket.last);
        QCOMPARE(static_cast<std::int64_t>(end - begin), bucket.count);
        const auto from = all.values.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto to = all.values.begin() + static_cast<std::ptrdiff_t>(end);
        QCOMPARE(bucket.min, *std::min_element(from, to));
        QCOMPARE(bucket.max, *std::max_element(from, to));
        QVERIFY(isClose(bucket.mean, std::accumulate(from, to, 0.0) / static_cast<double>(bucket.count)));
        next = end;
    }
    QCOMPARE(next, all.values.size());
}

void TestLossCurve::firstAndNewestStayExact()
{
    std::mt19937_64 random(3);
    const std::size_t most = 128;
    for (std::size_t points = most + 1; points < 3000; points += 61) {
        const auto [series, all] = filled(random, most, points);
        const auto buckets = series.buckets();
        for (std::size_t i = 0; i < most / 8; ++i)
            QCOMPARE(buckets[i].mean, all.values[i]);
        for (std::size_t i = 0; i < most / 4; ++i)
            QCOMPARE(buckets[buckets.size() - 1 - i].mean, all.values[points - 1 - i]);
    }
}

void TestLossCurve::middleBucketsAreOfEqualSize()
{
    std::mt19937_64 random(5);
    const std::size_t most = 256;
    const auto [series, all] = filled(random, most, 50000);
    const auto buckets = series.buckets();
    std::int64_t largest = 0;
    for (const Bucket& bucket : buckets)
        largest = std::max(largest, bucket.count);
    // Twice what a fair share would be: doubling never overshoots further.
    const double fair = 50000.0 / static_cast<double>(most - most / 8 - most / 4 - most / 4);
    QVERIFY2(static_cast<double>(largest) <= 2.0 * fair * 2.0, qPrintable(QString::number(largest)));
    std::size_t small = 0;
    for (std::size_t i = most / 8; i + most < buckets.size() + most / 4; ++i)
        small += buckets[i].count * 2 <= largest ? 1u : 0u;
    QVERIFY(small <= 2);
}

void TestLossCurve::tenMillionUpdatesStayBounded()
{
    BoundedSeries series;
    double sum = 0.0;
    for (std::int64_t update = 1; update <= 10'000'000; ++update) {
        const double loss = 1.0 / static_cast<double>(update) + (update == 5'000'000 ? 7.0 : 0.0);
        sum += loss;
        series.append(update, loss);
    }
    const auto buckets = series.buckets();
    QVERIFY(buckets.size() <= 32768);
    QCOMPARE(buckets.front().first, 1);
    QCOMPARE(buckets.back().last, 10'000'000);
    double total = 0.0;
    for (const Bucket& bucket : buckets)
        total += bucket.mean * static_cast<double>(bucket.count);
    QVERIFY(isClose(total, sum));
    // One single spike among ten million is still there.
    const Bucket& spike = buckets[series.nearest(5'000'000)];
    QVERIFY(spike.first <= 5'000'000 && spike.last >= 5'000'000);
    QVERIFY(spike.max > 7.0);
}

void TestLossCurve::nearestBucketIsTheNearest()
{
    std::mt19937_64 random(23);
    const auto [series, all] = filled(random, 64, 777);
    const auto buckets = series.buckets();
    std::uniform_real_distribution<double> place(-50.0, static_cast<double>(all.updates.back()) + 50.0);
    for (int i = 0; i < 500; ++i) {
        const double update = place(random);
        double best = 1e300;
        for (const Bucket& bucket : buckets)
            best = std::min(best, std::abs(bucket.centre() - update));
        QCOMPARE(std::abs(buckets[series.nearest(update)].centre() - update), best);
    }
}

void TestLossCurve::columnsAreTheExtremesOfTheirPixels_data()
{
    QTest::addColumn<int>("points");
    QTest::addColumn<int>("pixels");
    QTest::newRow("more pixels than points") << 40 << 500;
    QTest::newRow("many points a pixel") << 20000 << 37;
    QTest::newRow("one pixel") << 300 << 1;
    QTest::newRow("one point") << 1 << 100;
    QTest::newRow("no point") << 0 << 100;
}

void TestLossCurve::columnsAreTheExtremesOfTheirPixels()
{
    QFETCH(int, points);
    QFETCH(int, pixels);
    std::mt19937_64 random(29);
    const auto [series, all] = filled(random, 1024, static_cast<std::size_t>(points));
    const auto buckets = series.buckets();
    const double end = points > 0 ? static_cast<double>(all.updates.back()) : 10.0;
    std::uniform_real_distribution<double> place(-0.2 * end, 1.2 * end);
    for (int round = 0; round < 50; ++round) {
        const double a = place(random);
        const double b = place(random);
        const double from = std::min(a, b);
        const double to = std::max(a, b) + 0.01;
        const auto columns = pixelColumns(buckets, from, to, pixels);
        std::vector<std::vector<std::size_t>> inPixel(static_cast<std::size_t>(pixels) + 1);
        std::size_t inside = 0;
        for (std::size_t i = 0; i < buckets.size(); ++i) {
            const double centre = buckets[i].centre();
            if (centre < from || centre > to)
                continue;
            inPixel[static_cast<std::size_t>((centre - from) * pixels / (to - from))].push_back(i);
            ++inside;
        }
        std::size_t column = 0;
        if (!buckets.empty() && buckets.front().centre() < from) {
            QVERIFY(!columns.empty());
            QVERIFY(columns[0].x < from);
            QCOMPARE(columns[0].firstBucket, columns[0].lastBucket);
            ++column;
        }
        for (const auto& indices : inPixel) {
            if (indices.empty())
                continue;
            QVERIFY(column < columns.size());
            double low = 1e300;
            double high = -1e300;
            for (const std::size_t i : indices) {
                low = std::min(low, buckets[i].min);
                high = std::max(high, buckets[i].max);
            }
            QCOMPARE(columns[column].min, low);
            QCOMPARE(columns[column].max, high);
            QCOMPARE(columns[column].firstBucket, indices.front());
            QCOMPARE(columns[column].lastBucket, indices.back());
            ++column;
        }
        if (!buckets.empty() && buckets.back().centre() > to) {
            QVERIFY(column < columns.size());
            QVERIFY(columns[column].x > to);
            ++column;
        }
        QCOMPARE(column, columns.size());
        QVERIFY(columns.size() <= std::min(inside, static_cast<std::size_t>(pixels) + 1) + 2);
    }
}

void TestLossCurve::smoothingIsTheWeightedMean()
{
    std::mt19937_64 random(31);
    const auto [series, all] = filled(random, 512, 400);
    for (const double horizon : {1.0, 10.0, 250.0}) {
        const auto means = smoothed(series.buckets(), horizon);
        QCOMPARE(means.size(), all.values.size());
        for (std::size_t n = 0; n < means.size(); ++n) {
            double sum = 0.0;
            double weight = 0.0;
            for (std::size_t i = 0; i <= n; ++i) {
                const double w = std::exp(-static_cast<double>(n - i) / horizon);
                sum += w * all.values[i];
                weight += w;
            }
            QVERIFY(isClose(means[n], sum / weight));
        }
    }
    // Merged buckets of a constant stay that constant, and a step is followed within the horizon.
    BoundedSeries step(64);
    for (int update = 1; update <= 4000; ++update)
        step.append(update, update <= 2000 ? 1.0 : 3.0);
    const auto means = smoothed(step.buckets(), 40.0);
    QVERIFY(isClose(means.front(), 1.0));
    QVERIFY(means[step.nearest(1600)] < 1.01);
    QVERIFY(means[step.nearest(2500)] > 2.99);
}

void TestLossCurve::notFiniteValuesAreLeftOut()
{
    BoundedSeries series(16);
    series.append(1, 0.5);
    series.append(2, std::numeric_limits<double>::infinity());
    series.append(3, std::numeric_limits<double>::quiet_NaN());
    series.append(4, 0.25);
    QCOMPARE(series.buckets().size(), 2u);
    QCOMPARE(series.buckets().back().first, 4);
}

void TestLossCurve::marksKnowWhatWasBefore()
{
    LossCurve curve;
    curve.append(LossPoint{1, 0.5, 0.1, {}});
    curve.append(LossPoint{2, 0.4, 0.1, 0.6});
    curve.append(ChangeMark{2, {Setting::K2, StepCount(5)}});
    curve.append(ChangeMark{2, {Setting::LearningRate, 0.05}});
    curve.append(ChangeMark{3, {Setting::K2, StepCount::wholeSequence()}});
    Hyperparameters start;
    start.k2 = StepCount(10);
    start.learningRate = 0.1;
    QCOMPARE(curve.before(0, std::nullopt), std::nullopt);
    QCOMPARE(curve.before(0, start), SettingValue(StepCount(10)));
    QCOMPARE(curve.before(1, start), SettingValue(0.1));
    QCOMPARE(curve.before(2, std::nullopt), SettingValue(StepCount(5)));
    QCOMPARE(curve.lastUpdate(), 2);
    QCOMPARE(curve.testLosses().buckets().size(), 1u);
    QCOMPARE(curve.testLosses().buckets()[0].first, 2);
}

void TestLossCurve::horizonGrowsInSteps()
{
    QCOMPARE(smoothingHorizon(0), 10.0);
    QCOMPARE(smoothingHorizon(799), 10.0);
    QCOMPARE(smoothingHorizon(800), 20.0);
    QCOMPARE(smoothingHorizon(4800), 100.0);
    QCOMPARE(smoothingHorizon(399'999), 5000.0);
    double last = 0.0;
    for (std::int64_t updates = 1; updates < 10'000'000; updates += updates / 7 + 1) {
        QVERIFY(smoothingHorizon(updates) >= last);
        last = smoothingHorizon(updates);
    }
}

QTEST_APPLESS_MAIN(TestLossCurve)
#include "test_loss_curve.moc"
