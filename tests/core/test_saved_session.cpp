#include "core/experiment/input_error.h"
#include "core/session/kept_course.h"
#include "core/session/loss_curve.h"
#include "core/session/saved_session.h"
#include "core/session/session.h"
#include "core/session/timeline.h"
#include "tests/support/experiments.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <map>
#include <random>

using namespace chronograd;

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
    void aCourseThatWasBegunIsSaved();
    void theOtherCoursesComeBack();
    void coursesOfAnyRunComeBack();
    void aRunTakenBackKeepsItsEnd();
    void whatIsPendingIsPendingStill_data();
    void whatIsPendingIsPendingStill();
    void changesByHandStayWithTheirCourse();
    void aSaveTellsWhatItIsOf();
    void fewerNumbersAreFewerCheckpoints();
    void whatDoesNotFitIsRefused_data();
    void whatDoesNotFitIsRefused();
    void spoiledSessionsDoNoHarm();
};

namespace {

/// A run with its checkpoints.
class Run : private TrainingObserver
{
public:
    explicit Run(const test::Prepared& prepared)
        : m_prepared(prepared)
        , m_trainer(prepared.trainer())
    {
        m_timeline.note(m_trainer);
        if (prepared.experiment.session) {
            adoptCheckpoints(m_timeline, m_trainer, prepared.experiment);
        }
        m_trainer.setObserver(this);
    }

    Trainer& trainer() { return m_trainer; }
    const Timeline& timeline() const { return m_timeline; }
    std::string file() const
    {
        Experiment experiment = m_prepared.experiment;
        experiment.training.schedule = m_trainer.schedule();
        experiment.session = savedSession(m_trainer, m_timeline, nullptr);
        return writeExperiment(experiment);
    }
    void resume()
    {
        const SavedSession& session = *m_prepared.experiment.session;
        goTo(m_timeline, m_trainer, session.moment);
    }

private:
    void updated(const UpdateReport&) override {}
    void epochEnded(const EpochReport&) override {}
    void sequenceBegan(const Trainer& trainer) override { m_timeline.note(trainer); }

    const test::Prepared& m_prepared;
    Timeline m_timeline;
    Trainer m_trainer;
};

/// Empty: the same moment, bit for bit.
QString difference(Trainer& a, Trainer& b)
{
    const Frame one = test::wholeFrame(a);
    const Frame other = test::wholeFrame(b);
    if (!(one.position == other.position))
        return QStringLiteral("the position");
    if (!(one.before == other.before) || !(one.velocityBefore == other.velocityBefore))
        return QStringLiteral("weights or velocity");
    if (!(one.settings == other.settings))
        return QStringLiteral("the settings");
    for (std::size_t slot = 0; slot < one.values.size(); ++slot)
        if (!(one.values[slot] == other.values[slot]))
            return QStringLiteral("values of slot %1").arg(slot);
    for (int i = 0; i < 6 && !a.isFinished(); ++i) {
        a.advance(Granularity::Update);
        b.advance(Granularity::Update);
    }
    if (a.isFinished() != b.isFinished() || a.ticks() != b.ticks())
        return QStringLiteral("how it ends");
    return a.weights() == b.weights() ? QString() : QStringLiteral("the weights later");
}

test::Prepared read(const std::string& text)
{
    return test::Prepared(parseExperiment(text, std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                                                    "resources/data/saved.chronograd.json"));
}

std::string echo(const std::string& training, const std::string& cell = "elman")
{
    return R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": ")" +
           cell + R"(", "units": 40}, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 2, "length": 30, "sequences": 6},
        "training": {"updates": null, )" +
           training + "}}";
}

} // namespace

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

namespace {

SessionNews waitFor(TrainingSession& session, const std::function<bool(const SessionNews&)>& isThere)
{
    QElapsedTimer timer;
    timer.start();
    SessionNews last;
    do {
        SessionNews news = session.take();
        if (!news.frame)
            news.frame = last.frame;
        if (!news.curve)
            news.curve = last.curve;
        last = std::move(news);
        if (last.frame && isThere(last))
            return last;
        QTest::qSleep(1);
    } while (timer.elapsed() < 20'000);
    qWarning("waited in vain");
    return last;
}

SessionNews waitForUpdate(TrainingSession& session, std::int64_t update)
{
    return waitFor(session, [update](const SessionNews& news) {
        return news.frame->position.update == update && news.frame->updateDone;
    });
}

} // namespace

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

void TestSavedSession::aCourseThatWasBegunIsSaved()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 30; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(GoToCommand{10});
    session.post(ChangeCommand{{Setting::Momentum, 0.5}});
    for (int i = 0; i < 5; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(ViewCommand{});
    const test::Prepared file = read(writeExperiment(session.saved()));
    QCOMPARE(file.experiment.session->losses.size(), std::size_t{15});
    const SessionNews there = waitForUpdate(session, 15); // not of the way to 30: the save came behind that
    TrainingSession reopened(file.experiment, file.data);
    QVERIFY(waitForUpdate(reopened, 15).frame->after == there.frame->after);
}

namespace {

/// A session whose news are kept together.
class Watched
{
public:
    explicit Watched(const test::Prepared& prepared)
        : m_session(prepared.experiment, prepared.data)
    {}

    void post(Command command) { m_session.post(std::move(command)); }
    void step(int updates)
    {
        for (int i = 0; i < updates; ++i)
            post(StepCommand{Granularity::Update});
    }
    /// As it is when everything that was posted has been obeyed: a save is answered behind it.
    const SessionNews& news()
    {
        post(ViewCommand{});
        m_session.saved();
        SessionNews next = m_session.take();
        next.otherCourses = next.otherCourses ? next.otherCourses : m_news.otherCourses;
        next.curve = next.curve ? next.curve : m_news.curve;
        return m_news = std::move(next);
    }
    test::Prepared reread() { return read(writeExperiment(m_session.saved())); }

private:
    TrainingSession m_session;
    SessionNews m_news;
};

QString courseDifference(const Course& one, const Course& other)
{
    if (one.number != other.number || one.forkedAfter != other.forkedAfter || one.change != other.change)
        return QStringLiteral("its name");
    if (one.furthest != other.furthest)
        return QStringLiteral("how far it was computed");
    const auto marks = [](const Course& course) { // of several changes at once the last counts
        std::map<std::pair<std::int64_t, Setting>, std::string> last;
        for (const ChangeMark& mark : course.curve->marks())
            last[{mark.update, mark.change.setting}] = settingText(mark.change);
        QStringList texts;
        for (const auto& [of, text] : last)
            texts << QStringLiteral("%1: %2").arg(of.first).arg(QString::fromStdString(text));
        return texts.join(u' ');
    };
    if (marks(one) != marks(other))
        return QStringLiteral("marks: %1 / %2").arg(marks(one), marks(other));
    return std::ranges::equal(one.curve->losses().buckets(), other.curve->losses().buckets())
               ? QString()
               : QStringLiteral("the curve");
}

/// Both stand at the same moment of the same course, and have the same other ones with the same ends.
QString sessionDifference(Watched& one, Watched& other)
{
    const SessionNews here = one.news();
    const SessionNews there = other.news();
    if (here.course != there.course || here.furthest != there.furthest)
        return QStringLiteral("the present course: %1 / %2, furthest %3 / %4")
            .arg(here.course)
            .arg(there.course)
            .arg(here.furthest)
            .arg(there.furthest);
    if (!(here.frame->position == there.frame->position) || here.frame->before != there.frame->before)
        return QStringLiteral("where it stands");
    const std::vector<Course> none;
    const auto& ours = here.otherCourses ? *here.otherCourses : none;
    const auto& theirs = there.otherCourses ? *there.otherCourses : none;
    if (ours.size() != theirs.size())
        return QStringLiteral("%1 and %2 courses").arg(ours.size()).arg(theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (const QString wrong = courseDifference(ours[i], theirs[i]); !wrong.isEmpty())
            return QStringLiteral("course %1: ").arg(ours[i].number) + wrong;
    for (const Course& course : ours) {
        one.post(CourseCommand{course.number});
        other.post(CourseCommand{course.number});
        const SessionNews end = one.news();
        const SessionNews same = other.news();
        if (!(end.frame->position == same.frame->position) || end.frame->before != same.frame->before ||
            end.frame->pending != same.frame->pending)
            return QStringLiteral("the end of course %1").arg(course.number);
    }
    return {};
}

} // namespace

void TestSavedSession::theOtherCoursesComeBack()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Watched session(prepared);
    session.step(60);
    session.post(GoToCommand{20});
    session.post(ChangeCommand{{Setting::Momentum, 0.5}}); // course 2
    session.step(30);
    session.post(GoToCommand{0});
    session.post(ChangeCommand{{Setting::LearningRate, 0.01}}); // course 3, from the very beginning
    session.step(12);
    session.post(GoToCommand{5});
    session.post(EditCommand{{"hidden.W_h[3,2]", 0.4}}); // course 4
    session.step(3);
    session.post(StepCommand{Granularity::TimeStep});
    session.post(CourseCommand{2});
    const test::Prepared file = session.reread();
    QCOMPARE(file.experiment.session->course.number, 2);
    QCOMPARE(file.experiment.session->otherCourses.size(), std::size_t{3});
    Watched reopened(file);
    QCOMPARE(sessionDifference(session, reopened), QString());
    QCOMPARE(reopened.news().course, 4);
    // Another one, begun now, is the fifth; saved again, nothing is lost.
    for (Watched* each : {&session, &reopened}) {
        each->post(GoToCommand{6});
        each->post(ChangeCommand{{Setting::K2, StepCount(3)}});
        each->post(StepCommand{Granularity::Update});
        QCOMPARE(each->news().course, 5);
    }
    const test::Prepared again = reopened.reread();
    Watched twice(again);
    QCOMPARE(sessionDifference(session, twice), QString());
}

void TestSavedSession::coursesOfAnyRunComeBack()
{
    for (unsigned seed = 1; seed <= 25; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Watched session(prepared);
        std::mt19937 random(seed);
        for (int doing = 0; doing < 12; ++doing) {
            switch (random() % 5) {
            case 0:
                session.post(GoToCommand{static_cast<std::int64_t>(random() % 8)});
                break;
            case 1:
                session.post(ChangeCommand{{Setting::Momentum, 0.1 * static_cast<double>(random() % 9)}});
                break;
            case 2:
                session.post(CourseCommand{static_cast<std::int64_t>(random() % 4)});
                break;
            default:
                session.step(4);
                session.post(StepCommand{Granularity::Layer});
            }
        }
        const test::Prepared file = session.reread();
        Watched reopened(file);
        const QString wrong = sessionDifference(session, reopened);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + wrong));
    }
}

void TestSavedSession::aRunTakenBackKeepsItsEnd()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Watched session(prepared);
    session.step(30);
    session.post(GoToCommand{10});
    const test::Prepared file = session.reread();
    QCOMPARE(file.experiment.session->moment.update, 10);
    Watched reopened(file);
    const SessionNews here = reopened.news();
    QCOMPARE(here.frame->position.update, 10);
    QCOMPARE(here.furthest, 30);
    QCOMPARE(here.curve->lastUpdate(), 30);
    reopened.post(StepCommand{Granularity::Update});
    QVERIFY(reopened.news().points.empty()); // it is known
    reopened.post(GoToCommand{30});
    session.post(GoToCommand{30});
    QVERIFY(reopened.news().frame->after == session.news().frame->after);
}

void TestSavedSession::whatIsPendingIsPendingStill_data()
{
    QTest::addColumn<Granularity>("granularity");
    QTest::addColumn<SettingChange>("change");
    QTest::newRow("changed between two updates")
        << Granularity::Update << SettingChange{Setting::K2, StepCount(4)};
    QTest::newRow("changed while an update is gathered")
        << Granularity::TimeStep << SettingChange{Setting::LearningRate, 0.01};
    QTest::newRow("for the next epoch") << Granularity::Update << SettingChange{Setting::Chunk, StepCount(7)};
}

void TestSavedSession::whatIsPendingIsPendingStill()
{
    QFETCH(Granularity, granularity);
    QFETCH(SettingChange, change);
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Watched session(prepared);
    session.step(7);
    session.post(StepCommand{granularity});
    session.post(ChangeCommand{change});
    const test::Prepared file = session.reread();
    Watched reopened(file);
    for (Watched* each : {&session, &reopened}) {
        const auto pending = each->news().frame->pending;
        QCOMPARE(pending.size(), std::size_t{1});
        QVERIFY(pending.front() == change);
    }
    reopened.post(StepCommand{Granularity::Epoch});
    QVERIFY(reopened.news().frame->pending.empty() == (change.setting != Setting::Chunk));
    reopened.post(StepCommand{Granularity::Update});
    const auto frame = reopened.news().frame;
    QVERIFY(frame->pending.empty());
    QVERIFY(settingValue(frame->settings, change.setting) == change.value);
}

/// Another course goes on with the file's own schedule, not with what was changed by hand on the one it left;
/// that does not become the file's own by saving it.
void TestSavedSession::changesByHandStayWithTheirCourse()
{
    const test::Prepared prepared =
        test::prepareText(echo(R"("k1": 5, "k2": 9, "schedule": [{"update": 18, "set": {"k1": 3}}])"));
    Watched session(prepared);
    session.step(12);
    session.post(ChangeCommand{{Setting::Momentum, 0.5}}); // in force for update 13
    session.post(StepCommand{Granularity::Update});
    const test::Prepared file = session.reread();
    Watched reopened(file);
    for (Watched* each : {&session, &reopened}) {
        each->post(GoToCommand{4});
        each->post(ChangeCommand{{Setting::LearningRate, 0.02}});
        each->step(16);
        const auto settings = each->news().frame->settings;
        QCOMPARE(settings.learningRate, 0.02);
        QCOMPARE(settings.momentum, 0.9);
        QVERIFY(settings.k1 == StepCount(3));
    }
    QVERIFY(session.news().frame->after == reopened.news().frame->after);
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

void TestSavedSession::whatDoesNotFitIsRefused_data()
{
    QTest::addColumn<QString>("replace");
    QTest::addColumn<QString>("with");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* name, const char* replace, const char* with, const char* told) {
        QTest::newRow(name) << QString::fromUtf8(replace) << QString::fromUtf8(with)
                            << QString::fromUtf8(told);
    };
    row("a place that is not there", "\"place\": 2", "\"place\": 6",
        "/session/checkpoints: place 6 is not where a sequence begins; there are 6");
    row("an order without shuffle", "\"place\": 2", "\"place\": 2, \"order\": [2, 1, 3, 4, 5, 6]",
        "/session/checkpoints: order must name each of the 6 sequences once, and only with shuffle");
    row("a parameter left out", "\"hidden.b\"", "\"hidden.W_x\"", "");
    row("values of another size", "\"random\"", "\"values\": {\"hidden.out\": [[1, 2]]}, \"random\"",
        "/session/checkpoints: values/hidden.out must be 40 × 1");
    row("not in the order of time", "\"ticks\": 332", "\"ticks\": 332000",
        "/session/checkpoints: must be in the order of time");
    row("an epoch of 0", "\"epoch\": 1", "\"epoch\": 0",
        "/session/checkpoints/0/epoch: must be a whole number from 1");
    row("losses that go back", "\"update\": 60", "\"losses\": [[2, 0.1], [1, 0.2]], \"update\": 60",
        "/session/losses/1/0: must be a whole number from 3");
    row("a stretch of losses of more updates than it has", "\"update\": 60",
        "\"losses\": [[1, 3, 4, 0.1, 0.2, 0.3]], \"update\": 60",
        "/session/losses/0/2: must be a whole number from 2 to 3");
    row("a loss of three numbers", "\"update\": 60", "\"losses\": [[1, 3, 4]], \"update\": 60",
        "/session/losses/0: must be [update, loss] or [first, last, count, least, mean, greatest]");
    row("a course twice", "\"number\": 2,\n", "\"number\": 1,\n",
        "/session/other_courses/1/number: must be greater than that of the course before, 1, is 1");
    row("a course that training was on and was not", "\"number\": 2,\n", "\"number\": 3,\n",
        "/session/other_courses/1/number: is that of the course that training was on; must be another");
    row("a course without its end", "\"end\"", "\"losses\"", "/session/other_courses/0");
    row("a course whose end is only an update", "\"end\": {", "\"end\": {\"update\": 60}, \"x\": {",
        "/session/other_courses/0");
    row("a course begun by two settings", "\"set\": {\"momentum\": 0.5}",
        "\"set\": {\"momentum\": 0.5, \"k1\": 2}", "/session/other_courses/1/set: must be one setting");
    row("a loss that does not fit, on another course", "\"set\": {\"momentum\": 0.5}}\n",
        "\"set\": {\"loss\": \"cross_entropy\"}}\n",
        "/session/other_courses/1/schedule/0/set/loss: cross_entropy needs a last layer");
    row("an edit of a step that is not there, on another course", "\"set\": {\"momentum\": 0.5}}\n",
        "\"edit\": {\"input[1]@5#900\": 1}}\n",
        "/session/other_courses/1: the edit \"input[1]@5#900\" names a sequence that is not there");
    row("a checkpoint of another course that does not fit", "\"end\": {",
        "\"checkpoints\": [{\"place\": 9}], \"end\": {", "/session/other_courses/0/checkpoints");
    row("an end of the course that is only an update", "\"furthest\": {",
        "\"furthest\": {\"update\": 8}, \"y\": {", "/session/furthest");
    row("courses that are no list", "\"other_courses\": [", "\"other_courses\": 3, \"z\": [",
        "/session/other_courses");
}

namespace {

/// Of a session with two other courses, the first with checkpoints of its own.
std::string fileWithCourses()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    const auto step = [&session](int updates) {
        for (int i = 0; i < updates; ++i)
            session.post(StepCommand{Granularity::Update});
    };
    step(60);
    session.post(GoToCommand{3});
    session.post(ChangeCommand{{Setting::Momentum, 0.5}});
    step(60);
    session.post(GoToCommand{0});
    session.post(EditCommand{{"hidden.W_h[3,2]", 0.4}});
    step(8);
    session.post(GoToCommand{6});
    return writeExperiment(session.saved());
}

} // namespace

void TestSavedSession::whatDoesNotFitIsRefused()
{
    QFETCH(QString, replace);
    QFETCH(QString, with);
    QFETCH(QString, told);
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Run run(prepared);
    for (int i = 0; i < 60; ++i)
        run.trainer().advance(Granularity::Update);
    const bool isOfCourses =
        told.contains(QStringLiteral("course")) || told.contains(QStringLiteral("furthest"));
    QString text = QString::fromStdString(isOfCourses ? fileWithCourses() : run.file());
    const qsizetype session = text.indexOf(QStringLiteral("\"session\""));
    const qsizetype from = text.indexOf(QStringLiteral("\"checkpoints\""), session);
    qsizetype at = text.indexOf(replace, isOfCourses ? session : from);
    if (at < 0)
        at = text.indexOf(replace, session);
    QVERIFY2(at > 0, qPrintable(replace));
    text.replace(at, replace.size(), with);
    try {
        const test::Prepared spoiled = read(text.toStdString());
        TrainingSession reopened(spoiled.experiment, spoiled.data);
        QFAIL("must be refused");
    } catch (const InputError& error) {
        QVERIFY2(QString::fromUtf8(error.what()).contains(told), error.what());
    }
}

/// Whatever is in the file: a sentence, or a run.
void TestSavedSession::spoiledSessionsDoNoHarm()
{
    std::vector<std::string> texts;
    for (unsigned seed : {3U, 8U, 21U, 40U, 55U}) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Run run(prepared);
        for (int i = 0; i < 9; ++i)
            run.trainer().advance(Granularity::Update);
        texts.push_back(run.file());
        // The checkpoints are the interesting part, and short runs have few.
        QVERIFY(texts.back().find("\"session\"") != std::string::npos);
    }
    texts.push_back([] {
        const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9, "shuffle": true)"));
        Run run(prepared);
        for (int i = 0; i < 20; ++i)
            run.trainer().advance(Granularity::Update);
        return run.file();
    }());
    texts.push_back(fileWithCourses());
    constexpr std::array<const char*, 9> numbers{"0",   "-1",   "1",     "7",    "1e308",
                                                 "2.5", "null", "99999", "\"x\""};
    std::mt19937 random(7);
    int refused = 0;
    int trained = 0;
    int returned = 0;
    for (int round = 0; round < 400; ++round) {
        std::string text = texts[random() % texts.size()];
        const std::size_t session = text.find("\"session\"");
        for (int change = 0; change < 2; ++change) { // a number becomes another
            const std::size_t begin =
                text.find_first_of("0123456789", session + 10 + random() % (text.size() - session - 10));
            if (begin == std::string::npos)
                continue;
            const std::size_t end = text.find_first_not_of("0123456789.e+-", begin);
            text.replace(begin, end - begin, numbers[random() % numbers.size()]);
        }
        try {
            const test::Prepared spoiled = read(text);
            Run run(spoiled);
            for (const auto& checkpoint : run.timeline().before({INT64_MAX}, 100)) {
                run.trainer().restore(*checkpoint);
                for (int i = 0; i < 3 && !run.trainer().isFinished(); ++i)
                    run.trainer().advance(Granularity::Update);
                test::wholeFrame(run.trainer());
                ++trained;
            }
            for (const KeptCourse& course :
                 adoptedCourses(run.trainer(), run.timeline(), spoiled.experiment, spoiled.data))
            {
                run.trainer().setSchedule(course.schedule);
                course.timeline.goTo(run.trainer(), std::min<std::int64_t>(course.course.furthest, 70),
                                     course.end);
                test::wholeFrame(run.trainer());
                ++returned;
            }
        } catch (const InputError&) {
            ++refused;
        }
    }
    QVERIFY2(refused > 50 && trained > 100 && returned > 20,
             qPrintable(QStringLiteral("%1 %2 %3").arg(refused).arg(trained).arg(returned)));
}

QTEST_APPLESS_MAIN(TestSavedSession)
#include "test_saved_session.moc"
