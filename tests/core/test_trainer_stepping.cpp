#include "tests/support/experiments.h"

#include <QTest>

#include <cstring>

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
