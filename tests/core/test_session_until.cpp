#include "tests/support/told_session.h"

#include <algorithm>

using namespace chronograd;
using test::after;
using test::prepareSunspots;
using test::stepUpdates;
using test::takeUntil;

/// Running until something: where a session stops, and what it says.
class TestSessionUntil : public QObject
{
    Q_OBJECT

private slots:
    void runsUntil_data();
    void runsUntil();
    void runsUntilTheLossIsBelow();
    void anUpdateThatHasPassedIsNoEnd();
};

void TestSessionUntil::runsUntil_data()
{
    QTest::addColumn<StopCondition>("until");
    QTest::addColumn<double>("stepsPerSecond");
    QTest::addColumn<qint64>("update");
    QTest::addColumn<QString>("message");
    using Kind = StopCondition::Kind;
    const auto row = [](const char* name, StopCondition until, double speed, qint64 update,
                        const char* message) {
        QTest::newRow(name) << until << speed << update << QString::fromUtf8(message);
    };
    row("an update", {.kind = Kind::Update, .update = 37}, 0, 37, "stopped after update 37");
    row("an update, at a pace", {.kind = Kind::Update, .update = 7}, 500, 7, "stopped after update 7");
    row("the next update", {.kind = Kind::NextUpdate}, 0, 1, "stopped after update 1");
    row("the end of the sequence", {.kind = Kind::Sequence}, 0, 62,
        "stopped at the end of sequence 1 of epoch 1");
    row("the end of the epoch", {.kind = Kind::Epoch}, 0, 62, "stopped at the end of epoch 1");
}

void TestSessionUntil::runsUntil()
{
    QFETCH(StopCondition, until);
    QFETCH(double, stepsPerSecond);
    QFETCH(qint64, update);
    QFETCH(QString, message);
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    session.post(SpeedCommand{stepsPerSecond, Granularity::Update});
    session.post(RunCommand{until});
    const SessionNews news =
        takeUntil(session, [](const SessionNews& each) { return !each.message.empty(); });
    QCOMPARE(news.state, RunState::Paused);
    QCOMPARE(QString::fromStdString(news.message), message);
    QCOMPARE(news.frame->position.update, update);
    const SessionNews on = after(session, StepCommand{Granularity::Update});
    QVERIFY(on.message.empty());
}

void TestSessionUntil::runsUntilTheLossIsBelow()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    session.post(RunCommand{{.kind = StopCondition::Kind::LossBelow, .loss = 0.01}});
    const SessionNews news =
        takeUntil(session, [](const SessionNews& each) { return !each.message.empty(); });
    QVERIFY(news.points.back().loss < 0.01);
    QVERIFY(std::ranges::all_of(news.points.begin(), news.points.end() - 1,
                                [](const LossPoint& point) { return point.loss >= 0.01; }));
    QVERIFY(news.message.find("is below 0.01") != std::string::npos);
}

void TestSessionUntil::anUpdateThatHasPassedIsNoEnd()
{
    const test::Prepared prepared = prepareSunspots();
    TrainingSession session(prepared.experiment, prepared.data);
    stepUpdates(session, 5);
    session.take();
    session.post(RunCommand{{.kind = StopCondition::Kind::Update, .update = 5}});
    const SessionNews news =
        takeUntil(session, [](const SessionNews& each) { return !each.message.empty(); });
    QCOMPARE(news.state, RunState::Paused);
    QCOMPARE(QString::fromStdString(news.message), QStringLiteral("update 5 is done already"));
    QCOMPARE(news.furthest, 5);
}

QTEST_APPLESS_MAIN(TestSessionUntil)
#include "test_session_until.moc"
