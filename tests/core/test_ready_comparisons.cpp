#include "core/compare/evolution.h"
#include "core/compare/ready_comparisons.h"
#include "core/training/trainer.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <cmath>
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

using Losses = std::map<std::string, double>;

/// The mean loss of each lane that has a gradient over the last tenth of so many updates, or time steps.
Losses lossesAfter(const ReadyComparison& ready, std::int64_t amount)
{
    Experiment experiment = readExperiment(experiments / ready.experiment);
    const test::Prepared prepared(experiment);
    const ForkPoint beginning = beginningOf(prepared.experiment, prepared.data);
    Losses losses;
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
            if (done() * 10 > amount * 9) {
                sum += trainer.loss();
                ++count;
            }
        }
        losses[lane.name] = sum / count;
    }
    return losses;
}

Losses lossesAtTheEnd(const ReadyComparison& ready)
{
    return lossesAfter(ready, ready.amount);
}

QByteArray text(const Losses& losses)
{
    QByteArray words;
    for (const auto& [name, loss] : losses)
        words += QByteArray::fromStdString(name) + ' ' + QByteArray::number(loss) + ", ";
    return words;
}

/// Of three of five steps nothing is known: half the variance of a number between -1 and 1 each.
constexpr double unknowable = 3.0 / 5.0 * 0.5 * (1.0 / 3.0);

} // namespace

/// What the comparisons that come with the program say is there to be seen.
class TestReadyComparisons : public QObject
{
    Q_OBJECT

private slots:
    void eachCanBeMade_data();
    void eachCanBeMade();
    void eachPausesWhereItCanBeSeen();
    void fullBackPropagationLeadsByUpdates();
    void whatForgetsTheStateCannotEcho();
    void windowErrorsCorrectOlderWeights();
    void windowErrorsDifferFromTheSecondUpdateOn();
    void theHistoriesDifferFromTheSecondUpdateOn();
    void recomputedHistoryIsTheBetterOne();
    void detachIsTruncation();
    void throughIsSooner();
    void onlineIsAheadForEquallyManySteps();
    void evolutionNeedsTenTimesTheSteps();
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

/// Every lane in lockstep, as the window runs them.
void TestReadyComparisons::eachPausesWhereItCanBeSeen()
{
    Comparison comparison = makeComparison(named("Online"), experiments);
    comparison.run();
    QVERIFY(QTest::qWaitFor(
        [&] {
            comparison.tick();
            return !comparison.isRunning();
        },
        20'000));
    for (const auto& lane : comparison.lanes())
        QCOMPARE(lane->steps(), named("Online").amount);
    for (const ReadyComparison& ready : readyComparisons())
        QVERIFY(ready.amount > 0 && ready.lookFor.size() < 220); // three lines beside the curves
}

void TestReadyComparisons::fullBackPropagationLeadsByUpdates()
{
    const Losses ways = lossesAtTheEnd(named("Five ways"));
    for (const auto& [name, loss] : ways)
        if (name != "BPTT(n, n)")
            QVERIFY2(loss > 1.5 * ways.at("BPTT(n, n)"), text(ways));
    const Losses early = lossesAfter(named("Five ways"), 400);
    QVERIFY2(early.at("TBPTT(5, 5)") < early.at("naive chunks of 5"), text(early));
}

void TestReadyComparisons::whatForgetsTheStateCannotEcho()
{
    const Losses ways = lossesAtTheEnd(named("Five ways"));
    const Losses borders = lossesAtTheEnd(named("border"));
    QVERIFY2(std::abs(ways.at("naive chunks of 5") / unknowable - 1) < 0.1, text(ways));
    QVERIFY2(std::abs(borders.at("reset") / unknowable - 1) < 0.1, text(borders));
    for (const auto& [name, loss] : ways)
        if (name != "naive chunks of 5")
            QVERIFY2(loss < 0.3 * unknowable, text(ways));
}

void TestReadyComparisons::windowErrorsCorrectOlderWeights()
{
    const ReadyComparison& ready = named("Recent errors");
    const Losses early = lossesAfter(ready, 700);
    QVERIFY2(early.at("window errors") > 1.5 * early.at("recent errors"), text(early));
    const Losses late = lossesAtTheEnd(ready);
    QVERIFY2(late.at("window errors") > 1.5 * late.at("recent errors"), text(late));
    QVERIFY2(late.at("window, recomputed") < 0.8 * late.at("recent errors"), text(late));
}

namespace {

/// The first update, and the number in it, at which two lanes first differ.
std::pair<std::int64_t, std::string> firstOf(const ReadyComparison& ready)
{
    const test::Prepared prepared(readExperiment(experiments / ready.experiment));
    const ForkPoint beginning = beginningOf(prepared.experiment, prepared.data);
    Trainer a(experimentOf(ready.lanes[0], beginning), prepared.data, {.recordWeights = true});
    Trainer b(experimentOf(ready.lanes[1], beginning), prepared.data, {.recordWeights = true});
    while (a.position().update < 20) {
        a.advance(Granularity::Update);
        b.advance(Granularity::Update);
        if (const auto found = firstDifference(test::wholeFrame(a), test::wholeFrame(b)))
            return {a.position().update, quantityText(found->quantity, a.network())};
    }
    return {0, "none"};
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

void TestReadyComparisons::onlineIsAheadForEquallyManySteps()
{
    const ReadyComparison& ready = named("Online");
    const Losses early = lossesAfter(ready, 60'000);
    QVERIFY2(early.at("online") < 0.02 && early.at("epoch") > 0.08, text(early));
    const Losses late = lossesAtTheEnd(ready);
    QVERIFY2(late.at("online") < 0.3 * late.at("epoch"), text(late));

    ReadyComparison byUpdates = ready;
    byUpdates.measure = Measure::Updates;
    const Losses equal = lossesAfter(byUpdates, 500);
    QVERIFY2(std::abs(equal.at("online") / equal.at("epoch") - 1) < 0.1, text(equal));
}

void TestReadyComparisons::recomputedHistoryIsTheBetterOne()
{
    const Losses losses = lossesAtTheEnd(named("Stored or"));
    QVERIFY2(losses.at("recomputed") < 0.8 * losses.at("stored"), text(losses));
}

void TestReadyComparisons::detachIsTruncation()
{
    const Losses ways = lossesAfter(named("Five ways"), 1000);
    const Losses borders = lossesAfter(named("border"), 1000);
    QVERIFY(ways.at("TBPTT(5, 5)") == borders.at("detach"));
}

void TestReadyComparisons::throughIsSooner()
{
    const Losses borders = lossesAfter(named("border"), 600);
    QVERIFY2(borders.at("through") < 0.6 * borders.at("detach"), text(borders));
    QVERIFY2(borders.at("detach") < 0.6 * borders.at("reset"), text(borders));
}

void TestReadyComparisons::evolutionNeedsTenTimesTheSteps()
{
    const ReadyComparison& ready = named("evolution");
    const test::Prepared prepared(readExperiment(experiments / ready.experiment));
    const ForkPoint beginning = beginningOf(prepared.experiment, prepared.data);
    const Trainer start(experimentOf(ready.lanes.front(), beginning), prepared.data, {});
    Evolution evolution(start.sharedNetwork(), prepared.data, start.weights(), start.settings(), {});
    const auto evolveTo = [&](std::int64_t steps) { // the mean of the last generations, as the curve has it
        double sum = 0;
        int count = 0;
        while (evolution.stepsDone() < steps)
            if (evolution.runChild() && evolution.stepsDone() * 10 > steps * 9) {
                sum += evolution.loss();
                ++count;
            }
        return sum / count;
    };
    const double down = 0.01;
    QVERIFY(lossesAfter(ready, 21'000).at("BPTT(n, n)") < down);
    QVERIFY(evolveTo(190'000) > down);
    const double evolved = evolveTo(ready.amount);
    QVERIFY(evolved < down);
    QVERIFY(lossesAtTheEnd(ready).at("BPTT(n, n)") < 0.3 * evolved);
}

QTEST_GUILESS_MAIN(TestReadyComparisons)
#include "test_ready_comparisons.moc"
