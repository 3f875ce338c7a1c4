#include "tests/support/experiments.h"
#include "ui/graph/connections.h"
#include "ui/graph/edge_values.h"

#include <QTest>

using namespace chronograd;

namespace {

Frame afterOneUpdate(const char* layer, const char* steps = R"("k1": 4, "k2": 4)")
{
    const test::Prepared prepared = test::prepareText(std::string(R"({"chronograd": 1,
        "network": {"inputs": 2, "layers": [)") + layer +
                                                      R"(, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "adding", "length": 6, "sequences": 2},
        "training": {)" + steps + R"(, "injection": "window", "updates": null}})");
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Sequence);
    return test::wholeFrame(trainer);
}

const char* const lstm = R"({"name": "hidden", "cell": "lstm", "units": 3})";
const char* const gru = R"({"name": "hidden", "cell": "gru", "units": 3})";
const char* const paperGru = R"({"name": "hidden", "cell": "gru", "units": 3, "reset_after": false})";
const char* const jordan = R"({"name": "hidden", "cell": "jordan", "units": 3})";
const char* const bothWays = R"({"name": "hidden", "cell": "elman", "units": 3, "bidirectional": true})";
const char* const whole = R"("k1": "n", "k2": "n")";

/// "0>1 @1, …": from and to levels, and the lag where there is one.
QString shapeOf(const std::vector<Connection>& connections)
{
    QStringList parts;
    for (const Connection& connection : connections) {
        QString part = QStringLiteral("%1>%2").arg(connection.from).arg(connection.to);
        if (connection.isAcrossTime())
            part += QStringLiteral("@%1").arg(connection.lag);
        parts << part;
    }
    return parts.join(QLatin1Char(' '));
}

} // namespace

/// What the edges of the picture stand for.
class TestConnections : public QObject
{
    Q_OBJECT

private slots:
    void bundlesRunWhereTheCellReads_data();
    void bundlesRunWhereTheCellReads();
    void aGateHasItsOwnRows_data();
    void aGateHasItsOwnRows();
    void sharesOfAllGatesAreThoseOfTheWeight();
};

void TestConnections::bundlesRunWhereTheCellReads_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("steps");
    QTest::addColumn<int>("gate");
    QTest::addColumn<QString>("shape");
    const QString some = QStringLiteral(R"("k1": 4, "k2": 4)");
    const QString all = QString::fromLatin1(whole);
    QTest::newRow("lstm, input gate") << lstm << some << 0 << "0>1 1>1@1 1>2";
    QTest::newRow("gru, reset gate") << gru << some << 0 << "0>1 1>1@1 1>2";
    QTest::newRow("gru, candidate: through the reset gate") << gru << some << 2 << "0>1 1>1@1 1>2";
    QTest::newRow("gru of the paper, candidate") << paperGru << some << 2 << "0>1 1>1@1 1>2";
    QTest::newRow("jordan: the output of the step before") << jordan << some << 0 << "0>1 2>1@1 1>2";
    QTest::newRow("both ways: one chain reads the step after")
        << bothWays << all << 0 << "0>1 1>1@1 0>2 2>2@-1 3>4";
}

void TestConnections::bundlesRunWhereTheCellReads()
{
    QFETCH(QString, layer);
    QFETCH(QString, steps);
    QFETCH(int, gate);
    QFETCH(QString, shape);
    const Frame frame = afterOneUpdate(layer.toLatin1().constData(), steps.toLatin1().constData());
    QCOMPARE(shapeOf(connectionsOf(*frame.network, gate)), shape);
}

void TestConnections::aGateHasItsOwnRows_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<int>("gate");
    for (int gate = 0; gate < 4; ++gate)
        QTest::addRow("lstm, gate %d", gate) << lstm << gate;
    for (int gate = 0; gate < 3; ++gate) {
        QTest::addRow("gru, gate %d", gate) << gru << gate;
        QTest::addRow("gru of the paper, gate %d", gate) << paperGru << gate;
    }
}

void TestConnections::aGateHasItsOwnRows()
{
    QFETCH(QString, layer);
    QFETCH(int, gate);
    const Frame frame = afterOneUpdate(layer.toLatin1().constData());
    for (const Connection& connection : connectionsOf(*frame.network, gate)) {
        if (connection.to != 1)
            continue;
        QCOMPARE(connection.rows, 3);
        const ParameterView& view = frame.network->parameters()[connection.term.weight];
        const Matrix weights = *edgeValues(frame, connection, EdgeQuantity::Weight, 3);
        QVERIFY(weights == matrixOf(view, frame.after).middleRows(3 * gate, 3));
        const Matrix values = *edgeValues(frame, connection, EdgeQuantity::Value, 3);
        QCOMPARE(values.rows(), Eigen::Index(3));
        const double sent = frame.value(connection.term.source.slot, 1, 3 - connection.term.source.lag);
        const double weight = frame.weightsAt(3)[static_cast<Eigen::Index>(view.at(3 * gate + 2, 1))];
        QCOMPARE(values(2, 1), weight * sent);
    }
}

void TestConnections::sharesOfAllGatesAreThoseOfTheWeight()
{
    const Frame frame = afterOneUpdate(gru);
    const ParameterView& view = frame.network->parameters()[*frame.network->parameters().find("hidden.W_h")];
    Matrix sum = Matrix::Zero(view.rows, view.columns);
    for (int gate = 0; gate < 3; ++gate) {
        for (const Connection& connection : connectionsOf(*frame.network, gate)) {
            if (!connection.isAcrossTime())
                continue;
            for (std::int64_t t = frame.window.from; t <= frame.window.to; ++t)
                sum.middleRows(3 * gate, 3) += *edgeValues(frame, connection, EdgeQuantity::Share, t);
        }
    }
    QVERIFY((sum - matrixOf(view, frame.gradient)).cwiseAbs().maxCoeff() < 1e-14);
    QVERIFY(!sum.isZero(1e-9));
}

QTEST_APPLESS_MAIN(TestConnections)
#include "test_connections.moc"
