#include "core/compare/comparison.h"
#include "core/experiment/input_error.h"
#include "tests/support/experiment_text.h"
#include "tests/support/experiments.h"

#include <QElapsedTimer>
#include <QTest>

using namespace chronograd;

namespace {

const char* const echo = R"({
    "chronograd": 1, "name": "Echo",
    "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 4},
        {"name": "output", "cell": "dense", "units": 1}]},
    "task": {"kind": "echo", "delay": 2, "length": 12, "sequences": 3},
    "training": {"k1": 3, "k2": 6, "updates": null}})";

Comparison compareEcho(Measure measure = Measure::Updates)
{
    const test::Prepared prepared = test::prepareText(echo);
    return Comparison(beginningOf(prepared.experiment, prepared.data), measure);
}

SettingChange rate(double value)
{
    return {Setting::LearningRate, value};
}

SettingChange k1(std::int64_t steps)
{
    return {Setting::K1, StepCount(steps)};
}

/// Ticks, as a window does, until `done`.
template<typename Done>
bool tickUntil(Comparison& comparison, Done done)
{
    QElapsedTimer timer;
    timer.start();
    do {
        comparison.tick();
        if (done())
            return true;
        QTest::qSleep(1);
    } while (timer.elapsed() < 20'000);
    return false;
}

bool areStill(const Comparison& comparison)
{
    return std::ranges::none_of(comparison.lanes(),
                                [](const auto& lane) { return lane->state() == RunState::Running; });
}

/// Until no lane has moved for a while.
bool settle(Comparison& comparison)
{
    QElapsedTimer still;
    still.start();
    return tickUntil(comparison, [&] {
        if (!areStill(comparison))
            still.restart();
        return still.elapsed() > 60;
    });
}

} // namespace

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
    void lanesGoBackTogetherAndComeToTheSameAgain();
    void beforeTheForkLanesAreWhereTheRunWas();
    void runningPausesWhereItIsTold();
    void aLaneBeginsAgainFromAnotherSeed();
    void aSavedRunBeginsAgainFromAnotherSeed();
    void aChangeInThePastCutsTheCurves();
    void lanesBeginAgainAsTheyWereForked();
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

namespace {

/// The run of an experiment, as it is saved after so many updates.
test::Prepared savedAfter(const char* text, std::int64_t updates)
{
    const test::Prepared prepared = test::prepareText(text);
    TrainingSession session(prepared.experiment, prepared.data);
    for (std::int64_t i = 0; i < updates; ++i)
        session.post(StepCommand{Granularity::Update});
    return test::prepareText(writeExperiment(session.saved()));
}

std::unique_ptr<Lane> laneOf(const test::Prepared& saved, std::string name)
{
    return std::make_unique<Lane>(LaneSpec{.name = std::move(name)}, saved.experiment, saved.data);
}

} // namespace

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

void TestComparison::lanesGoBackTogetherAndComeToTheSameAgain()
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

namespace {

std::shared_ptr<const ForkPoint> forkAfter(TrainingSession& run, std::int64_t update)
{
    run.post(RunCommand{.until = {.kind = StopCondition::Kind::Update, .update = update}});
    if (!QTest::qWaitFor([&] { return run.take().furthest == update; }))
        return nullptr;
    run.post(ForkCommand{});
    std::shared_ptr<const ForkPoint> point;
    const bool hasCome = QTest::qWaitFor([&] {
        point = run.take().fork;
        return point != nullptr;
    });
    return hasCome ? point : nullptr;
}

} // namespace

void TestComparison::beforeTheForkLanesAreWhereTheRunWas()
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

void TestComparison::aLaneBeginsAgainFromAnotherSeed()
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

void TestComparison::aSavedRunBeginsAgainFromAnotherSeed()
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

void TestComparison::aChangeInThePastCutsTheCurves()
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

void TestComparison::lanesBeginAgainAsTheyWereForked()
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

QTEST_GUILESS_MAIN(TestComparison)
#include "test_comparison.moc"
