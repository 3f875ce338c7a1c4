#include "core/compare/first_difference.h"
#include "tests/support/experiments.h"

#include <QTest>

using namespace chronograd;

namespace {

/// Two trainers of the same echo, the second with other settings.
class Pair
{
public:
    explicit Pair(const std::string& training, const std::string& others = "")
        : m_a(prepare(training).trainer())
        , m_b(prepare(training + (others.empty() ? "" : ", " + others)).trainer())
    {}

    Trainer& a() { return m_a; }
    Trainer& b() { return m_b; }
    void update(int times = 1)
    {
        for (int i = 0; i < times; ++i) {
            m_a.advance(Granularity::Update);
            m_b.advance(Granularity::Update);
        }
    }
    std::optional<Difference> first() const
    {
        return firstDifference(test::wholeFrame(m_a), test::wholeFrame(m_b));
    }
    QString text() const
    {
        const auto found = first();
        return found ? QString::fromStdString(quantityText(found->quantity, m_a.network())) : QString();
    }

private:
    static test::Prepared prepare(const std::string& training)
    {
        return test::prepareText(R"({
            "chronograd": 1,
            "network": {"inputs": 1, "layers": [
                {"name": "hidden", "cell": "elman", "units": 3},
                {"name": "output", "cell": "dense", "units": 1}]},
            "task": {"kind": "echo", "delay": 2, "length": 12, "sequences": 3},
            "training": {"updates": null, )" +
                                 training + "}}");
    }

    Trainer m_a;
    Trainer m_b;
};

} // namespace

/// Which number of two lanes differs first.
class TestFirstDifference : public QObject
{
    Q_OBJECT

private slots:
    void theSameRunHasNone();
    void isTheOneInTheOrderOfComputation_data();
    void isTheOneInTheOrderOfComputation();
    void bothValuesAreTheLanesOwn();
    void aLongerWindowIsSeenWhereTheOtherIsCut();
    void stepsNotComputedYetAreNoDifference();
    void afterTheFirstDifferentUpdateTheWeightsDiffer();
    void weightsChangedInsideTheSequenceAreNamedWithTheirStep();
    void ofDifferentSequencesOnlyWeightsAreCompared();
    void everyCellIsLookedAtInItsOrder();
};

void TestFirstDifference::theSameRunHasNone()
{
    Pair pair(R"("k1": 3, "k2": 6)");
    for (int update = 0; update < 10; ++update) {
        QVERIFY2(!pair.first(), qPrintable(pair.text()));
        pair.update();
    }
}

void TestFirstDifference::isTheOneInTheOrderOfComputation_data()
{
    QTest::addColumn<QString>("training");
    QTest::addColumn<QString>("other");
    QTest::addColumn<int>("updates");
    QTest::addColumn<QString>("first");
    const QString base = QStringLiteral(R"("k1": 4, "k2": 4, "momentum": 0.5)");
    const auto row = [&base](const char* name, const char* other, int updates, const char* first) {
        QTest::newRow(name) << base << QString::fromUtf8(other) << updates << QString::fromUtf8(first);
    };
    row("another rate: nothing before the update's velocity", R"("learning_rate": 0.01)", 1,
        "hidden.W_x[1,1].velocity");
    row("momentum: not in the first update, v was 0", R"("momentum": 0.9)", 1, "");
    row("momentum: the velocity of the second", R"("momentum": 0.9)", 2, "hidden.W_x[1,1].velocity");
    row("another loss function: the loss of the first step that has a target", R"("loss": "squared_error")",
        1, "loss@3");
    row("the reduction divides L, not the losses of the steps", R"("reduction": "sum")", 1, "loss");
    row("clipping: the velocity, not the gradient", R"("clip_norm": 0.001)", 1, "hidden.W_x[1,1].velocity");
    row("nesterov: the velocity is the same, the change is not", R"("optimizer": "nesterov")", 1,
        "hidden.W_x[1,1].update");
}

void TestFirstDifference::isTheOneInTheOrderOfComputation()
{
    QFETCH(QString, training);
    QFETCH(QString, other);
    QFETCH(int, updates);
    QFETCH(QString, first);
    // A key may stand only once: the second lane's settings replace the first one's.
    const QString key = other.section(u':', 0, 0);
    QStringList kept;
    for (const QString& pair : training.split(QStringLiteral(", ")))
        if (!pair.startsWith(key))
            kept << pair;
    Pair original(training.toStdString());
    Pair changed(kept.join(QStringLiteral(", ")).toStdString(), other.toStdString());
    original.update(updates);
    changed.update(updates);
    const auto found = firstDifference(test::wholeFrame(original.a()), test::wholeFrame(changed.b()));
    QCOMPARE(found ? QString::fromStdString(quantityText(found->quantity, original.a().network()))
                   : QString(),
             first);
}

void TestFirstDifference::bothValuesAreTheLanesOwn()
{
    Pair pair(R"("k1": 4, "k2": 4)", R"("reduction": "sum")");
    pair.update();
    const auto found = pair.first();
    QVERIFY(found.has_value());
    QCOMPARE(*found->a, pair.a().loss());
    QCOMPARE(*found->b, pair.b().loss());
    QVERIFY(*found->a != *found->b);
}

void TestFirstDifference::aLongerWindowIsSeenWhereTheOtherIsCut()
{
    Pair pair(R"("k1": 4)", R"("k2": 5)"); // the other's k2 = 20 reaches the first step
    pair.update(2);
    const auto found = pair.first();
    QVERIFY(found.has_value());
    QCOMPARE(pair.text(), QStringLiteral("hidden.delta[1]@3")); // 8 … 4 are in both windows
    QVERIFY(found->a.has_value());
    QVERIFY(!found->b.has_value());
    QCOMPARE(*found->a, test::wholeFrame(pair.a()).delta(found->quantity.slot, 0, 3));
}

void TestFirstDifference::stepsNotComputedYetAreNoDifference()
{
    Pair pair(R"("k1": 4, "k2": 4)");
    for (int i = 0; i < 5; ++i)
        pair.a().advance(Granularity::Layer);
    QVERIFY2(!pair.first(), qPrintable(pair.text()));
    pair.b().advance(Granularity::Update); // the backward pass of one is not a cut of the other
    QVERIFY2(!pair.first(), qPrintable(pair.text()));
}

void TestFirstDifference::afterTheFirstDifferentUpdateTheWeightsDiffer()
{
    Pair pair(R"("k1": "n", "k2": "n")", R"("learning_rate": 0.01)");
    pair.update(2);
    pair.a().advance(Granularity::Layer);
    pair.b().advance(Granularity::Layer);
    QCOMPARE(pair.text(), QStringLiteral("hidden.W_x[1,1]@1"));
}

void TestFirstDifference::weightsChangedInsideTheSequenceAreNamedWithTheirStep()
{
    Pair pair(R"("k1": 4, "k2": 4)", R"("learning_rate": 0.01)");
    pair.update(2); // steps 1 … 4 with the first weights, 5 … 8 with those of update 1
    QCOMPARE(pair.text(), QStringLiteral("hidden.W_x[1,1]@5"));
}

void TestFirstDifference::ofDifferentSequencesOnlyWeightsAreCompared()
{
    Pair pair(R"("k2": 12)", R"("k1": 2)");
    pair.a().advance(Granularity::Sequence);
    pair.b().advance(Granularity::Update);
    pair.a().advance(Granularity::Update);
    QVERIFY(!showSameSequence(test::wholeFrame(pair.a()), test::wholeFrame(pair.b())));
    QCOMPARE(pair.text(), QStringLiteral("hidden.W_x[1,1]"));
}

/// The first number that was changed by hand is the first that is found, whatever the cell: of two trainers
/// whose weights differ in one number, the weights themselves.
void TestFirstDifference::everyCellIsLookedAtInItsOrder()
{
    for (unsigned seed = 1; seed <= 60; ++seed) {
        Experiment experiment = test::RandomExperiment(seed).make();
        const test::Prepared prepared(experiment);
        Trainer trainer = prepared.trainer();
        trainer.advance(Granularity::Update);
        const Frame frame = test::wholeFrame(trainer);
        if (!frame.updateDone)
            continue;
        // A changed output of the first layer is found before everything that follows from it.
        Frame changed = frame;
        const Layer& first = frame.network->layers().front();
        const auto column = static_cast<Eigen::Index>(frame.position.t - frame.firstStep + 1);
        changed.values[static_cast<std::size_t>(first.output)](0, column) += 1.0;
        changed.loss = *changed.loss + 1.0;
        changed.gradient.array() += 1.0;
        const auto found = firstDifference(frame, changed);
        QVERIFY(found.has_value());
        QCOMPARE(QString::fromStdString(quantityText(found->quantity, *frame.network)),
                 QString::fromStdString(quantityText(
                     {.kind = QuantityKind::Slot, .slot = first.output, .unit = 0, .t = frame.position.t},
                     *frame.network)));
        QCOMPARE(*found->b, *found->a + 1.0);
    }
}

QTEST_APPLESS_MAIN(TestFirstDifference)
#include "test_first_difference.moc"
