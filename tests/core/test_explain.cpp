#include "core/experiment/experiment_io.h"
#include "core/explain/explain.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"
#include "tests/support/experiments.h"

#include "tests/support/experiments.h"
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace chronograd;

namespace {

/// A reference experiment after so many steps of a granularity.
Frame frameOf(const char* name, Granularity granularity, int steps)
{
    Experiment experiment =
        readExperiment(std::string(CHRONOGRAD_SOURCE_DIR "/tests/reference/") + name + ".chronograd.json");
    const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
    Trainer trainer(experiment, data, {true, false});
    for (int i = 0; i < steps; ++i)
        trainer.advance(granularity);
    return trainer.frame({});
}

Explanation explained(const Frame& frame, const char* name)
{
    return explain(frame, parseQuantity(name, *frame.network));
}

QString text(const Frame& frame, const char* name)
{
    return QString::fromStdString(explanationText(explained(frame, name), *frame.network));
}

/// An evaluator of the JSON tree that knows nothing but its description.
double evaluated(const QJsonValue& tree, const QHash<QString, double>& terms)
{
    if (tree.isDouble())
        return tree.toDouble();
    if (tree.isString())
        return terms.value(tree.toString(), std::nan(""));
    const QString op = tree[QStringLiteral("op")].toString();
    std::vector<double> args;
    for (const QJsonValue& arg : tree[QStringLiteral("args")].toArray())
        args.push_back(evaluated(arg, terms));
    if (op == QLatin1String("sum"))
        return std::accumulate(args.begin(), args.end(), 0.0);
    if (op == QLatin1String("product"))
        return std::accumulate(args.begin(), args.end(), 1.0, std::multiplies<>());
    if (op == QLatin1String("quotient"))
        return args.at(0) / args.at(1);
    if (op == QLatin1String("negate"))
        return -args.at(0);
    if (op == QLatin1String("power"))
        return std::pow(args.at(0), args.at(1));
    if (op == QLatin1String("tanh"))
        return std::tanh(args.at(0));
    return std::nan("");
}

} // namespace

class TestExplain : public QObject
{
    Q_OBJECT

private slots:
    void textShowsFormulaNumbersAndResult();
    void textOfGivenNumbersSaysWhereTheyAreFrom();
    void olderWeightsAreNamedWithTheirStep();
    void clippingIsAFactor();
    void errorSignalsTurnTheSignOfDeltasAlone();
    void latexIsAnAlignment();
    void gatedCellsHaveTheFieldsLetters_data();
    void gatedCellsHaveTheFieldsLetters();
    void lettersNameTheLayerWhereAnotherHasThemToo();
    void jsonTreeMakesTheValueFromItsTerms_data();
    void jsonTreeMakesTheValueFromItsTerms();
    void absentNumbersSayWhy_data();
    void absentNumbersSayWhy();
    void deltasAppearStepByStep();
};

void TestExplain::textShowsFormulaNumbersAndResult()
{
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    QCOMPARE(text(frame, "hidden.delta[3]@15"),
             QStringLiteral("hidden.delta[3]@15 = %1\n"
                            "how the loss of this update changes with the weighted input of hidden unit 3 at "
                            "t = 15\n"
                            "\n"
                            "  δ_h,3(15) = (1 − h_3(15)²)·W_13·δ_y,1(15)\n"
                            "            = (1 − 0.528703²)·(−0.478665·0.275606)\n"
                            "            = −0.095047\n"
                            "  (nothing comes from t = 16: the window ends at t = 15)\n"
                            "\n"
                            "in it\n"
                            "  −0.131923  from output at t = 15\n"
                            "\n"
                            "made of\n"
                            "  hidden.out[3]@15    %2\n"
                            "  output.W[1,3]       %3\n"
                            "  output.delta[1]@15  %4\n")
                 .arg(QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("hidden.delta[3]@15", *frame.network)))),
                      QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("hidden.out[3]@15", *frame.network)))),
                      QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("output.W[1,3]", *frame.network)))),
                      QString::fromStdString(
                          numberText(valueOf(frame, parseQuantity("output.delta[1]@15", *frame.network))))));
    const QString inner = text(frame, "hidden.delta[3]@14");
    QVERIFY2(inner.contains(
                 QStringLiteral("δ_h,3(14) = (1 − h_3(14)²)·(W_13·δ_y,1(14) + Σ_k W_h,k3·δ_h,k(15))\n")),
             qPrintable(inner));
    QVERIFY2(inner.contains(QStringLiteral("  0.0213269  from hidden at t = 15\n")), qPrintable(inner));
    QVERIFY(text(frame, "loss")
                .contains(QStringLiteral(
                    "  L = 1/N·Σ_t E(t)\n    = (0.348465 + 0.514464 + 0.341815)/3\n    = 0.401581\n")));
}

void TestExplain::textOfGivenNumbersSaysWhereTheyAreFrom()
{
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    QVERIFY(
        text(frame, "input[1]@15").contains(QStringLiteral("  x_1(15) = −0.6738\n  (given by the data)")));
    QVERIFY(text(frame, "hidden.W_h[3,2]").contains(QStringLiteral("(the weight after update 4)")));
    QVERIFY(
        text(frame, "output.delta[1]@10")
            .contains(QStringLiteral("  δ_y,1(10) = 0\n  (no loss that enters this update depends on it)")));
    QVERIFY(termsOf(explained(frame, "input[1]@15").numbers).empty());
}

void TestExplain::olderWeightsAreNamedWithTheirStep()
{
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    const auto firstTerm = [&](const char* name) {
        return quantityText(*termsOf(explained(frame, name).numbers).front().of, *frame.network);
    };
    QCOMPARE(firstTerm("hidden.net[3]@15"), std::string("hidden.W_x[3,1]"));
    QCOMPARE(firstTerm("hidden.net[3]@10"), std::string("hidden.W_x[3,1]@10"));
}

void TestExplain::clippingIsAFactor()
{
    const Frame frame = frameOf("elman-clip-sum", Granularity::Update, 5);
    QVERIFY(frame.clipped);
    const QString shown = text(frame, "hidden.W_h[3,2].velocity");
    QVERIFY2(shown.contains(QStringLiteral("= γ·v_W,h,32(before) − α·c/‖∂L/∂W‖·∂L/∂W_h,32\n")),
             qPrintable(shown));
    QVERIFY2(shown.contains(QStringLiteral("= 0.8·0.0154797 − 0.5·0.1/2.69576·(−0.0368399)\n")),
             qPrintable(shown));
}

void TestExplain::errorSignalsTurnTheSignOfDeltasAlone()
{
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    const auto shown = [&](const char* name) {
        return QString::fromStdString(
            explanationText(explain(frame, parseQuantity(name, *frame.network), SignConvention::ErrorSignal),
                            *frame.network));
    };
    const QString output = shown("output.delta[1]@15");
    QVERIFY2(output.contains(QStringLiteral("δ_y,1(15) = 1/N·(d_1(15) − y_1(15))\n")), qPrintable(output));
    QVERIFY2(output.contains(QStringLiteral("= −0.275606\n")), qPrintable(output));
    const QString hidden = shown("hidden.delta[3]@15");
    QVERIFY2(hidden.contains(QStringLiteral("minus how the loss of this update changes")),
             qPrintable(hidden));
    QVERIFY2(hidden.contains(QStringLiteral("(1 − 0.528703²)·(−0.478665·(−0.275606))\n")),
             qPrintable(hidden));
    QVERIFY2(hidden.contains(QStringLiteral("= 0.095047\n")), qPrintable(hidden));
    const QString share = shown("output.W[1,3].share@15");
    QVERIFY2(share.contains(QStringLiteral("= −δ_y,1(15)·h_3(15)\n")), qPrintable(share));
    QCOMPARE(
        explained(frame, "output.W[1,3].share@15").value,
        explain(frame, parseQuantity("output.W[1,3].share@15", *frame.network), SignConvention::ErrorSignal)
            .value);
    const std::string json = explanationJson(
        explain(frame, parseQuantity("hidden.delta[3]@15", *frame.network), SignConvention::ErrorSignal),
        *frame.network);
    QVERIFY(json.find(R"("sign": "error signal")") != std::string::npos);
}

void TestExplain::latexIsAnAlignment()
{
    const Frame frame = frameOf("elman-clip-sum", Granularity::Update, 5);
    QCOMPARE(QString::fromStdString(explanationLatex(explained(frame, "hidden.delta[3]@3"))),
             QStringLiteral(R"(\begin{align*}
  \delta_{h,3}^{3} &= \left(1 - {\left(h_{3}^{3}\right)}^{2}\right) \cdot W_{13} \cdot \delta_{y,1}^{3} \\
  &= \left(1 - {0.470126}^{2}\right) \cdot \left(-0.590652 \cdot \left(-0.216782\right)\right) \\
  &= 0.0997427
\end{align*}
)"));
}

namespace {

/// Two units in each gated layer, one input, after two steps and the backward pass over them.
Frame gatedFrame(const QString& layers)
{
    const std::string json = R"({"chronograd": 1, "network": {"inputs": 1, "layers": [)" +
                             layers.toStdString() +
                             R"(, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "inline", "sequences": [{"inputs": [[1], [0.5]], "targets": [[1], [0]]}]},
        "training": {"k1": 2, "k2": 2, "updates": null}})";
    const test::Prepared prepared = test::prepareText(json.c_str());
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    return test::wholeFrame(trainer);
}

QString gatedLayer(const char* cell, const char* name = "hidden", const char* more = "")
{
    return QStringLiteral(R"({"name": "%1", "cell": "%2", "units": 2%3})")
        .arg(QLatin1String(name), QLatin1String(cell), QLatin1String(more));
}

} // namespace

void TestExplain::gatedCellsHaveTheFieldsLetters_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("of");
    QTest::addColumn<QString>("line");
    const QString lstm = gatedLayer("lstm");
    const QString gru = gatedLayer("gru");
    const QString before = gatedLayer("gru", "hidden", R"(, "reset_after": false)");
    const auto row = [](const QString& layer, const char* of, const char* line) {
        QTest::newRow(of) << layer << QString::fromLatin1(of) << QString::fromUtf8(line);
    };
    row(lstm, "hidden.net[4]@2", "net_f,2(2) = W_xf,21·x_1(2) + Σ_j W_hf,2j·h_j(1) + b_h,f,2");
    row(lstm, "hidden.f[2]@2", "f_2(2) = σ(net_f,2(2))");
    row(lstm, "hidden.cell[2]@2", "c_2(2) = f_2(2)·c_2(1) + i_2(2)·g_2(2)");
    row(lstm, "hidden.tanh_cell[2]@2", "tanh c_2(2) = tanh(c_2(2))");
    row(lstm, "hidden.out[2]@2", "h_2(2) = o_2(2)·tanh c_2(2)");
    row(lstm, "hidden.delta[5]@1", "δ_g,1(1) = (1 − g_1(1)²)·i_1(1)·∂L/∂c_1(1)");
    row(lstm, "hidden.out.delta[1]@1",
        "∂L/∂h_1(1) = W_11·δ_y,1(1) + Σ_k W_hi,k1·δ_i,k(2) + Σ_k W_hf,k1·δ_f,k(2) + Σ_k W_hg,k1·δ_g,k(2)");
    row(lstm, "hidden.W_h[4,1].gradient", "∂L/∂W_hf,21 = ");
    row(gru, "hidden.net[6]@2", "net_n,2(2) = W_xn,21·x_1(2) + b_h,n,2 + r_2(2)·net_hn,2(2)");
    row(gru, "hidden.recurrent[2]@2", "net_hn,2(2) = Σ_j W_hn,2j·h_j(1) + b_hn,2");
    row(gru, "hidden.out[1]@2", "h_1(2) = (1 − z_1(2))·n_1(2) + z_1(2)·h_1(1)");
    row(before, "hidden.reset[1]@2", "(r⊙h)_1(2) = r_1(2)·h_1(1)");
}

void TestExplain::gatedCellsHaveTheFieldsLetters()
{
    QFETCH(QString, layer);
    QFETCH(QString, of);
    QFETCH(QString, line);
    const Frame frame = gatedFrame(layer);
    const QString said = text(frame, of.toLatin1().constData());
    QVERIFY2(said.contains(QStringLiteral("  ") + line), qPrintable(said));
    QVERIFY(said.startsWith(of)); // the name in files and commands is another thing
}

void TestExplain::lettersNameTheLayerWhereAnotherHasThemToo()
{
    const Frame two = gatedFrame(gatedLayer("lstm", "low") + u',' + gatedLayer("lstm", "high"));
    QVERIFY(text(two, "low.cell[1]@1").contains(QStringLiteral("  c_low,1(1) = f_low,1(1)·c_low,1(0)")));
    const Frame one = gatedFrame(gatedLayer("lstm"));
    const Quantity cell = parseQuantity("hidden.out[1]@2", *one.network);
    QCOMPARE(QString::fromStdString(explanationLatex(explain(one, cell))).section(u'\n', 1, 1),
             QStringLiteral(R"(  h_{1}^{2} &= o_{1}^{2} \cdot \tanh c_{1}^{2} \\)"));
    const Quantity net = parseQuantity("hidden.net[4]@1", *one.network);
    QVERIFY(QString::fromStdString(explanationLatex(explain(one, net)))
                .contains(QStringLiteral(R"(W_{hf,2j} \cdot h_{j}^{0})")));
}

void TestExplain::jsonTreeMakesTheValueFromItsTerms_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"hidden.net[3]@15", "hidden.net[3]@10", "hidden.out[3]@15", "hidden.delta[3]@14",
          "output.delta[1]@14", "output.delta[1]@10", "loss@15", "loss", "input[1]@10", "target[1]@10",
          "hidden.W_h[3,2]", "hidden.W_h[3,2]@10", "hidden.W_h[3,2].share@12", "hidden.W_h[3,2].gradient",
          "hidden.W_h[3,2].velocity", "hidden.b[3].update", "hidden.b[3].after"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestExplain::jsonTreeMakesTheValueFromItsTerms()
{
    QFETCH(QString, name);
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, 5);
    const std::string written = explanationJson(explained(frame, qPrintable(name)), *frame.network);
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(written), &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(json.keys(), (QStringList{QStringLiteral("formula"), QStringLiteral("of"),
                                       QStringLiteral("terms"), QStringLiteral("value")}));
    QCOMPARE(json[QStringLiteral("of")].toString(), name);
    const double value = valueOf(frame, parseQuantity(name.toStdString(), *frame.network));
    QVERIFY(json[QStringLiteral("value")].toDouble() == value);
    QHash<QString, double> terms;
    for (const QJsonValue& term : json[QStringLiteral("terms")].toArray())
        terms.insert(term[QStringLiteral("of")].toString(), term[QStringLiteral("value")].toDouble());
    const double made = evaluated(json[QStringLiteral("formula")], terms);
    QVERIFY(std::abs(made - value) <= 1e-12 * std::max(1.0, std::abs(value)));
}

void TestExplain::absentNumbersSayWhy_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, int steps, const char* message) {
        QTest::newRow(name) << steps << QString::fromUtf8(message);
    };
    row("hidden.delta[3]@3", 5, "outside the window t = 9 … 15 of update 5: no gradient is computed there");
    row("hidden.delta[3]@16", 5, "not computed yet: the last step so far is t = 15");
    row("hidden.out[3]@16", 5, "not computed yet: the last step so far is t = 15");
    row("hidden.out[3]@21", 5, "the sequence has 20 time steps");
    row("loss@16", 5, "not computed yet: the last step so far is t = 15");
    row("hidden.W_h[3,2].share@8", 5,
        "outside the window t = 9 … 15 of update 5: no gradient is computed there");
    row("hidden.W_h[3,2]@1", 5, "not held: the steps from t = 3 on are");
    row("hidden.out[1]@1", 0, "not computed yet: no time step of this sequence has been computed");
    row("hidden.W_h[3,2].gradient", 0, "not computed yet: update 1 is not done");
    row("loss", 0, "not computed yet: update 1 is not due");
}

void TestExplain::absentNumbersSayWhy()
{
    QFETCH(int, steps);
    QFETCH(QString, message);
    const char* name = QTest::currentDataTag();
    const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::Update, steps);
    const Quantity quantity = parseQuantity(name, *frame.network);
    QVERIFY(!hasQuantity(frame, quantity));
    const QString whole = QString::fromUtf8(name) + QStringLiteral(": ") + message;
    try {
        explain(frame, quantity);
        QFAIL("explained");
    } catch (const InputError& error) {
        QCOMPARE(QString::fromUtf8(error.what()), whole);
    }
    try {
        valueOf(frame, quantity);
        QFAIL("has a value");
    } catch (const InputError& error) {
        QCOMPARE(QString::fromUtf8(error.what()), whole);
    }
}

/// k1 = 3: three steps forward, then back from t = 3.
void TestExplain::deltasAppearStepByStep()
{
    const auto has = [](int steps, const char* name) {
        const Frame frame = frameOf("elman-tbptt-3-7-stored", Granularity::TimeStep, steps);
        return hasQuantity(frame, parseQuantity(name, *frame.network));
    };
    QVERIFY(has(2, "hidden.out[1]@2"));
    QVERIFY(!has(2, "hidden.out[1]@3"));
    QVERIFY(!has(3, "hidden.delta[1]@3"));
    QVERIFY(has(4, "hidden.delta[1]@3"));
    QVERIFY(!has(4, "hidden.delta[1]@2"));
    QVERIFY(has(5, "hidden.delta[1]@2"));
    QVERIFY(has(5, "loss"));
    QVERIFY(!has(5, "hidden.b[1].gradient"));
}

QTEST_APPLESS_MAIN(TestExplain)
#include "test_explain.moc"
