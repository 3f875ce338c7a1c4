#include "tests/support/echo_lanes.h"

using namespace chronograd;
using namespace chronograd::test;

/// Lanes that go back in time, and that begin again.
class TestComparisonPast : public QObject
{
    Q_OBJECT

private slots:
    void lanesGoBackTogetherAndComeToTheSameAgain();
    void beforeTheForkLanesAreWhereTheRunWas();
    void aLaneBeginsAgainFromAnotherSeed();
    void aSavedRunBeginsAgainFromAnotherSeed();
    void aChangeInThePastCutsTheCurves();
    void lanesBeginAgainAsTheyWereForked();
    void aLaneThatBeginsAgainStillTellsPastGradients();
};

void TestComparisonPast::lanesGoBackTogetherAndComeToTheSameAgain()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {rate(0.01)}});
    comparison.add({.name = "evolution", .evolves = true});
    const auto& lanes = comparison.lanes();
    const auto areAt = [&](std::int64_t update) {
        return tickUntil(comparison, [&] {
            return std::ranges::all_of(lanes.begin(), lanes.begin() + 2, [update](const auto& lane) {
                return lane->updates() == update && lane->frame()->position.update == update;
            });
        });
    };
    for (int update = 1; update <= 6; ++update) {
        comparison.step(Granularity::Update);
        QVERIFY(areAt(update));
        QVERIFY(tickUntil(comparison, [&] { return lanes[2]->updates() == update; })); // slower
    }
    const auto then = lanes[1]->frame();
    comparison.stepBack(Granularity::Update);
    QVERIFY(areAt(5));
    comparison.goTo(2);
    QVERIFY(areAt(2));
    QCOMPARE(lanes[1]->furthest(), 6);
    QVERIFY(lanes[1]->steps() < 6 * 3);
    QCOMPARE(lanes[1]->lossByUpdate().buckets().back().last, 6); // the curve knows what comes
    comparison.goTo(100);                                        // as far as they have come
    QVERIFY(areAt(6));
    QVERIFY(lanes[1]->frame()->after == then->after);
    comparison.goTo(3);
    QVERIFY(areAt(3));
    comparison.run(); // on from here, over what is known
    QVERIFY(tickUntil(comparison, [&] { return lanes[0]->updates() > 50; }));
    comparison.pause();
    QVERIFY(settle(comparison));
    QCOMPARE(lanes[0]->updates(), lanes[1]->updates());
    QCOMPARE(static_cast<std::int64_t>(lanes[1]->lossByUpdate().buckets().size()), lanes[1]->updates());
}

void TestComparisonPast::beforeTheForkLanesAreWhereTheRunWas()
{
    const test::Prepared prepared = test::prepareText(echo);
    TrainingSession run(prepared.experiment, prepared.data);
    run.post(ChangeCommand{rate(0.2)}); // on the way, by hand
    const auto point = forkAfter(run, 3000);
    QVERIFY(point && point->checkpoint->ticks > 0); // it does not begin at the beginning
    Comparison comparison(*point);
    Lane& lane = comparison.add({.name = "a", .changes = {rate(0.01)}});
    QVERIFY(tickUntil(comparison, [&] { return lane.frame() && lane.updates() == 3000; }));
    Trainer then(point->experiment, prepared.data, {});
    for (const std::int64_t update : {2500, 0, 1300, 3000}) {
        comparison.goTo(update);
        QVERIFY(tickUntil(
            comparison, [&] { return lane.updates() == update && lane.frame()->position.update == update; }));
        if (update == 1300) {
            while (then.position().update < 1300)
                then.advance(Granularity::Update);
            QVERIFY(std::ranges::equal(lane.frame()->after, then.weights()));
        }
    }
    QCOMPARE(lane.furthest(), 3000);
    comparison.stepBack(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 2999; }));
    comparison.step(Granularity::Update);
    comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 3001; }));
    QCOMPARE(lane.frame()->settings.learningRate, 0.01); // it parts where it parted
    QCOMPARE(lane.lossByUpdate().buckets().front().first, 3001);
}

void TestComparisonPast::aLaneBeginsAgainFromAnotherSeed()
{
    const test::Prepared prepared = test::prepareText(echo);
    TrainingSession run(prepared.experiment, prepared.data);
    const auto point = forkAfter(run, 22);
    QVERIFY(point);
    Comparison comparison(*point);
    comparison.add({.name = "a"});
    Lane& lane = comparison.add({.name = "b", .changes = {rate(0.01)}});
    for (int i = 0; i < 3; ++i)
        comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 25; }));

    comparison.restart(1, 99);
    QVERIFY(tickUntil(comparison, [&] { return lane.frame() && lane.updates() == 22; }));
    QVERIFY(settle(comparison));
    QCOMPARE(comparison.lanes()[0]->updates(), 25); // the others stay
    comparison.step(Granularity::Update);           // those that are behind
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 23; }));
    QVERIFY(settle(comparison));
    QCOMPARE(comparison.lanes()[0]->updates(), 25);

    // By hand: the same file with another seed, and the change where the lane was forked.
    Experiment other = prepared.experiment;
    other.network.init.seed = 99;
    other.training.schedule = {{.update = 23, .set = {rate(0.01)}, .edits = {}}};
    Trainer expected(other, prepared.data, {});
    while (expected.position().update < 23)
        expected.advance(Granularity::Update);
    QVERIFY(std::ranges::equal(lane.frame()->after, expected.weights()));

    comparison.restart(); // keeps the seed
    QVERIFY(tickUntil(comparison, [&] { return lane.frame() && lane.updates() == 22; }));
    comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 23; }));
    QVERIFY(std::ranges::equal(lane.frame()->after, expected.weights()));
}

void TestComparisonPast::aSavedRunBeginsAgainFromAnotherSeed()
{
    Comparison comparison = compareEcho();
    comparison.add(laneOf(savedAfter(echo, 5), "saved"));
    const Lane& lane = *comparison.lanes().front();
    QVERIFY(tickUntil(comparison, [&] { return lane.frame() && lane.updates() == 5; }));
    comparison.restart(0, 99);
    QVERIFY(tickUntil(comparison, [&] { return lane.frame() && lane.updates() == 0; }));
    comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 1; }));
    test::Prepared other = test::prepareText(echo);
    other.experiment.network.init.seed = 99;
    Trainer expected(other.experiment, other.data, {});
    expected.advance(Granularity::Update);
    QVERIFY(std::ranges::equal(lane.frame()->after, expected.weights()));
}

void TestComparisonPast::aChangeInThePastCutsTheCurves()
{
    Comparison comparison = compareEcho();
    Lane& lane = comparison.add({.name = "a"});
    for (int i = 0; i < 8; ++i)
        comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 8; }));
    comparison.goTo(3);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 3; }));
    const std::int64_t steps = lane.steps();
    lane.post(ChangeCommand{rate(0.2)});
    QVERIFY(tickUntil(comparison, [&] { return lane.furthest() == 3; }));
    QCOMPARE(lane.lossByUpdate().buckets().back().last, 3);
    QVERIFY(lane.lossBySteps().buckets().back().last <= steps);
    comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lane.updates() == 4; }));
    QCOMPARE(lane.lossBySteps().buckets().size(), std::size_t{4});
}

void TestComparisonPast::lanesBeginAgainAsTheyWereForked()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {rate(0.01)}});
    const auto& lanes = comparison.lanes();
    comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lanes[1]->updates() == 1; }));
    const auto then = lanes[1]->frame();
    lanes[1]->post(ChangeCommand{rate(0.5)});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return lanes[1]->updates() > 100; }));
    comparison.restart();
    QVERIFY(!comparison.isRunning());
    QVERIFY(lanes[1]->lossByUpdate().isEmpty() && lanes[1]->updates() == 0);
    QVERIFY(tickUntil(comparison, [&] { return lanes[0]->frame() && lanes[1]->frame(); }));
    comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] { return lanes[1]->updates() == 1 && lanes[0]->updates() == 1; }));
    QVERIFY(lanes[1]->frame()->after == then->after);
    QCOMPARE(lanes[1]->frame()->settings.learningRate, 0.01);
}

void TestComparisonPast::aLaneThatBeginsAgainStillTellsPastGradients()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    Lane& lane = *comparison.lanes().front();
    lane.post(PastCommand{.weight = 0});
    const auto tells = [&](std::int64_t update) {
        comparison.step(Granularity::Update);
        bool told = false;
        return tickUntil(comparison, [&] {
            const auto& past = lane.lastNews().past;
            told = told || (past && past->update == update);
            return told && lane.updates() == update;
        });
    };
    QVERIFY(tells(1) && tells(2));
    comparison.restart();
    QVERIFY(tells(1) && tells(2));
}

QTEST_GUILESS_MAIN(TestComparisonPast)
#include "test_comparison_past.moc"
