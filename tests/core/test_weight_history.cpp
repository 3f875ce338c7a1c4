#include "core/training/weight_history.h"

#include <QTest>

using namespace chronograd;

class TestWeightHistory : public QObject
{
    Q_OBJECT

private slots:
    void findsTheWeightsOfEveryStep();
    void computedAgainReplacesWhatWas();
    void givesUpTheOldestButNothingThatIsNeeded();
    void heldCopiesOutliveTheHistory();
};

namespace {

Vector filled(Eigen::Index size, double value)
{
    return Vector::Constant(size, value);
}

} // namespace

void TestWeightHistory::findsTheWeightsOfEveryStep()
{
    WeightHistory history(3);
    for (std::int64_t first : {1, 4, 7}) {
        history.record(first, filled(3, static_cast<double>(first)), 1);
    }
    Frame frame;
    frame.weightsInForce = history.since(2);
    QCOMPARE(frame.weightsInForce.size(), std::size_t{3});
    QCOMPARE(frame.weightsAt(3)[0], 1.0);
    QCOMPARE(frame.weightsAt(4)[0], 4.0);
    QCOMPARE(frame.weightsAt(900)[0], 7.0);
    QCOMPARE(history.since(5).size(), std::size_t{2});
}

void TestWeightHistory::computedAgainReplacesWhatWas()
{
    WeightHistory history(1);
    for (std::int64_t first : {1, 4, 7}) {
        history.record(first, filled(1, static_cast<double>(first)), 1);
    }
    history.replaceFrom(3, filled(1, 50), 1);
    Frame frame;
    frame.weightsInForce = history.since(1);
    QCOMPARE(frame.weightsAt(2)[0], 1.0);
    QCOMPARE(frame.weightsAt(4)[0], 50.0);
}

void TestWeightHistory::givesUpTheOldestButNothingThatIsNeeded()
{
    constexpr Eigen::Index size = 1'000'000; // 8 MB a copy: 8 fit
    WeightHistory history(size);
    for (std::int64_t t = 1; t <= 20; ++t) {
        history.record(t, filled(size, static_cast<double>(t)), 1); // all are needed
    }
    QCOMPARE(history.since(1).size(), std::size_t{20});
    history.record(21, filled(size, 21), 19);
    const auto kept = history.since(1);
    QVERIFY(kept.size() < 13);
    QVERIFY(kept.front().firstStep > 1 && kept.front().firstStep <= 19);
    Frame frame;
    frame.weightsInForce = kept;
    QVERIFY(!frame.hasWeightsAt(1));
    QVERIFY(frame.hasWeightsAt(19));
    QCOMPARE((*kept.back().weights)[0], 21.0);
}

void TestWeightHistory::heldCopiesOutliveTheHistory()
{
    std::vector<WeightsInForce> held;
    {
        WeightHistory history(2);
        history.record(1, filled(2, 5), 1);
        held = history.since(1);
        history.clear();
        history.record(1, filled(2, 6), 1); // must not take the buffer that is still held
    }
    QCOMPARE((*held.front().weights)[1], 5.0);
}

QTEST_APPLESS_MAIN(TestWeightHistory)
#include "test_weight_history.moc"
