#include "core/explain/explain.h"
#include "core/explain/partial_sum.h"
#include "core/network/unit_terms.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

/// Inside a layer: the sums grow term by term, the units come one by one, and the last term completes the
/// layer.
class TestUnitTerms : public QObject
{
    Q_OBJECT

private slots:
    void sumsForwardEndAtTheNets();
    void sumsBackwardEndAtTheDeltas();
    void unitsComeOneByOne();
    void oneUnitAtATime();
    void weightsChangeOneByOne();
    void aChangeInsideTheUpdateWaitsForItsEnd();
    void coarserStepsCompleteTheLayer();
    void wordsOfATerm();
};

namespace {

const char* const twoLayers = R"({"chronograd": 1,
    "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 2}, {"name": "output", "cell": "dense", "units": 1}],
        "weights": {"hidden.W_x": [[0.5], [-0.25]], "hidden.W_h": [[0.1, 0.2], [0.3, 0.4]]}},
    "task": {"kind": "inline", "sequences": [{"inputs": [[1], [0.5], [2]], "targets": [[1], [0], [1]]}]},
    "training": {"k1": 2, "k2": 2, "updates": null}})";

bool isNear(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b));
}

Experiment randomSingle(unsigned seed)
{
    Experiment experiment = test::RandomExperiment(seed).make();
    experiment.training.batchSize = 1;
    return experiment;
}

void advance(Trainer& trainer, Granularity granularity, int count)
{
    for (int i = 0; i < count; ++i)
        trainer.advance(granularity);
}

} // namespace

void TestUnitTerms::sumsForwardEndAtTheNets()
{
    int ends = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const test::Prepared prepared(randomSingle(seed));
        Trainer trainer = prepared.trainer();
        while (trainer.position().update < 2 && !trainer.isFinished()) {
            trainer.advance(Granularity::Term);
            if (trainer.position().phase != Phase::Forward || !trainer.position().isInside())
                continue;
            const Frame frame = test::wholeFrame(trainer);
            const std::optional<PartialSum> sum = partialSum(frame);
            const Layer& layer = frame.network->layers()[static_cast<std::size_t>(frame.position.layer)];
            if (!layer.hasNet())
                continue;
            QVERIFY2(sum, qPrintable(QStringLiteral("seed %1").arg(seed)));
            const bool isThere = frame.position.term == frame.position.terms ||
                                 isSharedByUnits(*frame.network, sum->of.slot, sum->of.unit);
            QCOMPARE(hasQuantity(frame, sum->of), isThere);
            if (frame.position.term < frame.position.terms)
                continue;
            ++ends;
            QVERIFY(isNear(sum->sum, valueOf(frame, sum->of)));
        }
    }
    QVERIFY(ends > 300);
}

void TestUnitTerms::sumsBackwardEndAtTheDeltas()
{
    int ends = 0;
    for (unsigned seed = 1; seed <= 80; ++seed) {
        const test::Prepared prepared(randomSingle(seed));
        Trainer trainer = prepared.trainer();
        while (trainer.position().update < 2 && !trainer.isFinished()) {
            trainer.advance(Granularity::Term);
            const Position& position = trainer.position();
            if (position.phase != Phase::Backward || !position.isInside())
                continue;
            const Frame frame = test::wholeFrame(trainer);
            const std::optional<PartialSum> sum = partialSum(frame);
            const bool comesFromNothing = position.terms == 1 && !sum;
            QVERIFY2(sum || comesFromNothing, qPrintable(QStringLiteral("seed %1").arg(seed)));
            if (!sum || position.term < position.terms)
                continue;
            const Layer& layer = frame.network->layers()[static_cast<std::size_t>(position.layer)];
            const double out = frame.value(layer.output, position.unit, position.at);
            const double delta = frame.delta(layer.error(), position.unit, position.at);
            const bool isPlain =
                layer.isGated() || !layer.hasNet() || layer.spec.activation.kind == Activation::Identity;
            const bool isTanh = !isPlain && layer.spec.activation.kind == Activation::Tanh;
            if (!isPlain && !isTanh)
                continue;
            ++ends;
            QVERIFY2(isNear(isPlain ? sum->sum : sum->sum * (1 - out * out), delta),
                     qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }
    QVERIFY(ends > 300);
}

void TestUnitTerms::unitsComeOneByOne()
{
    const test::Prepared prepared = test::prepareText(twoLayers);
    Trainer trainer = prepared.trainer();
    advance(trainer, Granularity::Term, 3); // of 1 + 2 + 1
    Frame frame = test::wholeFrame(trainer);
    const SlotId net = frame.network->layers()[0].net;
    QCOMPARE(frame.position.phase, Phase::Forward);
    QCOMPARE(frame.position.unit, 0);
    QCOMPARE(frame.position.term, 3);
    QCOMPARE(frame.position.terms, 4);
    QVERIFY(!frame.hasUnitValue(net, 0, 1));
    QVERIFY(!hasQuantity(frame, parseQuantity("hidden.out[1]@1", *frame.network)));
    trainer.advance(Granularity::Term);
    frame = test::wholeFrame(trainer);
    QVERIFY(frame.hasUnitValue(net, 0, 1));
    QVERIFY(!frame.hasUnitValue(net, 1, 1));
    QVERIFY(!frame.hasValue(0, 1));
    QCOMPARE(trainer.ticks(), 0);
    advance(trainer, Granularity::Term, 4);
    frame = test::wholeFrame(trainer);
    QVERIFY(frame.hasValue(0, 1));
    QVERIFY(!frame.position.isInside());
    QCOMPARE(trainer.ticks(), 1);
}

void TestUnitTerms::oneUnitAtATime()
{
    const test::Prepared prepared = test::prepareText(twoLayers);
    Trainer trainer = prepared.trainer();
    advance(trainer, Granularity::Pass, 1);
    // Backward at t = 2: the output, then hidden 1, then hidden 2.
    trainer.advance(Granularity::Unit);
    QCOMPARE(trainer.position().phase, Phase::Backward);
    QCOMPARE(trainer.position().layer, 1);
    trainer.advance(Granularity::Unit);
    Frame frame = test::wholeFrame(trainer);
    QCOMPARE(frame.position.layer, 0);
    QCOMPARE(frame.position.unit, 0);
    QVERIFY(frame.hasUnitDelta(frame.network->layers()[0].net, 0, 2));
    QVERIFY(!frame.hasUnitDelta(frame.network->layers()[0].net, 1, 2));
    trainer.advance(Granularity::Unit);
    frame = test::wholeFrame(trainer);
    QVERIFY(frame.hasDelta(0, 2));
    QVERIFY(!frame.hasUnitDelta(frame.network->layers()[0].net, 0, 1));
}

void TestUnitTerms::weightsChangeOneByOne()
{
    const test::Prepared prepared = test::prepareText(twoLayers);
    Trainer trainer = prepared.trainer();
    advance(trainer, Granularity::Pass, 2);
    const Vector before = trainer.weights();
    trainer.advance(Granularity::Term);
    const Frame first = test::wholeFrame(trainer);
    QCOMPARE(first.position.phase, Phase::Updating);
    QCOMPARE(first.update, 1);
    QVERIFY(!first.updateDone);
    QVERIFY(first.before == before);
    QVERIFY(first.hasChange(0, 0, 0));
    QVERIFY(!first.hasChange(0, 1, 0));
    QCOMPARE(hasQuantity(first, parseQuantity("hidden.W_x[1,1].update", *first.network)), true);
    QCOMPARE(hasQuantity(first, parseQuantity("hidden.W_x[2,1].update", *first.network)), false);
    int stops = 1;
    for (; trainer.position().phase == Phase::Updating; ++stops)
        trainer.advance(Granularity::Term);
    QCOMPARE(stops, 2 + 4 + 2 + 2 + 1); // one for each weight
    QCOMPARE(trainer.position().update, 1);

    Trainer other = prepared.trainer();
    advance(other, Granularity::Pass, 2);
    int rows = 0;
    while (other.position().update == 0) {
        other.advance(Granularity::Unit);
        ++rows;
    }
    QCOMPARE(rows, 2 + 2 + 2 + 1 + 1);
    QVERIFY(other.weights() == trainer.weights());
}

void TestUnitTerms::aChangeInsideTheUpdateWaitsForItsEnd()
{
    const test::Prepared prepared = test::prepareText(twoLayers);
    Trainer trainer = prepared.trainer();
    advance(trainer, Granularity::Pass, 2);
    trainer.advance(Granularity::Term);
    trainer.change({Setting::LearningRate, 0.5});
    QCOMPARE(trainer.settings().learningRate, 0.05);
    QCOMPARE(trainer.schedule().front().update, 2);
    trainer.advance(Granularity::Update);
    QCOMPARE(trainer.position().update, 1);
    QCOMPARE(trainer.settings().learningRate, 0.5);
}

void TestUnitTerms::coarserStepsCompleteTheLayer()
{
    const test::Prepared prepared = test::prepareText(twoLayers);
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Term);
    trainer.advance(Granularity::Layer);
    QCOMPARE(trainer.ticks(), 1);
    QVERIFY(!trainer.position().isInside());
    trainer.advance(Granularity::Term);
    trainer.advance(Granularity::TimeStep);
    QCOMPARE(trainer.ticks(), 2);
    QCOMPARE(trainer.position().t, 1);
    QCOMPARE(trainer.position().sinceUpdate, 1);
}

void TestUnitTerms::wordsOfATerm()
{
    const test::Prepared prepared = test::prepareText(twoLayers);
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Term);
    const std::optional<PartialSum> sum = partialSum(test::wholeFrame(trainer));
    QVERIFY(sum);
    QCOMPARE(QString::fromStdString(termText(*sum)), QStringLiteral("W_x,11·x_1(1) = 0.5·1 = 0.5"));
    QCOMPARE(sum->sum, 0.5);
    QVERIFY(sum->weight);
    QCOMPARE(sum->weight->t, 1);
    QCOMPARE(sum->count, 4);
}

QTEST_APPLESS_MAIN(TestUnitTerms)
#include "test_unit_terms.moc"
