#include "core/session/loss_curve.h"
#include "tests/support/saved_runs.h"

#include <map>
#include <random>

using namespace chronograd;
using test::difference;
using test::echo;
using test::read;
using test::Run;
using test::waitFor;
using test::waitForUpdate;

/// Saved and reopened: exactly where one was, and on from there as if nothing had been.
class TestSavedSession : public QObject
{
    Q_OBJECT

private slots:
    void anyMomentOfAnyRunComesBack();
    void whatTheCheckpointHolds_data();
    void whatTheCheckpointHolds();
    void aSessionGoesOnFromItsFile();
    void longRunsAreNear();
    void filesOfOnlyAnUpdateAreReplayed();
    void aLongWayIsToldAndCanBeLeft();
    void aSaveOnALongWayKeepsEverything_data();
    void aSaveOnALongWayKeepsEverything();
    void aSaveTellsWhatItIsOf();
    void fewerNumbersAreFewerCheckpoints();
};

void TestSavedSession::anyMomentOfAnyRunComesBack()
{
    for (unsigned seed = 1; seed <= 150; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Run run(prepared);
        std::mt19937 random(seed);
        for (int updates = static_cast<int>(random() % 20); updates > 0; --updates)
            run.trainer().advance(Granularity::Update);
        for (int terms = static_cast<int>(random() % 30); terms > 0; --terms)
            run.trainer().advance(Granularity::Term);
        if (run.trainer().isFinished())
            continue;
        const test::Prepared reopened = read(run.file());
        Run again(reopened);
        again.resume();
        const QString wrong = difference(run.trainer(), again.trainer());
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + wrong));
    }
}

void TestSavedSession::whatTheCheckpointHolds_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("sgd") << echo(R"("k1": 5, "k2": 9)");
    QTest::newRow("adam") << echo(R"("k1": 5, "k2": 9, "optimizer": "adam", "learning_rate": 0.002)");
    QTest::newRow("rmsprop") << echo(R"("k1": 5, "k2": 9, "optimizer": "rmsprop", "learning_rate": 0.001)");
    QTest::newRow("carried state") << echo(R"("k1": 5, "k2": 9, "state": "carry")", "lstm");
    QTest::newRow("shuffled") << echo(R"("k1": 5, "k2": 9, "shuffle": true, "seed": 5)", "gru");
    QTest::newRow("chunks") << echo(R"("k1": 5, "k2": 9, "chunk": 7, "state": "carry")");
    QTest::newRow("chunks from an update on")
        << echo(R"("k1": 5, "k2": 9, "schedule": [{"update": 20, "set": {"chunk": 7}}])");
    QTest::newRow("a batch") << echo(R"("k1": 5, "k2": 9, "batch_size": 4)");
    QTest::newRow("settings of the schedule") << echo(
        R"("k1": 5, "k2": 9, "schedule": [{"update": 30, "set": {"k1": 3, "optimizer": "adam", "clip_norm": 0.1}}])");
    QTest::newRow("edits") << echo(R"("k1": 5, "k2": 9, "schedule": [
        {"update": 11, "edit": {"hidden.W_h[3,2]": 0.4, "input[1]@5#3": 0.1, "target[1]@9#2": 0.7}}])");
}

void TestSavedSession::whatTheCheckpointHolds()
{
    QFETCH(std::string, text);
    const test::Prepared prepared = test::prepareText(text);
    Run run(prepared);
    for (int i = 0; i < 75; ++i)
        run.trainer().advance(Granularity::Update);
    run.trainer().advance(Granularity::TimeStep);
    const test::Prepared reopened = read(run.file());
    QVERIFY(reopened.experiment.session->checkpoints.size() > 2);
    Run again(reopened);
    QCOMPARE(again.timeline().count(), reopened.experiment.session->checkpoints.size() + 1);
    const std::int64_t far = reopened.experiment.session->checkpoints.back().ticks;
    again.resume();
    QVERIFY(far > run.trainer().ticks() / 2); // it was used: the replay began there
    QCOMPARE(difference(run.trainer(), again.trainer()), QString());
    // Back to before the checkpoints, and to the end again.
    again.timeline().goToUpdate(again.trainer(), 3);
    Trainer straight = prepared.trainer();
    while (straight.position().update < 3)
        straight.advance(Granularity::Update);
    QVERIFY(straight.weights() == again.trainer().weights());
}

void TestSavedSession::aSessionGoesOnFromItsFile()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 50; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(ChangeCommand{{Setting::LearningRate, 0.02}});
    session.post(StepCommand{Granularity::Update});
    session.post(StepCommand{Granularity::TimeStep});
    session.post(StepCommand{Granularity::Term});
    const SessionNews there =
        waitFor(session, [](const SessionNews& news) { return news.frame->position.isInside(); });
    const test::Prepared file = read(writeExperiment(session.saved()));

    TrainingSession reopened(file.experiment, file.data);
    const SessionNews here =
        waitFor(reopened, [](const SessionNews& news) { return news.frame->position.isInside(); });
    QVERIFY(here.frame->position == there.frame->position);
    QVERIFY(here.frame->before == there.frame->before);
    QCOMPARE(here.state, RunState::Paused);
    QVERIFY2(here.message.empty(), here.message.c_str());
    QCOMPARE(here.furthest, 51);
    QCOMPARE(here.curve->lastUpdate(), 51);
    QVERIFY(here.curve->losses().isExact());
    QCOMPARE(here.curve->marks().size(), std::size_t{1});
    for (TrainingSession* each : {&session, &reopened}) {
        for (int i = 0; i < 4; ++i)
            each->post(StepCommand{Granularity::Update});
    }
    QVERIFY(waitForUpdate(session, 55).frame->after == waitForUpdate(reopened, 55).frame->after);
    reopened.post(RestartCommand{});
    const SessionNews start =
        waitFor(reopened, [](const SessionNews& news) { return news.frame->position.phase == Phase::Ready; });
    QCOMPARE(start.furthest, 0);
}

void TestSavedSession::longRunsAreNear()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Run run(prepared);
    while (run.trainer().position().update < 5000)
        run.trainer().advance(Granularity::Update);
    const std::string text = run.file();
    QVERIFY2(text.size() < 8'000'000, qPrintable(QString::number(text.size())));
    const test::Prepared reopened = read(text);
    const SavedSession& session = *reopened.experiment.session;
    QVERIFY(session.checkpoints.size() <= 41);
    QVERIFY(*session.moment.ticks - session.checkpoints.back().ticks < *session.moment.ticks / 100);
    QVERIFY(session.checkpoints.front().ticks < *session.moment.ticks / 5); // going back is near too
    Run again(reopened);
    again.resume();
    QCOMPARE(difference(run.trainer(), again.trainer()), QString());
}

void TestSavedSession::filesOfOnlyAnUpdateAreReplayed()
{
    const test::Prepared prepared =
        read(R"({"session": {"update": 40}, )" + echo(R"("k1": 5, "k2": 9)").substr(1));
    TrainingSession session(prepared.experiment, prepared.data);
    const SessionNews there = waitForUpdate(session, 40);
    Trainer straight = prepared.trainer();
    while (straight.position().update < 40)
        straight.advance(Granularity::Update);
    QVERIFY(there.frame->after == straight.weights());
}

void TestSavedSession::aLongWayIsToldAndCanBeLeft()
{
    const test::Prepared prepared =
        read(R"({"session": {"update": 900000000}, )" + echo(R"("k1": 5, "k2": 9)").substr(1));
    TrainingSession session(prepared.experiment, prepared.data);
    const SessionNews onTheWay = waitFor(session, [](const SessionNews& news) {
        return news.journey && news.journey->at > news.journey->from;
    });
    QCOMPARE(onTheWay.journey->to, 900000000);
    session.post(PauseCommand{});
    const SessionNews here = waitFor(
        session, [](const SessionNews& news) { return !news.journey && news.frame->position.update > 0; });
    const std::int64_t update = here.frame->position.update;
    QVERIFY(update >= onTheWay.journey->at);
    QVERIFY2(here.message.starts_with("stopped on the way to update 900000000"), here.message.c_str());
    QCOMPARE(here.furthest, update); // nobody knows more of it
    session.post(StepCommand{Granularity::Update});
    QVERIFY(waitForUpdate(session, update + 1).message.empty());
}

void TestSavedSession::aSaveOnALongWayKeepsEverything_data()
{
    QTest::addColumn<std::int64_t>("update"); ///< Where the file stood.
    QTest::addColumn<std::int64_t>("goTo");
    QTest::addColumn<std::int64_t>("course"); ///< 0: the same.
    const auto row = [](const char* name, std::int64_t update, std::int64_t there, std::int64_t course) {
        QTest::newRow(name) << update << there << course;
    };
    row("to where a file stood that was just opened", 800'000'000, 800'000'000, 0);
    row("to another update", 5, 700'000'000, 0);
    row("to the end of another course", 5, 600'000'000, 2);
}

/// Saved while updates are computed again: the file goes to where that way leads, and has all the rest too.
void TestSavedSession::aSaveOnALongWayKeepsEverything()
{
    QFETCH(std::int64_t, update);
    QFETCH(std::int64_t, goTo);
    QFETCH(std::int64_t, course);
    const std::string text = R"({"session": {"update": )" + std::to_string(update) +
                             R"(, "furthest": {"update": 900000000, "ticks": 90000000000},
        "losses": [[1, 0.5], [2, 0.25]],
        "other_courses": [{"number": 2, "end": {"update": 600000000, "ticks": 60000000000},
                           "schedule": [{"update": 3, "set": {"momentum": 0.5}}]}]}, )" +
                             echo(R"("k1": 5, "k2": 9)").substr(1);
    const test::Prepared endless = read(text);
    TrainingSession session(endless.experiment, endless.data);
    if (course != 0)
        session.post(CourseCommand{course});
    else if (goTo != update)
        session.post(GoToCommand{goTo});
    session.post(ViewCommand{}); // somebody looks on
    const Experiment saved = session.saved();
    session.post(PauseCommand{});
    QCOMPARE(saved.session->moment.update, goTo);
    QVERIFY(saved.session->parameters.empty()); // nobody knows them yet
    QCOMPARE(saved.session->course.number, course == 0 ? 1 : 2);
    const auto& others = saved.session->otherCourses;
    QCOMPARE(others.size(), std::size_t{1});
    QCOMPARE(others.front().name.number, course == 0 ? 2 : 1);
    QCOMPARE(others.front().end.update, course == 0 ? 600'000'000 : 900'000'000);
    QCOMPARE(saved.training.schedule.size(), std::size_t(course == 0 ? 0 : 1));
    QCOMPARE((course == 0 ? saved.session->losses : others.front().losses).size(), std::size_t{2});
    if (course == 0)
        QCOMPARE(saved.session->furthest->update, 900'000'000);

    const test::Prepared file = read(writeExperiment(saved));
    TrainingSession reopened(file.experiment, file.data);
    QCOMPARE(waitFor(reopened, [](const SessionNews& news) { return news.journey.has_value(); }).journey->to,
             goTo);
    reopened.post(PauseCommand{});
}

void TestSavedSession::aSaveTellsWhatItIsOf()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    const auto save = [&session] {
        const auto promise = std::make_shared<std::promise<SavedRun>>();
        session.post(SaveCommand{promise});
        return promise->get_future().get();
    };
    for (int i = 0; i < 8; ++i)
        session.post(StepCommand{Granularity::Update});
    const SavedRun first = save();
    const SessionNews there = waitForUpdate(session, 8);
    QCOMPARE(first.experiment.session->moment.update, 8);
    QVERIFY(first.isAtEnd);
    QCOMPARE(first.loss.value(), there.frame->loss);
    session.post(GoToCommand{5}); // looking back
    const SavedRun back = save();
    QVERIFY(!back.isAtEnd);
    QCOMPARE(back.course, first.course);
    session.post(ChangeCommand{{Setting::Momentum, 0.5}}); // another course
    const SavedRun other = save();
    QVERIFY(other.isAtEnd && other.run == first.run);
    QVERIFY(other.course != first.course);
    session.post(RestartCommand{});
    const SavedRun again = save();
    QVERIFY(again.run != first.run && again.isAtEnd && !again.loss);
    QCOMPARE(again.experiment.session->moment.update, 0);
}

void TestSavedSession::fewerNumbersAreFewerCheckpoints()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Run run(prepared);
    for (int i = 0; i < 3000; ++i)
        run.trainer().advance(Granularity::Update);
    const auto count = [&run](std::size_t mostNumbers) {
        return savedSession(run.trainer(), run.timeline(), nullptr, mostNumbers).checkpoints.size();
    };
    QVERIFY(count(SaveCommand::usualNumbers) > 5);
    QVERIFY(count(500) < count(SaveCommand::usualNumbers));
    QVERIFY(count(0) >= 1 && count(0) <= 2);
}

QTEST_APPLESS_MAIN(TestSavedSession)
#include "test_saved_session.moc"
