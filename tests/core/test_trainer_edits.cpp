#include "tests/support/experiments.h"
#include "tests/support/trained_echo.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

/// Edits by hand of weights and data, and what is known of the size of gradients then.
class TestTrainerEdits : public QObject
{
    Q_OBJECT

private slots:
    void editsOfWeightsActAtTheEndOfAnUpdate();
    void editsOfDataActWhenTheStepComes();
    void editsOfWhatIsNotThereAreRefused();
    void everyStepHasANameHoweverTheDataAreCut();
    void theBoundKnowsOfEditedInputs();
    void noGradientIsBeyondItsBound();
};

namespace {

/// What allows gradient and update in one pass, against the gradient itself. Where a weight has several uses
/// the bound is for each.
bool isWithinBound(const Trainer& trainer)
{
    const double bound = std::sqrt(trainer.unfolding().gradientBound()) * (1.0 + 1e-12);
    for (Eigen::Index w = 0; w < trainer.weights().size(); ++w) {
        if (std::abs(trainer.lastUpdateOf(static_cast<std::size_t>(w)).gradient) > bound) {
            return false;
        }
    }
    return true;
}

} // namespace

void TestTrainerEdits::editsOfWeightsActAtTheEndOfAnUpdate()
{
    const test::Prepared prepared = test::prepareText(
        test::echoOf(R"("k1": 3, "schedule": [{"update": 2, "edit": {"hidden.W_h[3,2]": 0.4}}])"));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const ParameterView& view =
        trainer.network().parameters()[*trainer.network().parameters().find("hidden.W_h")];
    const Frame first = test::wholeFrame(trainer);
    QVERIFY(matrixOf(view, first.after)(2, 1) != 0.4); // what the update itself left
    QCOMPARE(matrixOf(view, trainer.weights())(2, 1), 0.4);
    trainer.advance(Granularity::Update);
    const Frame second = test::wholeFrame(trainer);
    QCOMPARE(matrixOf(view, second.before)(2, 1), 0.4);
    QCOMPARE(matrixOf(view, second.weightsAt(4))(2, 1), 0.4);
    QVERIFY(matrixOf(view, second.weightsAt(3))(2, 1) != 0.4);
}

void TestTrainerEdits::editsOfDataActWhenTheStepComes()
{
    const test::Prepared prepared = test::prepareText(test::echoOf(
        R"("k1": 3, "schedule": [{"update": 2, "edit": {"input[1]@5#1": 0.25, "input[1]@2#1": 0.5, "target[1]@1#2": 0.75}}])"));
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    const double atTwo = test::wholeFrame(trainer).value(0, 0, 2);
    QVERIFY(atTwo != 0.5); // history stays what it was
    trainer.advance(Granularity::Update);
    QCOMPARE(test::wholeFrame(trainer).value(0, 0, 5), 0.25);
    QCOMPARE(test::wholeFrame(trainer).value(0, 0, 2), atTwo);
    trainer.advance(Granularity::Epoch);
    const Frame second = test::wholeFrame(trainer);
    QVERIFY(second.hasTarget.front() != 0);
    QCOMPARE(second.targets(0, 0), 0.75);
    trainer.advance(Granularity::Update);
    QCOMPARE(test::wholeFrame(trainer).value(0, 0, 2), 0.5);       // the sequence has come again
    QCOMPARE(prepared.data->training.front().inputs(0, 1), atTwo); // others' data is untouched
}

void TestTrainerEdits::editsOfWhatIsNotThereAreRefused()
{
    const auto refuses = [](const std::string& what) {
        try {
            const test::Prepared prepared = test::prepareText(
                test::echoOf(R"("schedule": [{"update": 2, "edit": {")" + what + R"(": 1}}])"));
            prepared.trainer();
        } catch (const InputError& error) {
            return std::string(error.what()).find("/training/schedule/0/edit") != std::string::npos;
        }
        return false;
    };
    QVERIFY(refuses("input[1]@5#3"));
    QVERIFY(refuses("input[1]@11#1"));
    QVERIFY(refuses("target[2]@5#1"));
    QVERIFY(refuses("nothing.W[1,1]"));
    QVERIFY(!refuses("input[1]@5#2"));
}

/// There and back, from chunks of every length to names that count every other.
void TestTrainerEdits::everyStepHasANameHoweverTheDataAreCut()
{
    std::vector<Sequence> sequences;
    for (const int length : {9, 4, 1, 12}) {
        sequences.emplace_back().inputs = Matrix::Zero(1, length);
        sequences.back().hasTarget.assign(static_cast<std::size_t>(length), 1);
    }
    const std::vector<std::optional<std::int64_t>> chunks{std::nullopt, 1, 2, 3, 5, 8, 100};
    for (const auto& cut : chunks) {
        for (const auto& named : chunks) {
            for (const SequenceView& view : cutIntoChunks(sequences, cut)) {
                const auto which = static_cast<std::size_t>(view.sequence - sequences.data());
                const DatumNames names = datumNames({which, view.offset}, sequences, named);
                for (std::int64_t t = 1; t <= view.length; ++t) {
                    const auto target = parseEditTarget("input[1]" + names.at(t));
                    QVERIFY(datumPlace(*target, sequences, named) ==
                            (DatumPlace{which, view.offset + t - 1}));
                }
            }
        }
        const auto count = static_cast<std::int64_t>(cutIntoChunks(sequences, cut).size());
        QCOMPARE(countChunks(sequences, cut), count);
        QVERIFY(chunkPlace(count, sequences, cut) && !chunkPlace(count + 1, sequences, cut));
    }
}

void TestTrainerEdits::theBoundKnowsOfEditedInputs()
{
    const test::Prepared prepared = test::prepareText(R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [{"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 1, "sequences": 2, "length": 10},
        "training": {"k1": 1, "k2": 1, "learning_rate": 1e-12, "updates": null,
            "schedule": [{"update": 2, "edit": {"input[1]@4#1": 50000}}]}})");
    Trainer trainer = prepared.trainer();
    for (int update = 0; update < 6; ++update) {
        trainer.advance(Granularity::Update);
        QVERIFY(isWithinBound(trainer));
    }
}

void TestTrainerEdits::noGradientIsBeyondItsBound()
{
    int seen = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        for (int update = 0; update < 4 && !trainer.isFinished(); ++update) {
            trainer.advance(Granularity::Update);
            if (trainer.unfolding().usesWeightsOnce() && !trainer.hasDiverged()) {
                QVERIFY2(isWithinBound(trainer), qPrintable(QStringLiteral("seed %1").arg(seed)));
                ++seen;
            }
        }
    }
    QVERIFY(seen > 200);
}

QTEST_APPLESS_MAIN(TestTrainerEdits)
#include "test_trainer_edits.moc"
