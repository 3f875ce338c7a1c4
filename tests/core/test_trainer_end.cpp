#include "tests/support/experiments.h"
#include "tests/support/trained_echo.h"

#include <QTest>

using namespace chronograd;

/// Why training stops, and what is told then.
class TestTrainerEnd : public QObject
{
    Q_OBJECT

private slots:
    void stopsAfterUpdates();
    void stopsAtTheLossAsked();
    void stopsWhenNothingIsEverLearned();
    void divergenceIsToldAndTheWeightsBeforeAreKept_data();
    void divergenceIsToldAndTheWeightsBeforeAreKept();
};

void TestTrainerEnd::stopsAfterUpdates()
{
    Experiment experiment = parseExperiment(test::echoOf(""), "test.chronograd.json");
    experiment.training.updates = 7;
    const test::Prepared prepared(experiment);
    Trainer trainer = prepared.trainer();
    for (int i = 0; i < 20; ++i) {
        trainer.advance(Granularity::Epoch);
    }
    QVERIFY(trainer.isFinished() && !trainer.hasDiverged());
    QCOMPARE(trainer.position().update, 7);
}

void TestTrainerEnd::stopsAtTheLossAsked()
{
    const test::Prepared prepared =
        test::prepareText(test::echoOf(R"("learning_rate": 0.1, "stop_loss": 0.02)", 40));
    Trainer trainer = prepared.trainer();
    for (int epoch = 0; epoch < 2000 && !trainer.isFinished(); ++epoch) {
        trainer.advance(Granularity::Epoch);
    }
    QVERIFY(trainer.isFinished() && !trainer.hasDiverged());
    QVERIFY(trainer.message().find("stop_loss") != std::string::npos);
}

void TestTrainerEnd::stopsWhenNothingIsEverLearned()
{
    // The only target is at t = 1; k2 = 1 and the last loss alone never see it.
    const test::Prepared prepared = test::prepareText(R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [{"name": "output", "cell": "elman", "units": 1}]},
        "task": {"kind": "inline", "sequences": [{"inputs": [[1], [1], [1]], "targets": [[1], null, null]}]},
        "training": {"k1": 3, "k2": 1, "injection": "last"}})");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    QVERIFY(trainer.isFinished());
    QCOMPARE(trainer.position().update, 0);
    QVERIFY2(trainer.message().find("target") != std::string::npos, trainer.message().c_str());
}

void TestTrainerEnd::divergenceIsToldAndTheWeightsBeforeAreKept_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("says");
    QTest::newRow("rate far too large")
        << QStringLiteral(R"("learning_rate": 1e300)") << QStringLiteral("learning rate");
    QTest::newRow("rate overflows the step")
        << QStringLiteral(R"("learning_rate": 1.7e308)") << QStringLiteral("learning rate");
    QTest::newRow("updates over one step")
        << QStringLiteral(R"("learning_rate": 1e300, "k1": 1, "k2": 1)") << QStringLiteral("learning rate");
}

void TestTrainerEnd::divergenceIsToldAndTheWeightsBeforeAreKept()
{
    QFETCH(QString, settings);
    QFETCH(QString, says);
    const test::Prepared prepared = test::prepareText(test::echoOf(settings.toStdString()));
    for (const bool recordWeights : {true, false}) {
        Trainer trainer(prepared.experiment, prepared.data, {.recordWeights = recordWeights});
        for (int i = 0; i < 1000 && !trainer.isFinished(); ++i) {
            trainer.advance(Granularity::Update);
        }
        QVERIFY(trainer.hasDiverged());
        QVERIFY2(trainer.message().find(says.toStdString()) != std::string::npos, trainer.message().c_str());
        QVERIFY2(trainer.message().find("update " + std::to_string(trainer.position().update + 1)) !=
                     std::string::npos,
                 trainer.message().c_str());
        QVERIFY(trainer.weights().allFinite());
    }
}

QTEST_APPLESS_MAIN(TestTrainerEnd)
#include "test_trainer_end.moc"
