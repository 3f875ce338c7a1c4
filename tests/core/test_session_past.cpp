#include "core/session/loss_curve.h"
#include "tests/support/told_session.h"

#include <algorithm>

using namespace chronograd;
using test::after;
using test::prepareSunspots;
using test::stepUpdates;
using test::takeUntil;

/// Going back, what is changed there, and the courses that come of it.
class TestSessionPast : public QObject
{
    Q_OBJECT

private slots:
    void goesBackAndComputesTheSameAgain();
    void stepsBackByTheGranularityAsked();
    void aChangeInThePastBeginsAnotherCourse();
    void coursesThatWereLeftCanBeReturnedTo();
    void aChangeBeforeTheFirstStepIsReplayed();
    void aChangeAtTheEndOfASequenceIsReplayed();
    void editsActBetweenUpdatesAndAreRecorded();
    void anEditInThePastBeginsAnotherCourse();
    void pastGradientsAreToldWhileSomebodyLooks();
    void aFinishedRunCanBeGoneBackInto();
};

void TestSessionPast::goesBackAndComputesTheSameAgain()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    stepUpdates(session, 60);
    const SessionNews there = after(session, GoToCommand{40});
    QCOMPARE(there.frame->position.update, 40);
    QVERIFY(there.frame->updateDone);
    QCOMPARE(there.furthest, 60);
    const SessionNews again = after(session, StepCommand{Granularity::Update});
    QCOMPARE(again.frame->position.update, 41);
    QVERIFY(again.points.empty()); // told before
    QVERIFY(!again.curve);
    stepUpdates(session, 19);
    const SessionNews beyond = after(session, StepCommand{Granularity::Update});
    QCOMPARE(beyond.points.size(), std::size_t{1});
    QCOMPARE(beyond.points.front().update, 61);
    QCOMPARE(beyond.furthest, 61);

    Trainer straight = prepared.trainer();
    while (straight.position().update < 61)
        straight.advance(Granularity::Update);
    QVERIFY(straight.weights() == beyond.frame->after);
}

void TestSessionPast::stepsBackByTheGranularityAsked()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    stepUpdates(session, 3);
    const SessionNews layer = after(session, StepBackCommand{Granularity::Layer});
    QCOMPARE(layer.frame->position.phase, Phase::Backward);
    QCOMPARE(layer.frame->position.at, 1);
    QCOMPARE(layer.frame->stepped, Granularity::Layer);
    const SessionNews pass = after(session, StepBackCommand{Granularity::Pass});
    QCOMPARE(pass.frame->position.phase, Phase::Forward);
    QCOMPARE(pass.frame->position.t, 12);
    const SessionNews update = after(session, StepBackCommand{Granularity::Update});
    QCOMPARE(update.frame->position.phase, Phase::Updated);
    QCOMPARE(update.frame->position.update, 2);
    const SessionNews start = after(session, GoToCommand{0});
    QCOMPARE(start.frame->position.phase, Phase::Ready);
    const SessionNews term = after(session, StepCommand{Granularity::Term});
    QCOMPARE(term.frame->stepped, Granularity::Term);
}

void TestSessionPast::aChangeInThePastBeginsAnotherCourse()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    stepUpdates(session, 10);
    after(session, ChangeCommand{{Setting::Momentum, 0.9}});
    stepUpdates(session, 10);
    after(session, GoToCommand{5});
    const SessionNews branch = after(session, ChangeCommand{{Setting::LearningRate, 0.02}});
    QVERIFY(branch.curve);
    QCOMPARE(branch.curve->lastUpdate(), 5);
    QCOMPARE(branch.course, 2);
    QCOMPARE(branch.otherCourses->size(), std::size_t{1});
    QCOMPARE(branch.otherCourses->front().furthest, 20);
    QCOMPARE(branch.otherCourses->front().curve->lastUpdate(), 20);
    QCOMPARE(branch.furthest, 5);
    QCOMPARE(branch.changes.size(), std::size_t{1});
    const SessionNews next = after(session, StepCommand{Granularity::Update});
    QCOMPARE(next.points.front().update, 6);
    QCOMPARE(next.frame->settings.learningRate, 0.02);
    stepUpdates(session, 10);
    const std::vector<ScheduleEntry> schedule = session.recorded().training.schedule;
    QCOMPARE(schedule.size(), std::size_t{1}); // the momentum of the old course is not in it
    QCOMPARE(schedule.front().update, 6);
}

void TestSessionPast::coursesThatWereLeftCanBeReturnedTo()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    stepUpdates(session, 10);
    after(session, ChangeCommand{{Setting::Momentum, 0.9}});
    stepUpdates(session, 10);
    after(session, StepCommand{Granularity::Layer}); // the end is in the middle of an update
    const SessionNews end = after(session, StepCommand{Granularity::Term});

    after(session, GoToCommand{5});
    after(session, ChangeCommand{{Setting::LearningRate, 0.02}});
    stepUpdates(session, 30);
    const SessionNews second = after(session, GoToCommand{35});
    after(session, GoToCommand{0}); // and a third one from the very beginning
    after(session, ChangeCommand{{Setting::K2, StepCount(2)}});
    stepUpdates(session, 3);

    const SessionNews first = after(session, CourseCommand{1});
    QCOMPARE(first.course, 1);
    QVERIFY(first.frame->position == end.frame->position);
    QVERIFY(first.frame->before == end.frame->before);
    QVERIFY(first.frame->velocityBefore == end.frame->velocityBefore);
    QCOMPARE(first.furthest, 20);
    QCOMPARE(first.curve->lastUpdate(), 20);
    QCOMPARE(first.otherCourses->size(), std::size_t{2});
    QCOMPARE(session.recorded().training.schedule.front().update, 11);

    const SessionNews again = after(session, CourseCommand{2});
    QVERIFY(again.frame->after == second.frame->after);
    QCOMPARE(again.otherCourses->back().number, 3);
    QCOMPARE(again.otherCourses->back().forkedAfter, 0);
    stepUpdates(session, 1);
    QCOMPARE(session.recorded().training.schedule.front().update, 6);
    const SessionNews third = after(session, CourseCommand{3});
    QCOMPARE(third.frame->window.length(), 2);
    QCOMPARE(third.furthest, 3);
}

void TestSessionPast::aChangeBeforeTheFirstStepIsReplayed()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    after(session, ChangeCommand{{Setting::LearningRate, 0.2}});
    stepUpdates(session, 3);
    const SessionNews there = after(session, StepCommand{Granularity::Update});
    after(session, GoToCommand{0});
    const SessionNews again = after(session, GoToCommand{4});
    QVERIFY(there.frame->after == again.frame->after);
}

void TestSessionPast::aChangeAtTheEndOfASequenceIsReplayed()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 400; ++i) // so far that checkpoints are taken on the way
        session.post(StepCommand{Granularity::Sequence});
    const SessionNews far = takeUntil(
        session, [](const SessionNews& news) { return news.frame && news.frame->position.epoch >= 400; });
    const std::int64_t perEpoch = far.frame->position.update / far.frame->position.epoch;
    const std::int64_t end = perEpoch * 200; // at the end of a sequence: the next one begins there
    for (int course = 0; course < 2; ++course) {
        after(session, GoToCommand{end});
        after(session, ChangeCommand{{Setting::LearningRate, 0.02 + 0.01 * course}});
        stepUpdates(session, 2);
        const SessionNews there = after(session, StepCommand{Granularity::Update});
        after(session, GoToCommand{end - 5});
        const SessionNews again = after(session, GoToCommand{end + 3});
        QVERIFY(there.frame->after == again.frame->after);
    }
}

void TestSessionPast::editsActBetweenUpdatesAndAreRecorded()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    session.post(StepCommand{Granularity::Update});
    session.post(EditCommand{{"hidden.W_h[3,2]", 0.75}});
    session.post(EditCommand{{"hidden.W_h[9,1]", 1.0}}); // there are eight: not to be recorded
    const SessionNews edited = takeUntil(
        session, [](const SessionNews& news) { return news.frame && !news.frame->pendingEdits.empty(); });
    QCOMPARE(edited.frame->pendingEdits, (std::vector<Edit>{{"hidden.W_h[3,2]", 0.75}}));
    session.post(StepCommand{Granularity::Update});
    const SessionNews next =
        takeUntil(session, [](const SessionNews& news) { return news.frame && news.frame->update == 2; });
    const ParameterView& view =
        next.frame->network->parameters()[*next.frame->network->parameters().find("hidden.W_h")];
    QCOMPARE(next.frame->before[static_cast<Eigen::Index>(view.at(2, 1))], 0.75);
    QVERIFY(next.frame->pendingEdits.empty());
    const auto schedule = session.recorded().training.schedule;
    QCOMPARE(schedule.size(), std::size_t(1));
    QCOMPARE(schedule[0].update, 2);
    QCOMPARE(schedule[0].edits, (std::vector<Edit>{{"hidden.W_h[3,2]", 0.75}}));
}

void TestSessionPast::anEditInThePastBeginsAnotherCourse()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 6; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(GoToCommand{3});
    session.post(EditCommand{{"hidden.b[1]", 0.5}});
    const SessionNews news = takeUntil(session, [](const SessionNews& all) { return all.course == 2; });
    QCOMPARE(news.furthest, 3);
}

void TestSessionPast::pastGradientsAreToldWhileSomebodyLooks()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 5; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(StepCommand{Granularity::Layer}); // in the middle of the sixth
    session.post(PastCommand{7, 4});
    const SessionNews told = takeUntil(session, [](const SessionNews& news) { return news.past != nullptr; });
    QCOMPARE(told.past->update, 5);
    QCOMPARE(told.past->gradients.size(), std::size_t(5));
    QVERIFY(std::abs(told.past->sum() - told.past->velocity) < 1e-12);
    session.post(StepCommand{Granularity::Update});
    const SessionNews next = takeUntil(session, [](const SessionNews& news) { return news.past != nullptr; });
    QCOMPARE(next.past->update, 6);
    QVERIFY(next.frame == nullptr || next.frame->velocity[7] == next.past->velocity);
    session.post(GoToCommand{2});
    QCOMPARE(takeUntil(session, [](const SessionNews& news) { return news.past != nullptr; }).past->update,
             2);
    session.post(PastCommand{});
    session.post(StepCommand{Granularity::Update});
    takeUntil(session, [](const SessionNews& news) { return news.frame && news.frame->update == 3; });
    QTest::qWait(50);
    QVERIFY(!session.take().past);
}

void TestSessionPast::aFinishedRunCanBeGoneBackInto()
{
    test::Prepared prepared = prepareSunspots();
    prepared.experiment.training.updates = 20;
    TrainingSession session(prepared.experiment, prepared.data);
    session.post(RunCommand{});
    takeUntil(session, [](const SessionNews& news) { return news.state == RunState::Finished; });
    const SessionNews back = after(session, StepBackCommand{Granularity::Update});
    QCOMPARE(back.state, RunState::Paused);
    QCOMPARE(back.frame->position.update, 19);
    const SessionNews end = after(session, StepCommand{Granularity::Update});
    QCOMPARE(end.state, RunState::Finished);
    QCOMPARE(end.frame->position.update, 20);
}

QTEST_APPLESS_MAIN(TestSessionPast)
#include "test_session_past.moc"
