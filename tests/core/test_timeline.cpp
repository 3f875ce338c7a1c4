#include "core/session/timeline.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <cstring>
#include <map>

using namespace chronograd;

namespace {

/// A run that takes its checkpoints, as a session does.
class Run : private TrainingObserver
{
public:
    explicit Run(const test::Prepared& prepared)
        : m_trainer(prepared.trainer())
    {
        m_timeline.note(m_trainer);
        m_trainer.setObserver(this);
    }

    Trainer& trainer() { return m_trainer; }
    const Timeline& timeline() const { return m_timeline; }
    void advance(Granularity granularity) { m_trainer.advance(granularity); }
    void goToUpdate(std::int64_t update)
    {
        m_trainer.setObserver(nullptr);
        m_timeline.goToUpdate(m_trainer, update);
        m_trainer.setObserver(this);
    }
    void edit(const Edit& edit)
    {
        m_trainer.edit(edit);
        m_timeline.renew(m_trainer);
    }
    bool stepBack(Granularity granularity)
    {
        m_trainer.setObserver(nullptr);
        const bool went = m_timeline.stepBack(m_trainer, granularity);
        m_trainer.setObserver(this);
        return went;
    }

private:
    void updated(const UpdateReport&) override {}
    void epochEnded(const EpochReport&) override {}
    void sequenceBegan(const Trainer& trainer) override { m_timeline.note(trainer); }

    Timeline m_timeline;
    Trainer m_trainer;
};

bool sameBits(const Vector& a, const Vector& b)
{
    const auto bytes = static_cast<std::size_t>(a.size()) * sizeof(double);
    return a.size() == b.size() && (bytes == 0 || std::memcmp(a.data(), b.data(), bytes) == 0);
}

bool sameBits(const Matrix& a, const Matrix& b)
{
    const auto bytes = static_cast<std::size_t>(a.size()) * sizeof(double);
    return a.size() == b.size() && (bytes == 0 || std::memcmp(a.data(), b.data(), bytes) == 0);
}

/// What differs between two moments, as far as a student could see; empty: nothing.
QString difference(const Frame& a, const Frame& b)
{
    if (!(a.position == b.position))
        return QStringLiteral("the position");
    if (a.update != b.update || a.updateDone != b.updateDone || !(a.window == b.window))
        return QStringLiteral("the update or its window");
    if (!sameBits(a.before, b.before) || !sameBits(a.velocityBefore, b.velocityBefore))
        return QStringLiteral("weights or velocity");
    if (!sameBits(a.after, b.after) || !sameBits(a.gradient, b.gradient) || !sameBits(a.velocity, b.velocity))
        return QStringLiteral("what the update did");
    if (a.forwardDone != b.forwardDone || a.backwardDone != b.backwardDone)
        return QStringLiteral("how far the passes have come");
    for (std::size_t slot = 0; slot < a.values.size(); ++slot) {
        if (!sameBits(a.values[slot], b.values[slot]))
            return QStringLiteral("values of slot %1").arg(slot);
    }
    for (int layer = 0; layer < a.layers(); ++layer) {
        const Layer& which = a.network->layers()[static_cast<std::size_t>(layer)];
        for (std::int64_t t = a.firstStep; t <= a.lastStep; ++t) {
            for (int unit = 0; a.hasDelta(layer, t) && unit < which.units; ++unit) {
                if (a.delta(which.error(), unit, t) != b.delta(which.error(), unit, t))
                    return QStringLiteral("a delta at t = %1").arg(t);
            }
        }
    }
    return {};
}

} // namespace

/// Backwards in time: every earlier moment comes back bit for bit.
class TestTimeline : public QObject
{
    Q_OBJECT

private slots:
    void aJourneyThatEndsAtACheckpointCanBeLookedAt();
    void jumpsToAndFroEqualAStraightRun();
    void steppingBackUndoesSteppingForward_data();
    void steppingBackUndoesSteppingForward();
    void stepsOfAnySizeToAndFroEqualAStraightRun();
    void changesAreReplayed();
    void editsOfDataAreTakenBack();
    void editsByHandAreReplayed_data();
    void editsByHandAreReplayed();
    void atTheBeginningThereIsNoStepBack();
    void manyUpdatesBackAreNear();
    void memoryStaysWithinTheBudget();
    void anotherCourseForgetsLaterChanges();
};

void TestTimeline::jumpsToAndFroEqualAStraightRun()
{
    int jumps = 0;
    for (unsigned seed = 1; seed <= 120; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Run run(prepared);
        std::vector<Frame> straight{test::wholeFrame(run.trainer())};
        for (int update = 1; update <= 25 && !run.trainer().isFinished(); ++update) {
            run.advance(Granularity::Update);
            if (!run.trainer().isFinished())
                straight.push_back(test::wholeFrame(run.trainer()));
        }
        std::mt19937 random(seed);
        for (int i = 0; i < 10; ++i, ++jumps) {
            const auto update = random() % straight.size();
            run.goToUpdate(static_cast<std::int64_t>(update));
            const QString wrong = difference(straight[update], test::wholeFrame(run.trainer()));
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QStringLiteral("seed %1, update %2: ").arg(seed).arg(update) + wrong));
        }
    }
    QVERIFY(jumps >= 1000);
}

void TestTimeline::steppingBackUndoesSteppingForward_data()
{
    QTest::addColumn<Granularity>("granularity");
    QTest::newRow("term") << Granularity::Term;
    QTest::newRow("unit") << Granularity::Unit;
    QTest::newRow("layer") << Granularity::Layer;
    QTest::newRow("time step") << Granularity::TimeStep;
    QTest::newRow("pass") << Granularity::Pass;
    QTest::newRow("update") << Granularity::Update;
    QTest::newRow("sequence") << Granularity::Sequence;
    QTest::newRow("epoch") << Granularity::Epoch;
}

void TestTimeline::steppingBackUndoesSteppingForward()
{
    QFETCH(Granularity, granularity);
    for (unsigned seed = 200; seed < 260; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Run run(prepared);
        std::vector<Frame> stops{test::wholeFrame(run.trainer())};
        for (int stop = 0; stop < 40 && !run.trainer().isFinished(); ++stop) {
            run.advance(granularity);
            if (!run.trainer().isFinished())
                stops.push_back(test::wholeFrame(run.trainer()));
        }
        if (run.trainer().isFinished())
            continue;
        for (std::size_t stop = stops.size() - 1; stop-- > 0;) {
            QVERIFY(run.stepBack(granularity));
            const QString wrong = difference(stops[stop], test::wholeFrame(run.trainer()));
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QStringLiteral("seed %1, stop %2: ").arg(seed).arg(stop) + wrong));
        }
        QVERIFY(!run.stepBack(granularity));
    }
}

/// Every stop of a run term by term is known; then 1,000 steps of random sizes, on and back.
void TestTimeline::stepsOfAnySizeToAndFroEqualAStraightRun()
{
    int steps = 0;
    for (unsigned seed = 300; steps < 1000; ++seed) {
        Experiment experiment = test::RandomExperiment(seed).make();
        experiment.training.batchSize = 1;
        const test::Prepared prepared(experiment);
        Run run(prepared);
        std::map<Moment, Frame> straight{{Moment{}, test::wholeFrame(run.trainer())}};
        while (run.trainer().position().update < 3 && !run.trainer().isFinished()) {
            run.advance(Granularity::Term);
            straight.emplace(run.trainer().moment(), test::wholeFrame(run.trainer()));
        }
        if (run.trainer().isFinished() || run.trainer().network().needsWholeSequence())
            continue;
        const Moment end = run.trainer().moment();
        std::mt19937 random(seed);
        for (int i = 0; i < 50; ++i, ++steps) {
            const auto size = static_cast<Granularity>(random() % 6);
            if (random() % 2 == 0)
                run.stepBack(size);
            else
                run.advance(size);
            if (run.trainer().moment() > end)
                continue;
            const auto known = straight.find(run.trainer().moment());
            QVERIFY(known != straight.end());
            const QString wrong = difference(known->second, test::wholeFrame(run.trainer()));
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QStringLiteral("seed %1, step %2: ").arg(seed).arg(i) + wrong));
        }
    }
}

namespace {

std::string echo(const std::string& training)
{
    return R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": "elman", "units": 6}, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 2, "length": 20, "sequences": 3},
        "training": {"k1": 4, "k2": 6, "updates": null, "learning_rate": 0.05)" +
           training + "}}";
}

} // namespace

void TestTimeline::changesAreReplayed()
{
    const test::Prepared prepared = test::prepareText(echo(""));
    Run run(prepared);
    for (int i = 0; i < 10; ++i)
        run.advance(Granularity::Update);
    run.trainer().change({Setting::LearningRate, 0.01});
    run.trainer().change({Setting::Chunk, StepCount(7)});
    for (int i = 0; i < 30; ++i)
        run.advance(Granularity::Update);
    const Frame there = test::wholeFrame(run.trainer());
    run.goToUpdate(3);
    QCOMPARE(run.trainer().settings().learningRate, 0.05);
    QVERIFY(!run.trainer().settings().chunk);
    run.goToUpdate(40);
    QCOMPARE(difference(there, test::wholeFrame(run.trainer())), QString());
    QCOMPARE(run.trainer().settings().learningRate, 0.01);
}

void TestTimeline::editsOfDataAreTakenBack()
{
    const test::Prepared prepared =
        test::prepareText(echo(R"(, "schedule": [{"update": 8, "edit": {"input[1]@3#2": 0.75}}])"));
    Run run(prepared);
    const auto inputOfSecond = [&] {
        while (run.trainer().position().sequence != 2 || run.trainer().position().t != 4)
            run.advance(Granularity::TimeStep);
        return test::wholeFrame(run.trainer()).value(0, 0, 3);
    };
    const double original = inputOfSecond();
    run.advance(Granularity::Epoch);
    QCOMPARE(inputOfSecond(), 0.75);
    run.goToUpdate(0);
    QCOMPARE(inputOfSecond(), original);
}

void TestTimeline::editsByHandAreReplayed_data()
{
    QTest::addColumn<int>("granularity");
    QTest::addColumn<int>("steps");
    QTest::newRow("before the first step") << static_cast<int>(Granularity::Update) << 0;
    QTest::newRow("between two updates") << static_cast<int>(Granularity::Update) << 7;
    QTest::newRow("in the middle of an update") << static_cast<int>(Granularity::Layer) << 35;
    QTest::newRow("at the end of a sequence") << static_cast<int>(Granularity::Sequence) << 2;
}

/// A weight, an input to come and one of a step already taken; what is trained then is the same after going
/// back, and the same as with the schedule that was recorded.
void TestTimeline::editsByHandAreReplayed()
{
    QFETCH(int, granularity);
    QFETCH(int, steps);
    test::Prepared prepared = test::prepareText(echo(""));
    Run run(prepared);
    for (int i = 0; i < steps; ++i)
        run.advance(static_cast<Granularity>(granularity));
    const std::string sequence = std::to_string(std::max<std::int64_t>(1, run.trainer().position().sequence));
    for (const Edit& edit : {Edit{"hidden.W_h[1,2]", 0.4}, Edit{"input[1]@1#" + sequence, 0.25},
                             Edit{"target[1]@8#" + sequence, -0.5}})
    {
        QCOMPARE(run.trainer().problemOf(edit), std::string());
        run.edit(edit);
    }
    const Frame edited = test::wholeFrame(run.trainer());
    const ParameterView& view =
        edited.network->parameters()[*edited.network->parameters().find("hidden.W_h")];
    const bool isInForce = edited.before[static_cast<Eigen::Index>(view.at(0, 1))] == 0.4;
    QCOMPARE(isInForce, steps == 0); // the frame of later moments shows an update that knew nothing of it
    QCOMPARE(std::ranges::any_of(edited.pendingEdits,
                                 [](const Edit& edit) { return edit.of == "hidden.W_h[1,2]"; }),
             steps != 0);
    while (run.trainer().position().update < 40)
        run.advance(Granularity::Update);
    const Frame straight = test::wholeFrame(run.trainer());
    for (const std::int64_t there : {0, 3, 12}) {
        run.goToUpdate(there);
        while (run.trainer().position().update < 40)
            run.advance(Granularity::Update);
        QCOMPARE(difference(straight, test::wholeFrame(run.trainer())), QString());
    }
    prepared.experiment.training.schedule = run.trainer().schedule();
    Run recorded(prepared);
    while (recorded.trainer().position().update < 40)
        recorded.advance(Granularity::Update);
    QCOMPARE(difference(straight, test::wholeFrame(recorded.trainer())), QString());
}

void TestTimeline::atTheBeginningThereIsNoStepBack()
{
    const test::Prepared prepared = test::prepareText(echo(""));
    Run run(prepared);
    QVERIFY(!run.stepBack(Granularity::Layer));
    run.advance(Granularity::Layer);
    QVERIFY(run.stepBack(Granularity::Update));
    QCOMPARE(run.trainer().ticks(), 0);
    QCOMPARE(run.trainer().position().phase, Phase::Ready);
}

void TestTimeline::manyUpdatesBackAreNear()
{
    const test::Prepared prepared = test::prepareText(echo(""));
    Run run(prepared);
    while (run.trainer().position().update < 20000)
        run.advance(Granularity::Update);
    // A jump replays no more than the distance of two checkpoints: far less than from the beginning.
    for (const std::int64_t update : {19990, 15000, 10001}) {
        const std::int64_t done = run.trainer().stepsDone();
        run.goToUpdate(update);
        QCOMPARE(run.trainer().position().update, update);
        QVERIFY(run.trainer().stepsDone() < done);
    }
    QVERIFY2(run.timeline().count() > 50, qPrintable(QString::number(run.timeline().count())));
}

void TestTimeline::memoryStaysWithinTheBudget()
{
    const test::Prepared prepared = test::prepareText(echo(""));
    Trainer trainer = prepared.trainer();
    constexpr std::size_t budget = 100'000;
    Timeline timeline(budget);
    timeline.note(trainer);
    struct Notes : TrainingObserver
    {
        Timeline& timeline;
        explicit Notes(Timeline& all)
            : timeline(all)
        {}
        void updated(const UpdateReport&) override {}
        void epochEnded(const EpochReport&) override {}
        void sequenceBegan(const Trainer& at) override { timeline.note(at); }
    } notes(timeline);
    trainer.setObserver(&notes);
    while (trainer.position().update < 30000)
        trainer.advance(Granularity::Update);
    QVERIFY(timeline.bytes() <= budget);
    QVERIFY(timeline.count() > 5);
    trainer.setObserver(nullptr);
    const Vector weights = trainer.weights();
    timeline.goToUpdate(trainer, 17);
    timeline.goToUpdate(trainer, 30000);
    QVERIFY(sameBits(weights, trainer.weights()));
}

void TestTimeline::anotherCourseForgetsLaterChanges()
{
    const test::Prepared prepared =
        test::prepareText(echo(R"(, "schedule": [{"update": 30, "set": {"momentum": 0.5}}])"));
    Run run(prepared);
    for (int i = 0; i < 10; ++i)
        run.advance(Granularity::Update);
    run.trainer().change({Setting::LearningRate, 0.01});
    run.advance(Granularity::Update);
    run.goToUpdate(5);
    run.trainer().forgetChangesFrom(6, prepared.experiment.training.schedule);
    while (run.trainer().position().update < 35)
        run.advance(Granularity::Update);
    QCOMPARE(run.trainer().settings().learningRate, 0.05); // the change by hand is gone …
    QCOMPARE(run.trainer().settings().momentum, 0.5);      // … that of the file is not
}

/// Somebody who does not want to wait any longer stops it anywhere: also before the first step.
void TestTimeline::aJourneyThatEndsAtACheckpointCanBeLookedAt()
{
    const test::Prepared prepared = test::prepareText(R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [{"name": "h", "cell": "elman", "units": 3},
                                            {"name": "y", "cell": "dense", "units": 1}]},
        "task": {"kind": "sine", "length": 60, "sequences": 4},
        "training": {"k1": 5, "k2": 9, "state": "carry"}})");
    Run run(prepared);
    while (run.timeline().count() < 3)
        run.advance(Granularity::Update);
    for (int update = 0; update < 7; ++update)
        run.advance(Granularity::Update);
    Timeline hasty = run.timeline();
    hasty.setWatch([](const Trainer&) { return false; });
    hasty.goToUpdate(run.trainer(), run.trainer().position().update);
    QCOMPARE(run.trainer().position().t, 0);
    QVERIFY(run.trainer().position().update > 0);
    const Frame frame = test::wholeFrame(run.trainer());
    QVERIFY(!frame.updateDone);
    QCOMPARE(frame.update, run.trainer().position().update + 1);
    QCOMPARE(frame.window, (Window{1, 0}));
    QCOMPARE(frame.firstStep, 1);
    QVERIFY(frame.lastStep >= 1); // those to come
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t)
        QVERIFY(!frame.hasValue(0, t) && !frame.hasDelta(0, t));
}

QTEST_APPLESS_MAIN(TestTimeline)
#include "test_timeline.moc"
