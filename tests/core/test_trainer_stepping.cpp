#include "tests/support/experiments.h"

#include <QTest>

#include <cstring>
#include <map>

using namespace chronograd;

/// How training is stepped must not change a single bit of it.
class TestTrainerStepping : public QObject
{
    Q_OBJECT

private slots:
    void everyGranularityGivesTheSameBits_data();
    void everyGranularityGivesTheSameBits();
    void wideLayersGiveTheSameBitsToo_data();
    void wideLayersGiveTheSameBitsToo();
    void updatesOverOneStepGiveTheSameBits_data();
    void updatesOverOneStepGiveTheSameBits();
    void changingTheGranularityOnTheWayGivesTheSameBits();
    void equalSeedsGiveEqualRuns();
    void anotherSeedGivesAnotherRun();
    void interruptedPassesGoOnWhereTheyWere();
};

namespace {

bool sameBits(const Vector& a, const Vector& b)
{
    return a.size() == b.size() &&
           std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(double)) == 0;
}

Vector weightsAfter(const test::Prepared& prepared, std::int64_t updates, Granularity granularity)
{
    Trainer trainer = prepared.trainer();
    while (trainer.position().update < updates && !trainer.isFinished()) {
        trainer.advance(granularity);
    }
    return trainer.weights();
}

} // namespace

void TestTrainerStepping::everyGranularityGivesTheSameBits_data()
{
    QTest::addColumn<Granularity>("granularity");
    QTest::newRow("term by term") << Granularity::Term;
    QTest::newRow("unit by unit") << Granularity::Unit;
    QTest::newRow("layer by layer") << Granularity::Layer;
    QTest::newRow("time step by time step") << Granularity::TimeStep;
    QTest::newRow("pass by pass") << Granularity::Pass;
}

void TestTrainerStepping::everyGranularityGivesTheSameBits()
{
    QFETCH(Granularity, granularity);
    for (unsigned seed = 1; seed <= 120; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        const Vector run = weightsAfter(prepared, 7, Granularity::Update);
        const Vector stepped = weightsAfter(prepared, 7, granularity);
        QVERIFY2(sameBits(run, stepped), qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void TestTrainerStepping::wideLayersGiveTheSameBitsToo_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<int>("units");
    QTest::addColumn<int>("inputs");
    QTest::addColumn<QString>("settings");
    const QString often = QStringLiteral(R"("k1": 1, "k2": 6)");
    const QString rarely = QStringLiteral(R"("k1": 7, "k2": 11)");
    const QString batch = QStringLiteral(R"("k1": 7, "k2": 7, "batch_size": 3)");
    for (const char* cell : {"elman", "lstm", "gru", "dense", "jordan"})
        for (const int units : {9, 32, 70, 104})
            for (const int inputs : {1, 20})
                for (const QString& settings : {often, rarely, batch})
                    QTest::addRow("%s, %d units, %d inputs, %s", cell, units, inputs, qPrintable(settings))
                        << QString::fromLatin1(cell) << units << inputs << settings;
}

/// Kernels take other ways with many rows and columns.
void TestTrainerStepping::wideLayersGiveTheSameBitsToo()
{
    QFETCH(QString, cell);
    QFETCH(int, units);
    QFETCH(int, inputs);
    QFETCH(QString, settings);
    std::string sequences;
    std::mt19937 random(7);
    std::uniform_real_distribution<double> number(-1.0, 1.0);
    const auto row = [&] {
        std::string text;
        for (int i = 0; i < inputs; ++i)
            text += (text.empty() ? "[" : ",") + std::to_string(number(random));
        return text + "]";
    };
    for (int sequence = 0; sequence < 3; ++sequence) {
        std::string in, out;
        for (int t = 0; t < 15; ++t) {
            in += (in.empty() ? "" : ",") + row();
            out += (out.empty() ? "" : ",") + row();
        }
        sequences +=
            (sequences.empty() ? "" : ",") + ("{\"inputs\": [" + in + "], \"targets\": [" + out + "]}");
    }
    const test::Prepared prepared = test::prepareText(
        R"({"chronograd": 1, "network": {"inputs": )" + std::to_string(inputs) +
        R"(, "layers": [{"name": "hidden", "cell": ")" + cell.toStdString() + R"(", "units": )" +
        std::to_string(units) + R"(}, {"name": "output", "cell": "dense", "units": )" +
        std::to_string(inputs) + R"(}]}, "task": {"kind": "inline", "sequences": [)" + sequences +
        R"(]}, "training": {"learning_rate": 0.01, )" + settings.toStdString() + "}}");
    const Vector run = weightsAfter(prepared, 5, Granularity::Update);
    QVERIFY(run.allFinite());
    QVERIFY(sameBits(run, weightsAfter(prepared, 5, Granularity::Layer)));
}

void TestTrainerStepping::updatesOverOneStepGiveTheSameBits_data()
{
    QTest::addColumn<QString>("layers");
    QTest::addColumn<int>("outputs");
    QTest::addColumn<int>("length");
    const auto row = [](const char* name, const char* layers, int outputs, int length) {
        QTest::newRow(name) << QString::fromLatin1(layers) << outputs << length;
    };
    const char* const elman = R"({"name": "h", "cell": "elman", "units": %1})";
    const auto elmanRow = [&](int units, int outputs) {
        QTest::addRow("elman, %d units, %d outputs", units, outputs)
            << QString::fromLatin1(elman).arg(units) << outputs << 9;
    };
    for (const int units : {1, 3, 4, 7, 8, 16, 21, 150})
        for (const int outputs : {1, 2, 6})
            elmanRow(units, outputs);
    row("two elman layers",
        R"({"name": "a", "cell": "elman", "units": 3}, {"name": "b", "cell": "elman", "units": 5})", 1, 9);
    row("perceptron, an example a sequence",
        R"({"name": "a", "cell": "dense", "units": 3, "activation": "sigmoid"},
           {"name": "b", "cell": "dense", "units": 2, "activation": "sigmoid"})",
        1, 1);
    row("a layer that is not trained", R"({"name": "h", "cell": "elman", "units": 4, "trainable": false})", 1,
        9);
}

/// Over the window of the last update.
bool sameDeltasOfLast(const Trainer& one, const Trainer& other)
{
    const auto deltas = [](const Trainer& trainer) {
        const SlotColumns& slot = trainer.unfolding().output();
        const std::int64_t t = trainer.position().t;
        const std::int64_t k2 = trainer.settings().k2.in(trainer.position().sequenceLength);
        const std::int64_t first = std::max<std::int64_t>(1, t - k2 + 1);
        return Eigen::Map<const Vector>(slot.delta(first), (t - first + 1) * slot.stride()).eval();
    };
    return sameBits(deltas(one), deltas(other));
}

/// They take a way of their own, where nobody looks at every update.
void TestTrainerStepping::updatesOverOneStepGiveTheSameBits()
{
    QFETCH(QString, layers);
    QFETCH(int, outputs);
    QFETCH(int, length);
    std::string sequences;
    std::mt19937 random(3);
    std::uniform_real_distribution<double> number(-1.0, 1.0);
    for (int sequence = 0; sequence < 4; ++sequence) {
        std::string in, out;
        for (int t = 0; t < length; ++t) {
            std::string target = "[" + std::to_string(number(random));
            for (int i = 1; i < outputs; ++i)
                target += "," + std::to_string(number(random));
            in += (in.empty() ? "[" : ",[") + std::to_string(number(random)) + "]";
            out += (out.empty() ? "" : ",") + (t % 4 == 2 ? "null" : target + "]");
        }
        sequences +=
            (sequences.empty() ? "" : ",") + ("{\"inputs\": [" + in + "], \"targets\": [" + out + "]}");
    }
    const test::Prepared prepared =
        test::prepareText(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [)" + layers.toStdString() +
                          R"(, {"name": "output", "cell": "dense", "units": )" + std::to_string(outputs) +
                          R"(}]}, "task": {"kind": "inline", "sequences": [)" + sequences +
                          R"(]}, "training": {"k1": 1, "k2": 1, "learning_rate": 0.2, "momentum": 0.5}})");
    Trainer run(prepared.experiment, prepared.data, {});
    Trainer stepped(prepared.experiment, prepared.data, {});
    // Longer windows before and after them find nothing of theirs, nor they of those.
    const std::map<int, SettingChange> changes{
        {3, {Setting::K2, StepCount(5)}},   {6, {Setting::K2, StepCount(1)}},
        {9, {Setting::K2, StepCount(7)}},   {17, {Setting::K2, StepCount(1)}},
        {20, {Setting::LearningRate, 0.1}}, {24, {Setting::K1, StepCount(3)}},
        {25, {Setting::K2, StepCount(4)}},  {29, {Setting::K1, StepCount(1)}},
        {31, {Setting::K2, StepCount(1)}}};
    for (int update = 1; update <= 40; ++update) {
        run.advance(Granularity::Update);
        while (stepped.position().update < update)
            stepped.advance(Granularity::Layer);
        QVERIFY(run.unfolding().canTrainOneStep());
        QVERIFY(sameBits(run.weights(), stepped.weights()));
        QCOMPARE(run.position(), stepped.position());
        QCOMPARE(run.ticks(), stepped.ticks());
        QCOMPARE(run.stepsDone(), stepped.stepsDone());
        QCOMPARE(run.loss(), stepped.loss());
        QCOMPARE(run.gradientNorm(), stepped.gradientNorm());
        QVERIFY(sameDeltasOfLast(run, stepped));
        const auto found = changes.find(update);
        if (found != changes.end())
            for (Trainer* trainer : {&run, &stepped})
                trainer->change(found->second);
    }
}

void TestTrainerStepping::changingTheGranularityOnTheWayGivesTheSameBits()
{
    constexpr Granularity all[] = {Granularity::Term, Granularity::Unit, Granularity::Layer,
                                   Granularity::TimeStep, Granularity::Pass};
    std::mt19937 random(5);
    for (unsigned seed = 1; seed <= 120; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        while (trainer.position().update < 6 && !trainer.isFinished()) {
            trainer.advance(all[random() % std::size(all)]);
        }
        QVERIFY2(sameBits(trainer.weights(), weightsAfter(prepared, 6, Granularity::Update)),
                 qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void TestTrainerStepping::equalSeedsGiveEqualRuns()
{
    for (unsigned seed = 1; seed <= 40; ++seed) {
        const test::Prepared first(test::RandomExperiment(seed).make());
        const test::Prepared second(test::RandomExperiment(seed).make());
        QVERIFY(sameBits(weightsAfter(first, 20, Granularity::Update),
                         weightsAfter(second, 20, Granularity::Update)));
    }
}

void TestTrainerStepping::anotherSeedGivesAnotherRun()
{
    Experiment experiment = test::RandomExperiment(3).make();
    const test::Prepared first(experiment);
    experiment.network.init.seed += 1;
    const test::Prepared second(experiment);
    QVERIFY(
        !sameBits(weightsAfter(first, 1, Granularity::Update), weightsAfter(second, 1, Granularity::Update)));
}

void TestTrainerStepping::interruptedPassesGoOnWhereTheyWere()
{
    const char* const text = R"({
        "chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": "elman", "units": 90},
            {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "sine", "length": 1000, "sequences": 1},
        "training": {"k1": "n", "k2": "n"}})";
    const test::Prepared prepared = test::prepareText(text);
    Trainer straight = prepared.trainer();
    QVERIFY(straight.advance(Granularity::Update));

    Trainer interrupted = prepared.trainer();
    const std::atomic<bool> interrupt = true;
    interrupted.setInterrupt(&interrupt);
    int returns = 0;
    while (interrupted.position().update == 0 && returns < 5000) {
        // each call gets one piece further: an interrupt that is always there must not stop the world
        interrupted.advance(returns % 2 == 0 ? Granularity::Update : Granularity::Layer);
        ++returns;
        if (returns > 20) {
            interrupted.setInterrupt(nullptr);
        }
    }
    QVERIFY(returns > 20);
    QVERIFY(sameBits(straight.weights(), interrupted.weights()));
}

QTEST_APPLESS_MAIN(TestTrainerStepping)
#include "test_trainer_stepping.moc"
