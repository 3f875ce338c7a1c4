#include "core/analysis/share.h"
#include "core/training/trace.h"
#include "tests/support/experiments.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace chronograd;

namespace {

constexpr unsigned seeds = 200;

/// Experiments whose sequences are trained as one batch, each over its whole length.
Experiment wholeBatch(unsigned seed)
{
    Experiment experiment = test::RandomExperiment(seed).make();
    Hyperparameters& settings = experiment.training.start;
    settings.k1 = settings.k2 = StepCount::wholeSequence();
    settings.injection = Injection::Window;
    settings.window = WindowRule::Partial;
    settings.state = StateRule::Reset;
    experiment.training.batchSize.reset();
    return experiment;
}

Frame afterFirstUpdate(const Experiment& experiment)
{
    const test::Prepared prepared(experiment);
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    return test::wholeFrame(trainer);
}

/// The experiment with one of its sequences alone.
Experiment alone(Experiment experiment, std::size_t which)
{
    auto& sequences = std::get<InlineTask>(experiment.task).sequences;
    sequences = {sequences[which]};
    return experiment;
}

QString seedName(unsigned seed)
{
    return QStringLiteral("seed %1").arg(seed);
}

} // namespace

/// Sequences trained side by side, over random networks of every cell and direction.
class TestBatches : public QObject
{
    Q_OBJECT

private slots:
    void gradientIsTheMeanOfThoseOfItsSequences();
    void sharesSumToTheGradient();
    void batchesHoldAsManySequencesAsAsked();
    void aShorterSequenceEndsEarlierInItsFrame();
    void timeStepsOfEverySequenceAreCounted();
    void traceListsEverySequence();
};

void TestBatches::gradientIsTheMeanOfThoseOfItsSequences()
{
    int compared = 0;
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        const Experiment experiment = wholeBatch(seed);
        const Frame together = afterFirstUpdate(experiment);
        if (!together.updateDone)
            continue; // diverged at once
        const std::size_t count = together.batch.size();
        Vector mean = Vector::Zero(together.gradient.size());
        double loss = 0;
        for (std::size_t which = 0; which < count; ++which) {
            const Frame one = afterFirstUpdate(alone(experiment, which));
            QVERIFY2(one.updateDone, qPrintable(seedName(seed)));
            mean += one.gradient / static_cast<double>(count);
            loss += *one.loss / static_cast<double>(count);
        }
        const double tolerance = 1e-12 * std::max(1.0, mean.cwiseAbs().maxCoeff());
        QVERIFY2((mean - together.gradient).cwiseAbs().maxCoeff() <= tolerance, qPrintable(seedName(seed)));
        QVERIFY2(std::abs(loss - *together.loss) <= 1e-12 * std::max(1.0, loss), qPrintable(seedName(seed)));
        compared += count > 1 ? 1 : 0;
    }
    QVERIFY(compared > 100);
}

void TestBatches::sharesSumToTheGradient()
{
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        for (int i = 0; i < 3 && !trainer.isFinished(); ++i)
            trainer.advance(Granularity::Update);
        if (trainer.isFinished())
            continue;
        const std::vector<Frame> frames = test::wholeFrames(trainer);
        const auto& views = trainer.network().parameters().views();
        for (std::size_t id = 0; id < views.size(); ++id) {
            const Matrix gradient = matrixOf(views[id], frames.front().gradient);
            Matrix sum = Matrix::Zero(gradient.rows(), gradient.cols());
            for (const Frame& frame : frames) {
                for (std::int64_t t = frame.window.from; t <= frame.window.to; ++t)
                    sum += shares(frame, static_cast<ParameterId>(id), t);
            }
            const double tolerance = 1e-12 * std::max(1.0, gradient.cwiseAbs().maxCoeff());
            QVERIFY2((sum - gradient).cwiseAbs().maxCoeff() <= tolerance,
                     qPrintable(seedName(seed) + QLatin1Char(' ') + QString::fromStdString(views[id].name)));
        }
    }
}

namespace {

/// Five echo sequences in batches of two; `extra` goes into the training part.
std::string echoes(const std::string& extra)
{
    return R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": "gru", "units": 3}, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 1, "length": 6, "sequences": 5},
        "training": {"k1": "n", "k2": "n", "batch_size": 2)" +
           extra + "}}";
}

const char* const unequal = R"({"chronograd": 1,
    "network": {"inputs": 1, "layers": [{"name": "y", "cell": "lstm", "units": 1}]},
    "task": {"kind": "inline", "sequences": [
        {"inputs": [[1], [0]], "targets": [null, [0.5]]},
        {"inputs": [[1], [0], [1], [0]], "targets": [null, [0.5], null, [0.25]]}]},
    "training": {"k1": "n", "k2": "n", "batch_size": "all"}})";

} // namespace

void TestBatches::batchesHoldAsManySequencesAsAsked()
{
    const test::Prepared prepared = test::prepareText(echoes(""));
    Trainer trainer = prepared.trainer();
    const std::vector<std::vector<std::int64_t>> expected{{1, 2}, {3, 4}, {5}, {1, 2}};
    for (const std::vector<std::int64_t>& batch : expected) {
        trainer.advance(Granularity::Update);
        QCOMPARE(test::wholeFrame(trainer).batch, batch);
    }
    QCOMPARE(trainer.position().epoch, 2);
}

void TestBatches::aShorterSequenceEndsEarlierInItsFrame()
{
    const test::Prepared prepared = test::prepareText(unequal);
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const std::vector<Frame> frames = test::wholeFrames(trainer);
    QCOMPARE(frames[0].position.sequence, 1);
    QCOMPARE(frames[0].lastStep, 2);
    QCOMPARE(frames[0].window.to, 2);
    QCOMPARE(frames[1].position.sequence, 2);
    QCOMPARE(frames[1].window.to, 4);
    QCOMPARE(frames[1].contributors, 2);
    const double own = (frames[1].stepLoss[1] + frames[1].stepLoss[3]) / 2;
    QVERIFY(std::abs((own + frames[1].otherLosses) / 2 - *frames[1].loss) < 1e-15);
}

void TestBatches::timeStepsOfEverySequenceAreCounted()
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const test::Prepared prepared(wholeBatch(seed));
        std::int64_t steps = 0;
        for (const Sequence& sequence : prepared.data->training)
            steps += sequence.length();
        Trainer run = prepared.trainer();
        run.advance(Granularity::Update);
        QCOMPARE(run.stepsDone(), steps);
        Trainer stepped = prepared.trainer();
        while (stepped.position().update == 0 && !stepped.isFinished())
            stepped.advance(Granularity::Layer);
        QCOMPARE(stepped.stepsDone(), steps);
    }
}

void TestBatches::traceListsEverySequence()
{
    const test::Prepared prepared = test::prepareText(unequal);
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const std::string text = writeTrace(test::wholeFrames(trainer), prepared.experiment.training);
    const QJsonObject trace = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    QCOMPARE(trace.value(QStringLiteral("sequence")).toArray(), (QJsonArray{1, 2}));
    QCOMPARE(trace.value(QStringLiteral("injected")).toArray(), (QJsonArray{2, 4}));
    QStringList rows;
    for (const QJsonValue& value : trace.value(QStringLiteral("steps")).toArray()) {
        const QJsonObject step = value.toObject();
        rows << QStringLiteral("%1/%2")
                    .arg(step.value(QStringLiteral("t")).toInt())
                    .arg(step.value(QStringLiteral("sequence")).toInt());
    }
    QCOMPARE(rows.join(QLatin1Char(' ')), QStringLiteral("1/1 1/2 2/1 2/2 3/2 4/2"));
}

QTEST_APPLESS_MAIN(TestBatches)
#include "test_batches.moc"
