#include "tests/support/frame_maker.h"
#include "ui/main_window/phase_text.h"
#include "ui/theme/reading.h"

#include <QTest>

using namespace chronograd;

namespace {

/// One or two units a layer, numbers that are easy to follow.
std::string network(const char* hidden, const char* more = "")
{
    return std::string(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [)") + hidden +
           R"(, {"name": "output", "cell": "dense", "units": 1, "bias": false}], "init": {"scheme": "zeros"},
        "weights": {"output.W": [[0.5, -1]])" +
           more + R"(}},
        "task": {"kind": "inline", "sequences": [{"inputs": [[1], [0.5]], "targets": [[1], [0]]}]},
        "training": {"k1": 2, "k2": 2, "updates": null, "learning_rate": 0.1, "momentum": 0}})";
}

const std::string elman = network(R"({"name": "hidden", "cell": "elman", "units": 2, "activation": "tanh"})",
                                  R"(, "hidden.W_x": [[0.5], [1]])");
const std::string lstm =
    network(R"({"name": "hidden", "cell": "lstm", "units": 2})", R"(, "hidden.b": [0, 0, 1, 1, 2, 2, 0, 0])");

/// What is said after so many steps of a size.
QString said(FrameMaker& maker, Granularity step, int count, Room room = Room::Enough)
{
    Frame frame = *maker.after(step, count);
    frame.stepped = step;
    return phaseText(frame, room);
}

} // namespace

/// The line in the transport: what the last step did.
class TestPhaseText : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyReading({}); }

    void everyStopSaysWhatItTook_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<Granularity>("before");
        QTest::addColumn<int>("count");
        QTest::addColumn<Granularity>("step");
        QTest::addColumn<int>("steps");
        QTest::addColumn<QString>("says");
        const QString plain = QString::fromStdString(elman);
        const QString gated = QString::fromStdString(lstm);
        const auto row = [](const char* name, const QString& file, Granularity before, int count,
                            Granularity step, int steps, const char* says) {
            QTest::newRow(name) << file << before << count << step << steps << QString::fromUtf8(says);
        };
        using G = Granularity;
        row("a term", plain, G::Layer, 0, G::Term, 1,
            "forward: hidden 1 at t = 1, term 1 of 4: W_x,11·x_1(1) = 0.5·1 = 0.5");
        row("the last term of a unit", plain, G::Layer, 0, G::Term, 4,
            "forward: hidden 1 at t = 1, term 4 of 4: b_1 = 0 → net = 0.5, h = 0.4621");
        row("the last term of a layer", plain, G::Layer, 0, G::Term, 8,
            "forward: hidden 2 at t = 1, term 4 of 4: b_2 = 0 → net = 1, h = 0.7616");
        row("the last term of a layer, backward", plain, G::Pass, 1, G::Term, 3,
            "backward: hidden 2 at t = 2, term 1 of 1: W_12·δ_y,1(2) = −1·(−0.1698) = 0.1698 → "
            "δ = f′·Σ = 0.1336");
        row("the last weight of an update", plain, G::Pass, 2, G::Term, 10,
            "update, the last: output.W[1,2] changes by 0.06613");
        row("a unit", plain, G::Layer, 0, G::Unit, 1, "forward: hidden 1 at t = 1: net = 0.5, h = 0.4621");
        row("the last unit of a layer", plain, G::Layer, 0, G::Unit, 2,
            "forward: hidden 2 at t = 1: net = 1, h = 0.7616");
        row("the only unit of a layer", plain, G::Layer, 0, G::Unit, 3,
            "forward: output 1 at t = 1: net = −0.5305, y = −0.5305");
        row("a unit, backward", plain, G::Pass, 1, G::Unit, 2, "backward: hidden 1 at t = 2: δ = −0.07982");
        row("a row of weights", plain, G::Pass, 2, G::Unit, 3,
            "update: row 1 of hidden.W_h changes by 0.003689; 0.006079");
        row("the last row of weights", plain, G::Pass, 2, G::Unit, 7,
            "update, the last: row 1 of output.W changes by 0.03952; 0.06613");
        row("a layer", plain, G::Layer, 0, G::Layer, 1, "forward pass: hidden layer at t = 1");
        row("a time step", plain, G::Layer, 0, G::TimeStep, 2, "forward pass: t = 2");
        row("a pass", plain, G::Layer, 0, G::Pass, 1, "forward pass: t = 1 … 2");
        row("a pass back", plain, G::Layer, 0, G::Pass, 2, "backward pass: from t = 2 back to t = 1");
        row("a term of a gate", gated, G::Layer, 0, G::Term, 5,
            "forward: hidden 1 at t = 1, gate f, term 1 of 4: W_xf,11·x_1(1) = 0·1 = 0");
        row("the end of a gate", gated, G::Layer, 0, G::Term, 8,
            "forward: hidden 1 at t = 1, gate f, term 4 of 4: b_f,1 = 1 → net_f = 1");
        row("a gated unit", gated, G::Layer, 0, G::Unit, 1,
            "forward: hidden 1 at t = 1: i = 0.5, f = 0.7311, g = 0.9640, o = 0.5, c = 0.4820, h = 0.2239");
    }
    void everyStopSaysWhatItTook()
    {
        QFETCH(QString, file);
        QFETCH(Granularity, before);
        QFETCH(int, count);
        QFETCH(Granularity, step);
        QFETCH(int, steps);
        FrameMaker maker(file.toStdString());
        maker.after(before, count);
        QTEST(said(maker, step, steps), "says");
    }

    void littleRoomHasTheNumbers()
    {
        FrameMaker maker(elman);
        QCOMPARE(said(maker, Granularity::Term, 1, Room::Little),
                 QStringLiteral("→ hidden 1, 1/4: 0.5·1 = 0.5"));
        QCOMPARE(said(maker, Granularity::Unit, 2, Room::Little),
                 QStringLiteral("→ hidden 2: net = 1.000, h = 0.762"));
    }

    void numbersAreWrittenAsAskedFor()
    {
        applyReading({.digits = 6, .decimalComma = true, .sign = SignConvention::ErrorSignal});
        FrameMaker maker(elman);
        maker.after(Granularity::Pass);
        QCOMPARE(said(maker, Granularity::Unit, 2),
                 QStringLiteral("backward: hidden 1 at t = 2: δ = 0,0798209"));
    }
};

QTEST_MAIN(TestPhaseText)
#include "test_phase_text.moc"
