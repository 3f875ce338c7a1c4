#include "tests/support/experiments.h"
#include "tests/support/trained_echo.h"

#include <QTest>

using namespace chronograd;

/// When updates are due, what they look at, when settings come into force.
class TestTrainer : public QObject
{
    Q_OBJECT

private slots:
    void updatesAreDueAsTheRuleSays_data();
    void updatesAreDueAsTheRuleSays();
    void windowIsTheLastK2Steps();
    void aChangeActsAtTheEndOfTheUpdateBeingGathered();
    void aChangeBetweenTwoUpdatesActsAtOnce();
    void anOptimizerThatIsChangedBackHasItsVelocity();
    void chunksChosenBeforeTheFirstStepAreThoseOfTheFirstEpoch();
    void aRecordedRunReplaysExactly();
    void chunkChangesWithTheNextEpoch();
    void theMachineSaysWhereItIs();
    void chainsAgainstTimeAreComputedAfterThoseWithIt();
    void truncatedEqualsFullWhenTheWindowHoldsTheSequence();
};

namespace {

QList<qint64> updateTimes(Trainer& trainer, int epochs)
{
    QList<qint64> times;
    while (trainer.position().epoch <= epochs && times.size() < 100) {
        trainer.advance(Granularity::Update);
        if (trainer.position().epoch > epochs) {
            break;
        }
        times.append(trainer.position().t);
    }
    return times;
}

} // namespace

void TestTrainer::updatesAreDueAsTheRuleSays_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QList<qint64>>("times"); // of one sequence of 10 steps; the first step has no target
    const auto row = [](const char* name, const char* settings, const QList<qint64>& times) {
        QTest::newRow(name) << QString::fromLatin1(settings) << times;
    };
    row("every k1 = 4 steps and at the end", R"("k1": 4, "k2": 4)", {4, 8, 10});
    row("k1 = n: once, at the end", R"("k1": "n", "k2": "n")", {10});
    row("k1 longer than the sequence: at the end", R"("k1": 50, "k2": 4)", {10});
    row("k1 = 1: a step without target makes none", R"("k1": 1, "k2": 4)", {2, 3, 4, 5, 6, 7, 8, 9, 10});
    row("full window: not before k2 steps", R"("k1": 1, "k2": 8, "window": "full")", {8, 9, 10});
    row("full window longer than the sequence: once", R"("k1": 1, "k2": 80, "window": "full")", {10});
    row("full window: no update at the end when not due", R"("k1": 4, "k2": 5, "window": "full")", {5, 9});
}

void TestTrainer::updatesAreDueAsTheRuleSays()
{
    QFETCH(QString, settings);
    QFETCH(QList<qint64>, times);
    const test::Prepared prepared = test::prepareText(test::echoOf(settings.toStdString()));
    Trainer trainer = prepared.trainer();
    QCOMPARE(updateTimes(trainer, 1), times + times); // two sequences
}

void TestTrainer::windowIsTheLastK2Steps()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 3, "k2": 5)"));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    QVERIFY((test::wholeFrame(trainer).window == Window{1, 3}));
    trainer.advance(Granularity::Update);
    const Frame frame = test::wholeFrame(trainer);
    QVERIFY((frame.window == Window{2, 6}));
    QVERIFY((frame.injected == std::vector<std::int64_t>{4, 5, 6}));
    QVERIFY((frame.sinceLast == Window{4, 6}));
    QVERIFY((frame.updatesAt == std::vector<std::int64_t>{3, 6}));
}

void TestTrainer::aChangeActsAtTheEndOfTheUpdateBeingGathered()
{
    const test::Prepared prepared =
        test::prepareText(test::echoOf(R"("k1": 4, "k2": 4, "learning_rate": 0.1)"));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::TimeStep);
    trainer.change({Setting::LearningRate, 0.2});
    QCOMPARE(trainer.settings().learningRate, 0.1);
    QCOMPARE(trainer.pending().size(), std::size_t{1});
    trainer.advance(Granularity::Update);
    QCOMPARE(test::wholeFrame(trainer).settings.learningRate, 0.1); // update 1 was computed with it
    QCOMPARE(trainer.settings().learningRate, 0.2);
    QVERIFY(trainer.pending().empty());
    QCOMPARE(trainer.schedule().front().update, 2);
    trainer.advance(Granularity::Update);
    QCOMPARE(test::wholeFrame(trainer).settings.learningRate, 0.2);
}

void TestTrainer::aChangeBetweenTwoUpdatesActsAtOnce()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 4, "k2": 4)"));
    Trainer trainer = prepared.trainer();
    trainer.change({Setting::K1, StepCount(2)});
    QCOMPARE(trainer.schedule().front().update, 1);
    trainer.advance(Granularity::Update);
    QCOMPARE(trainer.position().t, 2);
    trainer.change({Setting::K1, StepCount(5)});
    trainer.change({Setting::K1, StepCount(6)}); // the later of two at the same place stands
    QCOMPARE(trainer.schedule().size(), std::size_t{2});
    trainer.advance(Granularity::Update);
    QCOMPARE(trainer.position().t, 8);
}

void TestTrainer::anOptimizerThatIsChangedBackHasItsVelocity()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 3)"));
    Trainer straight = prepared.trainer();
    Trainer trainer = prepared.trainer();
    const auto change = [&trainer](Optimizer optimizer) {
        trainer.change({Setting::Optimizer, static_cast<int>(optimizer)});
    };
    for (int i = 0; i < 6; ++i) {
        straight.advance(Granularity::Update);
        trainer.advance(Granularity::Update);
        change(Optimizer::Adam);
        change(Optimizer::Rmsprop);
        change(Optimizer::Sgd);
    }
    QVERIFY(straight.weights() == trainer.weights());
}

/// As the schedule that is recorded says it.
void TestTrainer::chunksChosenBeforeTheFirstStepAreThoseOfTheFirstEpoch()
{
    test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 3, "shuffle": true)"));
    Trainer trainer = prepared.trainer();
    trainer.change({Setting::Chunk, StepCount(4)});
    QCOMPARE(trainer.position().epoch, 1);
    QCOMPARE(trainer.position().sequences, 6);
    prepared.experiment.training.schedule = trainer.schedule();
    Trainer replayed = prepared.trainer();
    for (int i = 0; i < 9; ++i) {
        trainer.advance(Granularity::Update);
        replayed.advance(Granularity::Update);
        QVERIFY(trainer.position() == replayed.position());
    }
    QVERIFY(trainer.weights() == replayed.weights());
}

void TestTrainer::aRecordedRunReplaysExactly()
{
    test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 3, "k2": 5)", 12));
    Trainer live = prepared.trainer();
    const SettingChange changes[] = {{Setting::K2, StepCount(9)},
                                     {Setting::LearningRate, 0.01},
                                     {Setting::Momentum, 0.2},
                                     {Setting::History, static_cast<int>(History::Recomputed)},
                                     {Setting::K1, StepCount(1)},
                                     {Setting::ClipNorm, 0.05},
                                     {Setting::Optimizer, static_cast<int>(Optimizer::Nesterov)},
                                     {Setting::Chunk, StepCount(5)},
                                     {Setting::State, static_cast<int>(StateRule::Carry)},
                                     {Setting::ClipNorm, NoValue{}}};
    int layersOn = 0;
    for (const SettingChange& change : changes) {
        for (int i = 0; i < 3 + 7 * (layersOn % 4); ++i) {
            live.advance(Granularity::Layer);
        }
        ++layersOn;
        live.change(change);
    }
    while (live.position().update < 60) {
        live.advance(Granularity::Update);
    }
    prepared.experiment.training.schedule = live.schedule();
    const Experiment saved = parseExperiment(writeExperiment(prepared.experiment), "saved.chronograd.json");
    const test::Prepared again(saved);
    Trainer replay = again.trainer();
    while (replay.position().update < 60) {
        replay.advance(Granularity::Update);
    }
    QVERIFY(replay.weights() == live.weights());
}

void TestTrainer::chunkChangesWithTheNextEpoch()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": "n", "k2": "n")"));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    trainer.change({Setting::Chunk, StepCount(4)});
    QCOMPARE(test::wholeFrame(trainer).pending.size(), std::size_t{1});
    trainer.advance(Granularity::Update);
    QCOMPARE(trainer.position().t, 10); // the second sequence of the first epoch is whole
    trainer.advance(Granularity::Update);
    QCOMPARE(trainer.position().t, 4);
    QCOMPARE(trainer.position().sequences, 6);
}

void TestTrainer::theMachineSaysWhereItIs()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 2, "k2": 2)"));
    Trainer trainer = prepared.trainer();
    struct Stop
    {
        Phase phase;
        std::int64_t at;
        int layer;
    };
    const Stop stops[] = {{Phase::Forward, 1, 0},  {Phase::Forward, 1, 1},  {Phase::Forward, 2, 0},
                          {Phase::Forward, 2, 1},  {Phase::Backward, 2, 1}, {Phase::Backward, 2, 0},
                          {Phase::Backward, 1, 1}, {Phase::Backward, 1, 0}, {Phase::Updated, 2, -1},
                          {Phase::Forward, 3, 0}};
    QCOMPARE(trainer.position().phase, Phase::Ready);
    for (const Stop& stop : stops) {
        trainer.advance(Granularity::Layer);
        QCOMPARE(trainer.position().phase, stop.phase);
        QCOMPARE(trainer.position().at, stop.at);
        QCOMPARE(trainer.position().layer, stop.layer);
    }
    trainer.advance(Granularity::Sequence);
    QCOMPARE(trainer.position().t, 10);
    QCOMPARE(trainer.position().sequence, 1);
    trainer.advance(Granularity::Epoch);
    QCOMPARE(trainer.position().sequence, 2);
    QCOMPARE(trainer.position().epoch, 1);
    trainer.advance(Granularity::Epoch);
    QCOMPARE(trainer.position().epoch, 2);
}

void TestTrainer::chainsAgainstTimeAreComputedAfterThoseWithIt()
{
    const test::Prepared prepared = test::prepareText(R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": "elman", "units": 2, "bidirectional": true},
            {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 1, "length": 2, "sequences": 1},
        "training": {"k1": "n", "k2": "n"}})");
    Trainer trainer = prepared.trainer();
    // Layers: 0 forward chain, 1 backward chain, 2 both joined, 3 output.
    const QStringList expected{
        QStringLiteral("forward 0@1, 0@2, 1@2, 1@1, 2@1, 3@1, 2@2, 3@2"),
        QStringLiteral("backward 3@2, 2@2, 3@1, 2@1, 1@1, 1@2, 0@2, 0@1"),
    };
    for (const QString& pass : expected) {
        QStringList stops;
        for (int i = 0; i < 8; ++i) {
            trainer.advance(Granularity::Layer);
            const Position& position = trainer.position();
            QVERIFY(position.phase ==
                    (pass.startsWith(QLatin1String("forward")) ? Phase::Forward : Phase::Backward));
            stops << QStringLiteral("%1@%2").arg(position.layer).arg(position.at);
        }
        QCOMPARE(stops.join(QStringLiteral(", ")), pass.section(QLatin1Char(' '), 1));
    }
    trainer.advance(Granularity::Layer);
    QCOMPARE(trainer.position().phase, Phase::Updated);
}

void TestTrainer::truncatedEqualsFullWhenTheWindowHoldsTheSequence()
{
    const test::Prepared full = test::prepareText(test::echoOf(R"("k1": "n", "k2": "n")"));
    const test::Prepared wide = test::prepareText(test::echoOf(R"("k1": 10, "k2": 1000)"));
    Trainer a = full.trainer();
    Trainer b = wide.trainer();
    for (int i = 0; i < 10; ++i) {
        a.advance(Granularity::Update);
        b.advance(Granularity::Update);
    }
    QVERIFY(a.weights() == b.weights());
}

QTEST_APPLESS_MAIN(TestTrainer)
#include "test_trainer.moc"
