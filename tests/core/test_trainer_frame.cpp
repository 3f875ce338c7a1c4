#include "tests/support/experiments.h"
#include "tests/support/trained_echo.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

/// What a frame of the trainer holds, and what not yet.
class TestTrainerFrame : public QObject
{
    Q_OBJECT

private slots:
    void newestStepsThatWereNotComputedAreAbsent();
    void afterAnUpdateTheStepsOfTheNextAreThere();
    void stepsToComeLeaveTheWindowWhole();
    void sharesOfFrozenLayersAreComputedButNotApplied();
};

void TestTrainerFrame::newestStepsThatWereNotComputedAreAbsent()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 4, "k2": 4)"));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Layer); // hidden layer at t = 1
    const Frame frame = test::wholeFrame(trainer);
    QVERIFY(frame.hasValue(0, 1));
    QVERIFY(!frame.hasValue(1, 1));
    QVERIFY(!frame.hasDelta(0, 1));
    QCOMPARE(frame.lastStep, 4); // up to where the next update is due
    QVERIFY(!frame.hasValue(0, 2));
    QVERIFY(std::isnan(frame.stepLoss.front()));
    trainer.advance(Granularity::Pass);
    trainer.advance(Granularity::Layer); // output layer at t = 4, backward
    const Frame backward = test::wholeFrame(trainer);
    QVERIFY(backward.hasDelta(1, 4));
    QVERIFY(!backward.hasDelta(0, 4));
    QVERIFY(backward.loss.has_value());
}

/// Their inputs and targets, so that these can be changed before they are used.
void TestTrainerFrame::afterAnUpdateTheStepsOfTheNextAreThere()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 4, "k2": 4)"));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const Frame frame = test::wholeFrame(trainer);
    QCOMPARE(frame.position.t, 4);
    QCOMPARE(frame.lastStep, std::min<std::int64_t>(8, frame.position.sequenceLength));
    QVERIFY(frame.lastStep > 4);
    const SlotId input = frame.network->inputSlot();
    QCOMPARE(frame.value(input, 0, 5), prepared.data->training.front().inputs(0, 4));
    QCOMPARE(frame.targets(0, 5 - frame.firstStep), prepared.data->training.front().targets(0, 4));
    QVERIFY(!frame.hasValue(0, 5) && !frame.hasDelta(0, 5));
    QVERIFY(std::isnan(frame.stepLoss.back()));
}

/// However few steps a frame may hold.
void TestTrainerFrame::stepsToComeLeaveTheWindowWhole()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(R"("k1": 5, "k2": 5)", 20));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    trainer.advance(Granularity::Update);
    QCOMPARE(trainer.position().t, std::int64_t{10});
    QCOMPARE(trainer.frame({.stepsBeyondCut = 0, .mostSteps = 100}).lastStep, std::int64_t{15});
    for (const std::int64_t most : {5, 6, 8}) {
        const Frame frame = trainer.frame({.stepsBeyondCut = 0, .mostSteps = most});
        QCOMPARE(frame.firstStep, std::int64_t{6});
        QCOMPARE(frame.lastStep, 5 + most);
    }
}

void TestTrainerFrame::sharesOfFrozenLayersAreComputedButNotApplied()
{
    Experiment experiment = parseExperiment(test::echoOf(""), "test.chronograd.json");
    experiment.network.layers.front().trainable = false;
    const test::Prepared prepared(experiment);
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const Frame frame = test::wholeFrame(trainer);
    const ParameterView& frozen =
        frame.network->parameters()[*frame.network->parameters().find("hidden.W_h")];
    const ParameterView& trained = frame.network->parameters()[*frame.network->parameters().find("output.W")];
    QVERIFY(matrixOf(frozen, frame.gradient).norm() > 0);
    QCOMPARE(matrixOf(frozen, frame.change).norm(), 0.0);
    QVERIFY(matrixOf(trained, frame.change).norm() > 0);
}

QTEST_APPLESS_MAIN(TestTrainerFrame)
#include "test_trainer_frame.moc"
