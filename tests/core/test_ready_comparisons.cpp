#include "core/compare/ready_comparisons.h"
#include "core/training/trainer.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <set>

using namespace chronograd;

namespace {

const std::filesystem::path experiments =
    std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources" / "experiments";

const ReadyComparison& named(std::string_view part)
{
    for (const ReadyComparison& ready : readyComparisons())
        if (ready.name.find(part) != std::string_view::npos)
            return ready;
    qFatal("no such comparison");
}

/// The mean loss of the last fifth of so many updates, or time steps, of each lane that has a gradient.
std::map<std::string, double> lossesAfter(const ReadyComparison& ready, std::int64_t amount)
{
    Experiment experiment = readExperiment(experiments / ready.experiment);
    const test::Prepared prepared(experiment);
    const ForkPoint beginning = beginningOf(prepared.experiment, prepared.data);
    std::map<std::string, double> losses;
    for (const LaneSpec& lane : ready.lanes) {
        if (lane.evolves)
            continue;
        Trainer trainer(experimentOf(lane, beginning), prepared.data, {});
        const auto done = [&] {
            return ready.measure == Measure::Updates ? trainer.position().update : trainer.stepsDone();
        };
        double sum = 0;
        int count = 0;
        while (done() < amount && !trainer.isFinished()) {
            trainer.advance(Granularity::Update);
            if (done() * 5 > amount * 4) {
                sum += trainer.loss();
                ++count;
            }
        }
        losses[lane.name] = sum / count;
    }
    return losses;
}

} // namespace

/// What the comparisons that come with the program say is there to be seen.
class TestReadyComparisons : public QObject
{
    Q_OBJECT

private slots:
    void eachCanBeMade_data();
    void eachCanBeMade();
    void whatForgetsTheStateCannotEcho();
    void windowErrorsDifferFromTheSecondUpdateOn();
    void theHistoriesDifferFromTheSecondUpdateOn();
    void recomputedHistoryIsTheBetterOne();
    void detachIsTruncation();
    void onlineIsAheadAtFirst();
};

void TestReadyComparisons::eachCanBeMade_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < readyComparisons().size(); ++i)
        QTest::newRow(readyComparisons()[i].name.data()) << int(i);
}

void TestReadyComparisons::eachCanBeMade()
{
    QFETCH(int, index);
    const ReadyComparison& ready = readyComparisons()[std::size_t(index)];
    QVERIFY(ready.lookFor.size() > 40);
    Comparison comparison = makeComparison(ready, experiments);
    QVERIFY(comparison.lanes().size() >= 2 && comparison.lanes().size() <= Comparison::mostLanes);
    std::set<std::string> names;
    for (const auto& lane : comparison.lanes())
        names.insert(lane->name());
    QCOMPARE(names.size(), comparison.lanes().size());
    comparison.run();
    QVERIFY(QTest::qWaitFor([&] {
        comparison.tick();
        return std::ranges::all_of(
            comparison.lanes(), [](const auto& lane) { return lane->lossByUpdate().buckets().size() > 2; });
    }));
}

void TestReadyComparisons::whatForgetsTheStateCannotEcho()
{
    const auto ways = lossesAfter(named("Five ways"), 4000);
    QVERIFY2(
        ways.at("naive chunks of 5") > 5 * ways.at("BPTT(n, n)"),
        qPrintable(QStringLiteral("%1, %2").arg(ways.at("naive chunks of 5")).arg(ways.at("BPTT(n, n)"))));
    const auto borders = lossesAfter(named("border"), 8000);
    QVERIFY2(borders.at("reset") > 5 * borders.at("through"),
             qPrintable(QStringLiteral("%1, %2").arg(borders.at("reset")).arg(borders.at("through"))));
    QVERIFY(borders.at("reset") > borders.at("detach"));
}

namespace {

/// The first update, and the number in it, at which two lanes first differ.
std::pair<std::int64_t, std::string> firstOf(const ReadyComparison& ready)
{
    const test::Prepared prepared(readExperiment(experiments / ready.experiment));
    const ForkPoint beginning = beginningOf(prepared.experiment, prepared.data);
    Trainer a(experimentOf(ready.lanes[0], beginning), prepared.data, {.recordWeights = true});
    Trainer b(experimentOf(ready.lanes[1], beginning), prepared.data, {.recordWeights = true});
    for (;;) {
        a.advance(Granularity::Update);
        b.advance(Granularity::Update);
        if (const auto found = firstDifference(test::wholeFrame(a), test::wholeFrame(b)))
            return {a.position().update, quantityText(found->quantity, a.network())};
    }
}

} // namespace

void TestReadyComparisons::windowErrorsDifferFromTheSecondUpdateOn()
{
    QCOMPARE(firstOf(named("Recent errors")), std::pair(std::int64_t{2}, std::string("loss")));
}

void TestReadyComparisons::theHistoriesDifferFromTheSecondUpdateOn()
{
    QCOMPARE(firstOf(named("Stored or")).first, 2);
}

void TestReadyComparisons::onlineIsAheadAtFirst()
{
    const auto losses = lossesAfter(named("Online"), 80'000);
    QVERIFY2(losses.at("online") < 0.2 * losses.at("epoch"),
             qPrintable(QStringLiteral("%1, %2").arg(losses.at("online")).arg(losses.at("epoch"))));
}

void TestReadyComparisons::recomputedHistoryIsTheBetterOne()
{
    const auto losses = lossesAfter(named("Stored or"), 4000);
    QVERIFY2(losses.at("recomputed") < 0.6 * losses.at("stored"),
             qPrintable(QStringLiteral("%1, %2").arg(losses.at("stored")).arg(losses.at("recomputed"))));
}

void TestReadyComparisons::detachIsTruncation()
{
    const auto ways = lossesAfter(named("Five ways"), 1000);
    const auto borders = lossesAfter(named("border"), 1000);
    QVERIFY(ways.at("TBPTT(5, 5)") == borders.at("detach"));
}

QTEST_GUILESS_MAIN(TestReadyComparisons)
#include "test_ready_comparisons.moc"
