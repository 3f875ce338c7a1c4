#include "tests/support/watched_session.h"

#include <random>

using namespace chronograd;
using test::echo;
using test::read;
using test::sessionDifference;
using test::waitForUpdate;
using test::Watched;

/// Saved and reopened: the courses that were left, and what is not in force yet.
class TestSavedCourses : public QObject
{
    Q_OBJECT

private slots:
    void aCourseThatWasBegunIsSaved();
    void theOtherCoursesComeBack();
    void coursesOfAnyRunComeBack();
    void aRunTakenBackKeepsItsEnd();
    void whatIsPendingIsPendingStill_data();
    void whatIsPendingIsPendingStill();
    void changesByHandStayWithTheirCourse();
};

void TestSavedCourses::aCourseThatWasBegunIsSaved()
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

void TestSavedCourses::theOtherCoursesComeBack()
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

void TestSavedCourses::coursesOfAnyRunComeBack()
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

void TestSavedCourses::aRunTakenBackKeepsItsEnd()
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

void TestSavedCourses::whatIsPendingIsPendingStill_data()
{
    QTest::addColumn<Granularity>("granularity");
    QTest::addColumn<SettingChange>("change");
    QTest::newRow("changed between two updates")
        << Granularity::Update << SettingChange{Setting::K2, StepCount(4)};
    QTest::newRow("changed while an update is gathered")
        << Granularity::TimeStep << SettingChange{Setting::LearningRate, 0.01};
    QTest::newRow("for the next epoch") << Granularity::Update << SettingChange{Setting::Chunk, StepCount(7)};
}

void TestSavedCourses::whatIsPendingIsPendingStill()
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
void TestSavedCourses::changesByHandStayWithTheirCourse()
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

QTEST_APPLESS_MAIN(TestSavedCourses)
#include "test_saved_courses.moc"
