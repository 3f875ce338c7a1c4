#include "core/compare/first_difference.h"
#include "core/session/session.h"
#include "core/session/timeline.h"
#include "tests/support/experiments.h"
#include "tests/support/told_session.h"

#include <QElapsedTimer>
#include <QTest>

#include <cstring>

using namespace chronograd;
using test::takeUntil;

/// A fork goes on from a moment of a run bit for bit as the run itself does.
class TestFork : public QObject
{
    Q_OBJECT

private slots:
    void aTrainerGoesOnFromAnyMoment();
    void changesThatWaitComeIntoForceInTheForkToo();
    void editedDataAreTheForksOwn();
    void aSessionForksInTheMiddleOfAPass();
    void aForkAfterAnyUpdateChangesAtTheNext();
    void aForkAtTheBeginningIsTheRun();
    void aForkOfAFinishedRunHasEnded();
    void runsToAnUpdateAndToANumberOfSteps();
    void closesWhileItIsOnItsWay();
};

namespace {

/// A run that takes its checkpoints, as a session does.
class Run : private TrainingObserver
{
public:
    explicit Run(const test::Prepared& prepared)
        : m_prepared(prepared)
        , m_trainer(prepared.trainer())
    {
        m_timeline.note(m_trainer);
        m_trainer.setObserver(this);
    }

    Trainer& trainer() { return m_trainer; }
    void change(const SettingChange& change)
    {
        m_trainer.change(change);
        m_timeline.renew(m_trainer);
    }
    /// Of a sequence after the first.
    const std::optional<Checkpoint>& lastBeginning() const { return m_lastBeginning; }
    ForkPoint fork() const
    {
        const auto nearest = m_timeline.before(m_trainer.moment(), 1);
        return forkPointOf(m_trainer, m_prepared.experiment, m_prepared.data,
                           nearest.empty() ? nullptr : nearest.back().get());
    }

private:
    void updated(const UpdateReport&) override {}
    void epochEnded(const EpochReport&) override {}
    void sequenceBegan(const Trainer& trainer) override
    {
        m_timeline.note(trainer);
        m_lastBeginning = trainer.checkpoint();
    }

    const test::Prepared& m_prepared;
    std::optional<Checkpoint> m_lastBeginning;
    Timeline m_timeline;
    Trainer m_trainer;
};

Trainer trainerAt(const ForkPoint& point)
{
    Trainer trainer(point.experiment, point.data, {.recordWeights = true, .evaluateTest = true});
    restoreCheckpoint(trainer, point);
    replayTo(trainer, point, false);
    return trainer;
}

/// What differs between two trainers at the same moment, as far as it can be seen; empty: nothing.
QString difference(const Trainer& a, const Trainer& b)
{
    const Frame frameA = test::wholeFrame(a);
    const Frame frameB = test::wholeFrame(b);
    if (!(frameA.position == frameB.position) || a.ticks() != b.ticks() || a.stepsDone() != b.stepsDone())
        return QStringLiteral("the moment");
    if (std::memcmp(a.weights().data(), b.weights().data(),
                    static_cast<std::size_t>(a.weights().size()) * sizeof(double)) != 0)
        return QStringLiteral("the weights");
    if (!(frameA.settings == frameB.settings) || frameA.updatesAt != frameB.updatesAt)
        return QStringLiteral("settings, or updates of this sequence");
    const auto first = firstDifference(frameA, frameB);
    return first ? QString::fromStdString(quantityText(first->quantity, a.network())) : QString();
}

SettingChange someChange(std::mt19937& random)
{
    switch (random() % 5) {
    case 0:
        return {Setting::K1, StepCount(1 + static_cast<std::int64_t>(random() % 6))};
    case 1:
        return {Setting::K2, StepCount(1 + static_cast<std::int64_t>(random() % 8))};
    case 2:
        return {Setting::LearningRate, 0.01 + 0.001 * static_cast<double>(random() % 50)};
    case 3:
        return {Setting::Optimizer, static_cast<int>(random() % 4)};
    default:
        return {Setting::Momentum, 0.1 * static_cast<double>(random() % 9)};
    }
}

const char* const echo = R"({
    "chronograd": 1,
    "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 4},
        {"name": "output", "cell": "dense", "units": 1}]},
    "task": {"kind": "echo", "delay": 2, "length": 12, "sequences": 3},
    "training": {"k1": 3, "k2": 6, "updates": %1 %2}})";

test::Prepared prepareEcho(const char* updates = "null", const char* more = "")
{
    return test::prepareText(
        QString::fromUtf8(echo).arg(QString::fromUtf8(updates), QString::fromUtf8(more)).toStdString());
}

std::shared_ptr<const ForkPoint> forkOf(TrainingSession& session)
{
    session.post(ForkCommand{});
    return takeUntil(session, [](const SessionNews& news) { return news.fork != nullptr; }).fork;
}

Command runUntil(std::int64_t update)
{
    return RunCommand{.until = {.kind = StopCondition::Kind::Update, .update = update}};
}

std::vector<LossPoint> nextPoints(TrainingSession& session, std::int64_t untilUpdate)
{
    session.post(runUntil(untilUpdate));
    return takeUntil(session, [=](const SessionNews& news) { return news.furthest >= untilUpdate; }).points;
}

} // namespace

void TestFork::aTrainerGoesOnFromAnyMoment()
{
    int midPass = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Run run(prepared);
        std::mt19937 random(seed);
        const auto moves = 10 + random() % 60;
        for (unsigned move = 0; move < moves && !run.trainer().isFinished(); ++move) {
            const auto size = random() % 4;
            run.trainer().advance(size == 0   ? Granularity::Update
                                  : size == 1 ? Granularity::Term
                                              : Granularity::Layer);
            if (random() % 12 == 0 && !run.trainer().isFinished())
                run.change(someChange(random));
        }
        Trainer fork = trainerAt(run.fork());
        midPass += run.trainer().position().phase == Phase::Backward ? 1 : 0;
        for (int update = 0; update < 12 && !run.trainer().isFinished(); ++update) {
            const QString wrong = difference(run.trainer(), fork);
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QStringLiteral("seed %1, %2 updates on: ").arg(seed).arg(update) + wrong));
            run.trainer().advance(Granularity::Update);
            fork.advance(Granularity::Update);
        }
    }
    QVERIFY(midPass > 10); // the moments were not only ends of updates
}

void TestFork::changesThatWaitComeIntoForceInTheForkToo()
{
    const test::Prepared prepared = prepareEcho();
    Run run(prepared);
    run.trainer().advance(Granularity::Update);
    run.trainer().advance(Granularity::Layer);
    run.change({Setting::K1, StepCount(5)});
    Trainer fork = trainerAt(run.fork());
    QCOMPARE(fork.settings().k1, StepCount(3));
    run.trainer().advance(Granularity::Update);
    fork.advance(Granularity::Update);
    QCOMPARE(fork.settings().k1, StepCount(5));
    QCOMPARE(difference(run.trainer(), fork), QString());
}

void TestFork::editedDataAreTheForksOwn()
{
    const test::Prepared prepared =
        prepareEcho("null", R"(, "schedule": [{"update": 6, "edit": {"input[1]@3#2": 0.75}}])");
    Run run(prepared);
    run.trainer().advance(Granularity::Update);
    while (!run.lastBeginning() ||
           !run.lastBeginning()->edited) // it holds the data as the edit has made them
        run.trainer().advance(Granularity::Update);
    const ForkPoint point =
        forkPointOf(run.trainer(), prepared.experiment, prepared.data, &*run.lastBeginning());
    Trainer fork = trainerAt(point);
    for (int update = 0; update < 20; ++update) {
        run.trainer().advance(Granularity::Update);
        fork.advance(Granularity::Update);
        QCOMPARE(difference(run.trainer(), fork), QString());
    }
}

void TestFork::aSessionForksInTheMiddleOfAPass()
{
    const test::Prepared prepared = prepareEcho();
    TrainingSession origin(prepared.experiment, prepared.data);
    nextPoints(origin, 40);
    origin.post(ChangeCommand{{Setting::LearningRate, 0.02}});
    nextPoints(origin, 50);
    for (int layer = 0; layer < 9; ++layer)
        origin.post(StepCommand{Granularity::Layer});
    const auto point = forkOf(origin);
    QCOMPARE(point->position.phase, Phase::Backward);
    QCOMPARE(point->position.update, 50);

    TrainingSession fork(*point);
    const SessionNews begin = takeUntil(fork, [](const SessionNews& news) { return news.frame != nullptr; });
    QVERIFY(begin.points.empty()); // what came before is not its own
    QVERIFY(begin.frame->position == point->position);
    QCOMPARE(begin.frame->settings.learningRate, 0.02);

    const auto ofOrigin = nextPoints(origin, 300);
    const auto ofFork = nextPoints(fork, 300);
    QCOMPARE(ofFork.size(), std::size_t{250});
    QCOMPARE(ofOrigin.size(), ofFork.size());
    for (std::size_t i = 0; i < ofFork.size(); ++i) {
        QCOMPARE(ofFork[i].update, ofOrigin[i].update);
        QCOMPARE(ofFork[i].steps, ofOrigin[i].steps);
        QVERIFY(ofFork[i].loss == ofOrigin[i].loss);
    }
    QVERIFY(fork.recorded().training.schedule == origin.recorded().training.schedule);
}

/// Also where the next sequence has begun once and left its checkpoint.
void TestFork::aForkAfterAnyUpdateChangesAtTheNext()
{
    const std::string wide = QString::fromUtf8(echo) // its checkpoints are close to one another
                                 .arg("null", "")
                                 .replace(R"("units": 4)", R"("units": 64)")
                                 .toStdString();
    const test::Prepared prepared = test::prepareText(wide);
    TrainingSession origin(prepared.experiment, prepared.data);
    nextPoints(origin, 100);
    for (int update = 4; update < 100; update += 4) {
        origin.post(GoToCommand{update});
        const auto point = forkOf(origin);
        QCOMPARE(point->position.update, update);
        TrainingSession fork(*point);
        fork.post(ChangeCommand{{Setting::LearningRate, 0.02}});
        nextPoints(fork, update + 1);
        QCOMPARE(fork.recorded().training.schedule.back().update, update + 1);
    }
}

void TestFork::aForkAtTheBeginningIsTheRun()
{
    const test::Prepared prepared = prepareEcho();
    TrainingSession origin(prepared.experiment, prepared.data);
    TrainingSession fork(beginningOf(prepared.experiment, prepared.data));
    const auto ofOrigin = nextPoints(origin, 60);
    const auto ofFork = nextPoints(fork, 60);
    QCOMPARE(ofFork.size(), std::size_t{60});
    QVERIFY(ofFork.back().loss == ofOrigin.back().loss);
}

void TestFork::aForkOfAFinishedRunHasEnded()
{
    const test::Prepared prepared = prepareEcho("5");
    TrainingSession origin(prepared.experiment, prepared.data);
    origin.post(RunCommand{});
    takeUntil(origin, [](const SessionNews& news) { return news.state == RunState::Finished; });
    TrainingSession fork(*forkOf(origin));
    const SessionNews news =
        takeUntil(fork, [](const SessionNews& told) { return told.state == RunState::Finished; });
    QCOMPARE(news.furthest, 5);
    QVERIFY(!news.message.empty());
}

void TestFork::runsToAnUpdateAndToANumberOfSteps()
{
    const test::Prepared prepared = prepareEcho();
    TrainingSession session(prepared.experiment, prepared.data);
    session.post(runUntil(7));
    const auto hasStopped = [](const SessionNews& news) {
        return news.state == RunState::Paused && news.furthest > 0;
    };
    SessionNews news = takeUntil(session, hasStopped);
    QCOMPARE(news.furthest, 7);
    QCOMPARE(news.steps, 21);
    session.post(RunCommand{.until = {.kind = StopCondition::Kind::TimeSteps,
                                      .steps = 29}}); // 30 is the first end of an update beyond
    news = takeUntil(
        session, [](const SessionNews& told) { return told.state == RunState::Paused && told.furthest > 7; });
    QCOMPARE(news.steps, 30);
    QCOMPARE(news.points.back().steps, 30);
    session.post(runUntil(10)); // it is there already
    QTest::qSleep(20);
    QCOMPARE(session.take().furthest, 10);
}

void TestFork::closesWhileItIsOnItsWay()
{
    const test::Prepared prepared = prepareEcho();
    ForkPoint far = beginningOf(prepared.experiment, prepared.data);
    far.position.update = 1'000'000'000; // hours of replay
    far.moment.ticks = 1'000'000'000'000;
    QElapsedTimer timer;
    {
        TrainingSession session(far);
        QTest::qSleep(30);
        timer.start();
    }
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestFork)
#include "test_fork.moc"
