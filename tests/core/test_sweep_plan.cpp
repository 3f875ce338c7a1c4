#include "core/sweep/sweep_result.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"
#include "tests/support/sweeps.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace chronograd;
using test::echoPlan;
using test::mixedPlan;

/// Combinations and their numbers, the seeds of repeats, what is refused; a run and its row.
class TestSweepPlan : public QObject
{
    Q_OBJECT

private slots:
    void runsAreCountedRepeatsFirst();
    void everyNumberIsOneCombination();
    void experimentsHaveTheValues();
    void repeatsHaveOtherSeedsAndTheSameData();
    void impossiblePlansAreRefused_data();
    void impossiblePlansAreRefused();
    void chunksAreNotVariedUnderEditedData();
    void plansHaveAnIdentity();
    void aRunIsWhatRunWouldCompute();
    void aRunMayDivergeOrBeRefused();
    void theLossOfAShortRunIsThatOfItsUpdates();
    void rowsReadBackExactly();
    void rowsOfOthersAreRefused_data();
    void rowsOfOthersAreRefused();
};

namespace {

SweepResult runOf(const SweepPlan& plan, std::int64_t run)
{
    return *trainRun(plan, run, {});
}

} // namespace

void TestSweepPlan::runsAreCountedRepeatsFirst()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2", "training.k2=3,4,5"}, 2);
    QCOMPARE(plan.runs(), 12);
    const auto told = [&plan](std::int64_t run) {
        const auto assignments = plan.assignmentsOf(plan.combinationOf(run));
        return QString::fromStdString(assignments[0] + ' ' + assignments[1] + " #" +
                                      std::to_string(plan.repeatOf(run)));
    };
    QCOMPARE(told(1), QStringLiteral("training.k1=1 training.k2=3 #1"));
    QCOMPARE(told(2), QStringLiteral("training.k1=1 training.k2=3 #2"));
    QCOMPARE(told(3), QStringLiteral("training.k1=1 training.k2=4 #1"));
    QCOMPARE(told(12), QStringLiteral("training.k1=2 training.k2=5 #2"));
}

void TestSweepPlan::everyNumberIsOneCombination()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2", "training.k2=3,4,5", "training.momentum=0,0.5"}, 3);
    std::set<std::vector<std::size_t>> seen;
    for (std::int64_t combination = 0; combination < plan.combinations(); ++combination) {
        const auto places = plan.placesOf(combination);
        QCOMPARE(plan.combinationAt(places), combination);
        seen.insert(places);
        for (int repeat = 1; repeat <= 3; ++repeat) {
            QCOMPARE(plan.combinationOf(plan.runOf(combination, repeat)), combination);
            QCOMPARE(plan.repeatOf(plan.runOf(combination, repeat)), repeat);
        }
    }
    QCOMPARE(seen.size(), std::size_t(12));
}

void TestSweepPlan::experimentsHaveTheValues()
{
    const SweepPlan plan = echoPlan({"network.layers.0.units=2,7", "network.layers.0.cell=elman,gru",
                                     "training.k1=\"n\",4", "network.init.seed=5,6"});
    const Experiment last = plan.experimentOf(plan.runs());
    QCOMPARE(*last.network.layers[0].units, 7);
    QCOMPARE(last.network.layers[0].cell, Cell::Gru);
    QCOMPARE(last.training.start.k1, StepCount(4));
    QCOMPARE(last.network.init.seed, std::uint64_t(6));
    QVERIFY(plan.experimentOf(1).training.start.k1.isWholeSequence());
}

void TestSweepPlan::repeatsHaveOtherSeedsAndTheSameData()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2"}, 4);
    std::set<std::uint64_t> seeds;
    for (int repeat = 1; repeat <= 4; ++repeat) {
        const Experiment a = plan.experimentOf(plan.runOf(0, repeat));
        const Experiment b = plan.experimentOf(plan.runOf(1, repeat));
        QCOMPARE(a.network.init.seed, b.network.init.seed); // combinations are compared on equal terms
        QCOMPARE(std::get<GeneratorTask>(a.task).seed, std::uint64_t(1));
        seeds.insert(a.network.init.seed);
        seeds.insert(a.training.seed);
    }
    QCOMPARE(seeds.size(), std::size_t(8));
    QCOMPARE(plan.experimentOf(1).network.init.seed, plan.base().network.init.seed);
    QCOMPARE(seedOfRepeat(7, 1), std::uint64_t(7));
    QCOMPARE(seedOfRepeat(7, 2), Random(7, "repeat 2").bits()); // stands in files: never to be changed
}

void TestSweepPlan::impossiblePlansAreRefused_data()
{
    QTest::addColumn<QStringList>("vary");
    QTest::addColumn<int>("repeats");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& vary, int repeats, const char* says) {
        QTest::newRow(name) << vary << repeats << QString::fromUtf8(says);
    };
    const auto k1 = QStringLiteral("training.k1=1,2");
    row("nothing varied", {}, 1, "0 settings; must be from 1 to 4");
    row("five settings",
        {k1, QStringLiteral("training.k2=1,2"), QStringLiteral("training.seed=1,2"),
         QStringLiteral("task.seed=1,2"), QStringLiteral("task.delay=1,2")},
        1, "5 settings; must be from 1 to 4");
    row("a setting twice", {k1, QStringLiteral("training.k1=5")}, 1, "--vary training.k1: is there twice");
    row("a value out of range", {QStringLiteral("training.k1=1,0")}, 1, "--vary training.k1=0: must be");
    row("an unknown key", {QStringLiteral("training.rate=1,2")}, 1, "--vary training.rate=1: unknown key");
    row("a path through a number", {QStringLiteral("training.k1.x=1")}, 1, "--vary training.k1.x=1: ");
    row("data that cannot be made", {QStringLiteral("task.delay=1,99")}, 1, "--vary task.delay=99: ");
    row("runs without an end", {QStringLiteral("training.updates=5,null")}, 1, "no run would end");
    row("no repeats", {k1}, 0, "--repeats: must be from 1");
    row("more than a million runs", {k1}, 1'000'000, "more than 1000000 runs");
}

void TestSweepPlan::impossiblePlansAreRefused()
{
    QFETCH(QStringList, vary);
    QFETCH(int, repeats);
    QFETCH(QString, says);
    std::vector<std::string> texts;
    for (const QString& text : vary)
        texts.push_back(text.toStdString());
    QString told;
    try {
        echoPlan(texts, repeats);
    } catch (const InputError& error) {
        told = QString::fromUtf8(error.what());
    }
    QVERIFY2(told.contains(says) && !told.contains(u'\n'), qPrintable(told));
}

/// "#2" would be another sequence in each run.
void TestSweepPlan::chunksAreNotVariedUnderEditedData()
{
    const std::string settings = R"("shuffle": true)";
    const auto planWith = [&](const std::string& edit) {
        std::string edited = test::smallEcho;
        edited.replace(edited.find(settings), settings.size(),
                       settings + R"(, "schedule": [{"update": 1, "edit": {")" + edit + R"(": 0.5}}])");
        return SweepPlan(parseExperiment(edited, "echo.chronograd.json"), {parseAxis("training.chunk=4,6")},
                         1);
    };
    QCOMPARE(planWith("hidden.W_h[1,1]").runs(), std::int64_t(2));
    try {
        planWith("input[1]@3#2");
        QFAIL("was taken");
    } catch (const InputError& error) {
        QVERIFY2(QByteArray(error.what()).startsWith("--vary training.chunk: "), error.what());
    }
}

void TestSweepPlan::plansHaveAnIdentity()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2"}, 2);
    QCOMPARE(echoPlan({"training.k1=1,2"}, 2).identity(), plan.identity());
    QVERIFY(echoPlan({"training.k1=1,2"}, 3).identity() != plan.identity());
    QVERIFY(echoPlan({"training.k1=1,3"}, 2).identity() != plan.identity());
    QVERIFY(echoPlan({"training.k2=1,2"}, 2).identity() != plan.identity());
    Experiment other = plan.base();
    other.training.start.momentum = 0.25;
    QVERIFY(SweepPlan(other, plan.axes(), 2).identity() != plan.identity());
}

void TestSweepPlan::aRunIsWhatRunWouldCompute()
{
    const SweepPlan plan = echoPlan({"training.k1=2,5"}, 2);
    const SweepResult result = runOf(plan, 4);
    Experiment experiment = plan.experimentOf(4);
    const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
    struct LastEpoch final : TrainingObserver
    {
        void updated(const UpdateReport&) override {}
        void epochEnded(const EpochReport& report) override { loss = report.meanLoss; }
        double loss = 0;
    } last;
    Trainer trainer(experiment, data, {});
    trainer.setObserver(&last);
    while (!trainer.isFinished())
        trainer.advance(Granularity::TimeStep);
    QCOMPARE(result.updates, 40);
    QVERIFY(last.loss > 0 && *result.loss == last.loss); // every bit
    QVERIFY(!result.testLoss && !result.accuracy && result.message.empty());
    QVERIFY(runOf(plan, 3).loss != result.loss); // the repeat before
}

void TestSweepPlan::aRunMayDivergeOrBeRefused()
{
    const SweepPlan plan = mixedPlan(1);
    QCOMPARE(runOf(plan, 1).outcome, RunOutcome::Finished);
    const SweepResult refused = runOf(plan, 4);
    QCOMPARE(refused.outcome, RunOutcome::Refused);
    QVERIFY2(refused.message.rfind("/task/delay", 0) == 0, refused.message.c_str()); // no place of a file
    const SweepResult diverged = runOf(plan, 5);
    QCOMPARE(diverged.outcome, RunOutcome::Diverged);
    QVERIFY(!diverged.loss && diverged.updates < 40 && !diverged.message.empty());
}

void TestSweepPlan::theLossOfAShortRunIsThatOfItsUpdates()
{
    const SweepPlan plan = echoPlan({"training.updates=0,1,2"});
    QVERIFY(!runOf(plan, 1).loss);
    Experiment experiment = plan.experimentOf(3);
    const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
    Trainer trainer(experiment, data, {});
    trainer.advance(Granularity::Update);
    const double first = trainer.loss();
    QCOMPARE(*runOf(plan, 2).loss, first);
    trainer.advance(Granularity::Update);
    QCOMPARE(*runOf(plan, 3).loss, (first + trainer.loss()) / 2);
}

void TestSweepPlan::rowsReadBackExactly()
{
    const SweepPlan plan =
        echoPlan({"training.k1=1,\"n\"", "network.init={\"seed\":1,\"range\":0.1},{\"seed\":2}"}, 2);
    QCOMPARE(QString::fromStdString(resultHeader(plan)),
             QStringLiteral("run,training.k1,network.init,repeat,init_seed,training_seed,outcome,updates,"
                            "loss,test_loss,accuracy,message"));
    for (std::int64_t run = 1; run <= plan.runs(); ++run) {
        SweepResult result = runOf(plan, run);
        result.testLoss = 1.0 / 3.0;
        result.accuracy = run == 2 ? std::optional(0.0) : std::nullopt;
        result.message = run == 3 ? "a, \"quoted\"\nword" : "";
        const std::string row = resultRow(plan, result);
        QVERIFY(row.find('\n') == row.npos);
        const auto read = parseResultRow(plan, row);
        QVERIFY2(read.has_value(), row.c_str());
        if (run == 3)
            result.message = "a, \"quoted\" word";
        QVERIFY2(*read == result, row.c_str());
    }
}

void TestSweepPlan::rowsOfOthersAreRefused_data()
{
    QTest::addColumn<QByteArray>("row");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("another value", "3,9,1,7,1,finished,40,0.5,,,");
    row("another repeat", "3,2,2,7,1,finished,40,0.5,,,");
    row("no such run", "5,2,1,7,1,finished,40,0.5,,,");
    row("a number cut off", "3,2,1,7,1,finished,40,0.");
    row("an unknown outcome", "3,2,1,7,1,fine,40,0.5,,,");
    row("a word for a number", "3,2,1,7,1,finished,40,half,,,");
    row("a quote that does not end", "3,2,1,7,1,diverged,40,,,,\"a");
    row("nothing", "");
}

void TestSweepPlan::rowsOfOthersAreRefused()
{
    QFETCH(QByteArray, row);
    const SweepPlan plan = echoPlan({"training.k1=1,2"}, 2);
    QVERIFY(parseResultRow(plan, "3,2,1,7,1,finished,40,0.5,,,").has_value());
    QVERIFY(!parseResultRow(plan, row.toStdString()).has_value());
}

QTEST_APPLESS_MAIN(TestSweepPlan)
#include "test_sweep_plan.moc"
