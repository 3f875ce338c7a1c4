#include "core/analysis/past_gradients.h"
#include "core/explain/explain.h"
#include "tests/support/experiments.h"

#include <QTest>

#include <cmath>

using namespace chronograd;

namespace {

const std::atomic<bool> never = false;

/// Trained to an update, and the last `most` gradients of a weight there.
std::optional<PastGradients> pastAt(const test::Prepared& prepared, std::size_t weight, std::int64_t update,
                                    std::int64_t most)
{
    Trainer trainer = prepared.trainer();
    return pastGradients(trainer, weight, update, most, never);
}

Frame frameAt(const test::Prepared& prepared, std::int64_t update)
{
    Trainer trainer = prepared.trainer();
    while (trainer.position().update < update && !trainer.isFinished())
        trainer.advance(Granularity::Update);
    return test::wholeFrame(trainer);
}

bool agree(double made, double wanted)
{
    return std::abs(made - wanted) <= 1e-12 * std::max(1.0, std::abs(wanted));
}

test::Prepared echo(const char* training)
{
    return test::prepareText(std::string(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 3},
        {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 2, "length": 12, "sequences": 4},
        "training": {"k1": 3, "k2": 6, )") +
                             training + "}}");
}

} // namespace

class TestPastGradients : public QObject
{
    Q_OBJECT

private slots:
    void theySumToTheVelocity_data();
    void theySumToTheVelocity();
    void eachIsTheGradientOfItsUpdate();
    void theyGoAsFarBackAsTheDigitsShow();
    void aChangeOfOptimizerIsTheBeginning();
    void aFrozenWeightIsNeverMoved();
    void theyCanBeCalledOff();
    void theFormulaMakesTheVelocity();
};

void TestPastGradients::theySumToTheVelocity_data()
{
    QTest::addColumn<QString>("training");
    const auto row = [](const char* name, const char* training) {
        QTest::newRow(name) << QString::fromLatin1(training);
    };
    row("momentum", R"("momentum": 0.9)");
    row("no momentum", R"("momentum": 0)");
    row("clipped", R"("momentum": 0.8, "clip_norm": 0.05)");
    row("nesterov", R"("momentum": 0.9, "optimizer": "nesterov")");
    row("adam", R"("optimizer": "adam", "learning_rate": 0.01)");
    row("rate and momentum change on the way",
        R"("momentum": 0.9, "schedule": [{"update": 12, "set": {"learning_rate": 0.2}},
                                         {"update": 20, "set": {"momentum": 0.5}}])");
    row("a weight is edited on the way",
        R"("momentum": 0.9, "schedule": [{"update": 15, "edit": {"hidden.W_h[1,2]": 0.7}}])");
}

void TestPastGradients::theySumToTheVelocity()
{
    QFETCH(QString, training);
    const test::Prepared prepared = echo(training.toLatin1().constData());
    const Frame frame = frameAt(prepared, 25);
    const auto weights = static_cast<std::size_t>(frame.before.size());
    for (std::size_t weight = 0; weight < weights; ++weight) {
        for (const std::int64_t most : {1, 6, 25, 400}) {
            const auto past = pastAt(prepared, weight, 25, most);
            QVERIFY(past);
            QCOMPARE(static_cast<std::int64_t>(past->gradients.size()), std::min<std::int64_t>(25, most));
            QVERIFY(past->velocity == frame.velocity[static_cast<Eigen::Index>(weight)]);
            QVERIFY2(agree(past->sum(), past->velocity),
                     qPrintable(QStringLiteral("%1 of %2").arg(past->sum(), 0, 'g', 17).arg(past->velocity)));
            if (most >= 25)
                QCOMPARE(past->contributionOfOlder(), 0.0); // everything has been opened up
        }
    }
}

void TestPastGradients::eachIsTheGradientOfItsUpdate()
{
    const test::Prepared prepared = echo(R"("momentum": 0.5, "clip_norm": 0.2)");
    const Frame last = frameAt(prepared, 9);
    const std::size_t weight = last.network->parameters()[1].at(1, 2);
    const auto past = pastAt(prepared, weight, 9, 4);
    QVERIFY(past);
    double kept = 1.0;
    std::int64_t update = 9;
    for (const PastGradient& each : past->gradients) {
        const Frame then = frameAt(prepared, update);
        QCOMPARE(each.update, update--);
        QVERIFY(each.gradient == then.gradient[static_cast<Eigen::Index>(weight)]);
        QCOMPARE(each.scale, then.clipScale());
        QCOMPARE(each.step, -0.05);
        QCOMPARE(each.kept, kept);
        kept *= 0.5;
    }
    QCOMPARE(past->keptOfOlder, kept);
    QVERIFY(past->older == frameAt(prepared, 5).velocity[static_cast<Eigen::Index>(weight)]);
}

void TestPastGradients::theyGoAsFarBackAsTheDigitsShow()
{
    Hyperparameters settings;
    settings.momentum = 0.9;
    const std::int64_t four = gradientsThatMatter(settings, 4);
    QVERIFY(std::pow(0.9, four) <= 0.5e-4);
    QVERIFY(std::pow(0.9, four - 1) > 0.5e-4);
    QVERIFY(gradientsThatMatter(settings, 8) > four);
    settings.momentum = 0.0;
    QCOMPARE(gradientsThatMatter(settings, 17), 1);
    settings.momentum = 0.9999;
    QCOMPARE(gradientsThatMatter(settings, 17), 1000);
}

void TestPastGradients::aChangeOfOptimizerIsTheBeginning()
{
    const test::Prepared prepared =
        echo(R"("momentum": 0.9, "schedule": [{"update": 21, "set": {"optimizer": "nesterov"}}])");
    const std::size_t weight = frameAt(prepared, 1).network->parameters()[1].at(1, 2);
    const auto past = pastAt(prepared, weight, 25, 100);
    QVERIFY(past);
    QCOMPARE(past->gradients.size(), std::size_t(5));
    QCOMPARE(past->older, 0.0);
    QVERIFY(past->velocity != 0.0);
    QVERIFY(agree(past->sum(), past->velocity));
}

void TestPastGradients::aFrozenWeightIsNeverMoved()
{
    test::Prepared prepared = echo(R"("momentum": 0.9)");
    prepared.experiment.network.layers[0].trainable = false;
    const auto past = pastAt(prepared, 0, 10, 5);
    QVERIFY(past);
    QCOMPARE(past->velocity, 0.0);
    QCOMPARE(past->sum(), 0.0);
}

void TestPastGradients::theyCanBeCalledOff()
{
    const test::Prepared prepared = echo(R"("momentum": 0.9)");
    Trainer trainer = prepared.trainer();
    const std::atomic<bool> stop = true;
    QVERIFY(!pastGradients(trainer, 0, 10, 5, stop));
    QVERIFY(pastGradients(trainer, 0, 10, 5, never)); // and goes on from where it was
}

void TestPastGradients::theFormulaMakesTheVelocity()
{
    const test::Prepared prepared = echo(R"("momentum": 0.9)");
    const Frame frame = frameAt(prepared, 9);
    const Quantity quantity = parseQuantity("hidden.W_h[2,3].velocity_before", *frame.network);
    const std::size_t weight =
        frame.network->parameters()[quantity.parameter].at(quantity.row, quantity.column);
    const auto past = pastAt(prepared, weight, 8, 5);
    QVERIFY(past);
    const Explanation explanation = explain(frame, quantity, *past);
    QCOMPARE(explanation.value, valueOf(frame, quantity));
    QVERIFY(agree(evaluate(explanation.numbers), explanation.value));
    const QString text = QString::fromStdString(explanationText(explanation, *frame.network));
    QVERIFY2(text.contains(QStringLiteral("−Σ_j α·γ^j·∂L/∂w(n − j) + γ^K·v(n − K)")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("from update 8\n")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("all before, as they were after update 3\n")), qPrintable(text));
    const std::string latex = explanationLatex(explanation);
    QVERIFY2(latex.find(R"(-\sum_{j} \alpha \cdot {\gamma}^{j} \cdot \partial L/\partial w^{n - j})") !=
                 std::string::npos,
             latex.c_str());
}

QTEST_APPLESS_MAIN(TestPastGradients)
#include "test_past_gradients.moc"
