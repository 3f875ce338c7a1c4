#include "tests/support/echo_lanes.h"

using namespace chronograd;
using namespace chronograd::test;

/// Lanes that share a fork point, in lockstep and freely.
class TestComparison : public QObject
{
    Q_OBJECT

private slots:
    void inLockstepNoLaneIsAheadOfARound();
    void pausedLanesStandAtTheSameUpdate();
    void inTimeStepsTheBudgetsAreEqual();
    void freelyEachLaneRunsByItself();
    void aLaneThatIsAddedCatchesUp();
    void stepsOnlyThoseThatAreNotAhead();
    void anUnchangedLaneIsTheReferenceBitForBit();
    void theFirstDifferenceIsToldAtTheSameUpdate();
    void aLaneThatEndsDoesNotHoldTheOthers();
    void changesInTheMiddleOfARunAreRecorded();
    void settingsThatDoNotFitAreRefused();
    void aNameThatIsTakenGetsANumber();
    void aSavedLaneReplaysExactly();
    void savedRunsGoOnAsTheyWould();
    void lanesOfOtherNetworksAreNotCompared();
    void runningPausesWhereItIsTold();
};

void TestComparison::inLockstepNoLaneIsAheadOfARound()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {k1(1)}});
    comparison.add({.name = "c", .changes = {{Setting::K2, StepCount::wholeSequence()}}});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[0]->updates() > 5000; }));
    comparison.pause();
    QVERIFY(settle(comparison));
    const auto& lanes = comparison.lanes();
    QCOMPARE(lanes[1]->updates(), lanes[0]->updates());
    QCOMPARE(lanes[2]->updates(), lanes[0]->updates());
    QCOMPARE(lanes[0]->lossByUpdate().buckets().back().last, lanes[0]->updates());
}

void TestComparison::pausedLanesStandAtTheSameUpdate()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {k1(1)}});
    for (int round = 0; round < 5; ++round) {
        const std::int64_t before = comparison.lanes()[0]->updates();
        comparison.run();
        QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[0]->updates() > before; }));
        comparison.pause();
        QVERIFY(!comparison.isRunning());
        QVERIFY(tickUntil(comparison, [&] {
            return areStill(comparison) &&
                   comparison.lanes()[0]->updates() == comparison.lanes()[1]->updates();
        }));
        QCOMPARE(comparison.lanes()[0]->frame()->position.update, comparison.lanes()[0]->updates());
    }
}

void TestComparison::inTimeStepsTheBudgetsAreEqual()
{
    Comparison comparison = compareEcho(Measure::TimeSteps);
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {k1(1)}});
    comparison.add({.name = "evolution", .evolves = true});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[2]->steps() > 20'000; }));
    comparison.pause();
    QVERIFY(settle(comparison));
    const auto& lanes = comparison.lanes();
    QVERIFY(std::abs(lanes[0]->steps() - lanes[1]->steps()) <= 3);   // an update more
    QVERIFY(std::abs(lanes[0]->steps() - lanes[2]->steps()) <= 120); // a child more
    QVERIFY(lanes[1]->updates() > 2 * lanes[0]->updates());
}

void TestComparison::freelyEachLaneRunsByItself()
{
    Comparison comparison = compareEcho();
    comparison.setLockstep(false);
    comparison.add({.name = "short", .changes = {{Setting::K2, StepCount(1)}, k1(1)}});
    comparison.add({.name = "long", .changes = {{Setting::K1, StepCount::wholeSequence()}}});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] {
        return comparison.lanes()[0]->updates() > 2000 && comparison.lanes()[1]->updates() > 100;
    }));
    comparison.pause();
    QVERIFY(settle(comparison));
}

void TestComparison::aLaneThatIsAddedCatchesUp()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[0]->updates() > 1000; }));
    comparison.pause();
    QVERIFY(settle(comparison));
    comparison.add({.name = "late", .changes = {rate(0.01)}});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] {
        return comparison.lanes()[1]->updates() > 1000 &&
               comparison.lanes()[0]->updates() == comparison.lanes()[1]->updates();
    }));
    // It began at the fork point, not where the other stood.
    QCOMPARE(comparison.lanes()[1]->lossByUpdate().buckets().front().first, 1);
}

void TestComparison::stepsOnlyThoseThatAreNotAhead()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "every three steps"});
    comparison.add({.name = "every step", .changes = {k1(1), {Setting::K2, StepCount(1)}}});
    for (int step = 0; step < 5; ++step) { // the third time step is the first with a target
        comparison.step(Granularity::TimeStep);
        QVERIFY(settle(comparison));
    }
    QCOMPARE(comparison.lanes()[0]->updates(), 0); // 3 steps forward, 2 of 3 backward
    QCOMPARE(comparison.lanes()[1]->updates(), 1); // 3 steps forward, 1 backward, the update
    const auto waiting = comparison.lanes()[1]->frame();
    comparison.step(Granularity::TimeStep);
    QVERIFY(settle(comparison));
    QVERIFY(comparison.lanes()[1]->frame() == waiting);
    QCOMPARE(comparison.lanes()[0]->frame()->position.at, 1);
}

void TestComparison::anUnchangedLaneIsTheReferenceBitForBit()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b"});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[0]->updates() > 2000; }));
    comparison.pause();
    QVERIFY(settle(comparison));
    QVERIFY(!comparison.differenceFromFirst(1));
    const auto a = comparison.lanes()[0]->lossByUpdate().buckets();
    const auto b = comparison.lanes()[1]->lossByUpdate().buckets();
    QVERIFY(std::ranges::equal(a, b));
}

void TestComparison::theFirstDifferenceIsToldAtTheSameUpdate()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {rate(0.01)}});
    comparison.step(Granularity::Update);
    QVERIFY(tickUntil(comparison, [&] {
        return comparison.lanes()[0]->updates() == 1 && comparison.lanes()[1]->updates() == 1;
    }));
    const auto found = comparison.differenceFromFirst(1);
    QVERIFY(found.has_value());
    QCOMPARE(found->quantity.kind, QuantityKind::Velocity);
    QCOMPARE(*found->a, 5.0 * *found->b); // rates 0.05 and 0.01, v was 0
    QVERIFY(!comparison.differenceFromFirst(0));
}

void TestComparison::aLaneThatEndsDoesNotHoldTheOthers()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "diverges", .changes = {rate(1e9)}});
    comparison.add({.name = "goes on"});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[1]->updates() > 500; }));
    QCOMPARE(comparison.lanes()[0]->state(), RunState::Diverged);
    QVERIFY(!comparison.lanes()[0]->message().empty());
    QVERIFY(comparison.isRunning());
}

void TestComparison::changesInTheMiddleOfARunAreRecorded()
{
    const test::Prepared prepared = test::prepareText(echo);
    TrainingSession origin(prepared.experiment, prepared.data);
    origin.post(RunCommand{.until = {.kind = StopCondition::Kind::Update, .update = 20}});
    QVERIFY(QTest::qWaitFor([&] { return origin.take().furthest == 20; }));
    origin.post(ForkCommand{});
    std::shared_ptr<const ForkPoint> point;
    QVERIFY(QTest::qWaitFor([&] {
        point = origin.take().fork;
        return point != nullptr;
    }));
    QCOMPARE(point->position.update, 20);
    Comparison comparison(*point);
    comparison.add({.name = "as it is"});
    comparison.add({.name = "slower", .changes = {rate(0.01)}});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[1]->updates() > 100; }));
    const Experiment recorded = comparison.lanes()[1]->recorded();
    QCOMPARE(recorded.training.schedule.size(), std::size_t{1});
    QCOMPARE(recorded.training.schedule.front().update, 21);
    QCOMPARE(recorded.training.start.learningRate, 0.05);
    QCOMPARE(comparison.lanes()[1]->lossByUpdate().buckets().front().first, 21);
}

void TestComparison::settingsThatDoNotFitAreRefused()
{
    Comparison comparison = compareEcho();
    QVERIFY_EXCEPTION_THROWN(comparison.add({.name = "no", .assignments = {"training.k1=0"}}), InputError);
    QVERIFY(comparison.lanes().empty());
}

void TestComparison::aNameThatIsTakenGetsANumber()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "k1 = 1"});
    QCOMPARE(comparison.add({.name = "k1 = 1"}).name(), "k1 = 1 (2)");
    QCOMPARE(comparison.add({.name = "k1 = 1"}).name(), "k1 = 1 (3)");
    comparison.remove(0);
    QCOMPARE(comparison.lanes().front()->name(), "k1 = 1 (2)");
}

void TestComparison::aSavedLaneReplaysExactly()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {k1(2), rate(0.02)}});
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[1]->updates() > 200; }));
    const test::Prepared saved = test::prepareText(writeExperiment(comparison.lanes()[1]->recorded()));
    Trainer trainer = saved.trainer();
    for (const Bucket& bucket : comparison.lanes()[1]->lossByUpdate().buckets()) {
        trainer.advance(Granularity::Update);
        QVERIFY(trainer.loss() == bucket.mean);
    }
}

void TestComparison::savedRunsGoOnAsTheyWould()
{
    const test::Prepared ahead = savedAfter(echo, 20);
    const test::Prepared behind = savedAfter(echo, 8);
    Comparison comparison = compareEcho();
    comparison.add(laneOf(ahead, "run"));
    comparison.add(laneOf(behind, "run"));
    QCOMPARE(comparison.lanes()[1]->name(), std::string("run (2)"));
    QCOMPARE(comparison.lanes()[0]->updates(), 20); // known before they are there
    QCOMPARE(comparison.lanes()[1]->updates(), 8);
    QVERIFY(tickUntil(comparison, [&] { return !comparison.lanes()[1]->lossByUpdate().isEmpty(); }));
    QCOMPARE(comparison.lanes()[1]->lossByUpdate().buckets().size(), std::size_t{8});
    comparison.run(); // the one that is behind catches up first
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[1]->updates() >= 40; }));
    comparison.pause();
    QVERIFY(settle(comparison));
    QCOMPARE(comparison.lanes()[0]->updates(), comparison.lanes()[1]->updates());
    QVERIFY(comparison.lanes()[0]->frame()->after == comparison.lanes()[1]->frame()->after);
    const auto losses = comparison.lanes()[1]->lossByUpdate().buckets();
    QCOMPARE(losses.back().last, comparison.lanes()[1]->updates());
    QVERIFY(std::ranges::equal(losses, comparison.lanes()[0]->lossByUpdate().buckets()));
    QVERIFY(!comparison.differenceFromFirst(1));
}

void TestComparison::lanesOfOtherNetworksAreNotCompared()
{
    const std::string wider = test::replaced(echo, R"("units": 4)", R"("units": 5)");
    Comparison comparison = compareEcho();
    comparison.add(laneOf(savedAfter(echo, 5), "four units"));
    comparison.add(laneOf(savedAfter(wider.c_str(), 5), "five units"));
    const auto& lanes = comparison.lanes();
    const auto isThere = [](const auto& lane) {
        return lane->frame() && lane->frame()->position.update == 5;
    };
    QVERIFY(tickUntil(comparison, [&] { return std::ranges::all_of(lanes, isThere); }));
    QVERIFY(!areComparable(*lanes[0]->frame(), *lanes[1]->frame()));
    QVERIFY(!comparison.differenceFromFirst(1));
}

void TestComparison::runningPausesWhereItIsTold()
{
    Comparison comparison = compareEcho();
    comparison.add({.name = "a"});
    comparison.add({.name = "b", .changes = {k1(1)}});
    comparison.pauseAt(40);
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return !comparison.isRunning(); }));
    QVERIFY(settle(comparison));
    for (const auto& lane : comparison.lanes())
        QCOMPARE(lane->updates(), 40);
    comparison.run(); // and goes on
    QVERIFY(tickUntil(comparison, [&] { return comparison.lanes()[0]->updates() > 60; }));
    comparison.restart();
    comparison.run();
    QVERIFY(tickUntil(comparison, [&] { return !comparison.isRunning(); }));
    QCOMPARE(comparison.lanes()[0]->updates(), 40);
}

QTEST_GUILESS_MAIN(TestComparison)
#include "test_comparison.moc"
