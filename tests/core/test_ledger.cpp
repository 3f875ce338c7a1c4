#include "core/analysis/ledger.h"
#include "core/analysis/share.h"
#include "tests/support/experiments.h"

#include <QTest>

using namespace chronograd;

/// Loss time by source time: the totals are the engine's own numbers.
class TestLedger : public QObject
{
    Q_OBJECT

private slots:
    void columnsAreSharesAndEverythingIsTheGradient();
    void errorsOnlyTravelBackInTime();
    void lossesThatDoNotEnterHaveEmptyRows();
};

void TestLedger::columnsAreSharesAndEverythingIsTheGradient()
{
    int checked = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Trainer trainer = prepared.trainer();
        for (unsigned i = 0; i <= seed % 4 && !trainer.isFinished(); ++i)
            trainer.advance(Granularity::Update);
        if (trainer.isFinished())
            continue;
        const Frame frame = test::wholeFrame(trainer);
        QVERIFY(hasLedger(frame));
        std::mt19937 random(seed);
        const auto& views = frame.network->parameters().views();
        for (std::size_t id = 0; id < views.size(); ++id) {
            const int row = static_cast<int>(random() % static_cast<unsigned>(views[id].rows));
            const int column = static_cast<int>(random() % static_cast<unsigned>(views[id].columns));
            const auto parameter = static_cast<ParameterId>(id);
            const Ledger ledger = ledgerOf(frame, parameter, row, column);
            double sum = 0;
            for (std::int64_t t = frame.window.from; t <= frame.window.to; ++t) {
                const double own = share(frame, parameter, row, column, t);
                const double made = ledger.contributions.col(t - frame.window.from).sum();
                QVERIFY2(std::abs(own - made) <= 1e-12 * std::max(1.0, std::abs(own)),
                         qPrintable(QStringLiteral("seed %1, %2 at t = %3: %4 instead of %5")
                                        .arg(seed)
                                        .arg(QString::fromStdString(views[id].name))
                                        .arg(t)
                                        .arg(made)
                                        .arg(own)));
                sum += own;
            }
            QVERIFY(std::abs(ledger.total() - sum) <= 1e-12 * std::max(1.0, std::abs(sum)));
            if (frame.batch.size() == 1) {
                const double applied = frame.gradient[static_cast<Eigen::Index>(views[id].at(row, column))];
                QVERIFY(std::abs(ledger.total() - applied) <= 1e-12 * std::max(1.0, std::abs(applied)));
            }
            ++checked;
        }
    }
    QVERIFY(checked > 500);
}

namespace {

Frame echoFrame(const char* training)
{
    const test::Prepared prepared = test::prepareText(std::string(R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": "elman", "units": 4}, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 1, "length": 12, "sequences": 1}, "training": {)") +
                                                      training + "}}");
    Trainer trainer = prepared.trainer();
    for (int i = 0; i < 3; ++i)
        trainer.advance(Granularity::Update);
    return test::wholeFrame(trainer);
}

} // namespace

void TestLedger::errorsOnlyTravelBackInTime()
{
    const Frame frame = echoFrame(R"("k1": 3, "k2": 6, "injection": "window")");
    const Ledger ledger = ledgerOf(frame, *frame.network->parameters().find("hidden.W_h"), 1, 2);
    QCOMPARE(ledger.contributions.rows(), 6);
    for (Eigen::Index loss = 0; loss < 6; ++loss) {
        for (Eigen::Index source = 0; source < 6; ++source)
            QCOMPARE(ledger.contributions(loss, source) != 0.0, source <= loss);
    }
}

void TestLedger::lossesThatDoNotEnterHaveEmptyRows()
{
    const Frame frame = echoFrame(R"("k1": 3, "k2": 6, "injection": "last")");
    const Ledger ledger = ledgerOf(frame, *frame.network->parameters().find("hidden.W_h"), 0, 0);
    QVERIFY(ledger.contributions.topRows(5).isZero(0.0));
    QVERIFY(!ledger.contributions.bottomRows(1).isZero(0.0));
}

QTEST_APPLESS_MAIN(TestLedger)
#include "test_ledger.moc"
