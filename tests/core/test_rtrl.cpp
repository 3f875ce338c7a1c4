#include "tests/support/experiments.h"

#include <QTest>

#include <random>

using namespace chronograd;

/// Real-time recurrent learning (Williams & Zipser 1989) carries ∂h_t/∂w forward in time instead of errors
/// back. Over a window whose weights do not change, both give the same gradient: written here with nothing of
/// the engine but its weights, it checks what BPTT computes.
class TestRtrl : public QObject
{
    Q_OBJECT

private slots:
    void forwardInTimeIsBackThroughTime_data();
    void forwardInTimeIsBackThroughTime();
};

namespace {

/// Elman layers and a dense one on top, with the influence of every parameter on every unit.
class Rtrl
{
public:
    Rtrl(const Network& network, const Vector& weights)
    {
        Eigen::Index parameters = 0;
        for (std::size_t l = 0; l < network.layers().size(); ++l) {
            const Layer& layer = network.layers()[l];
            Level level;
            level.spec = layer.spec;
            level.out = Vector::Zero(layer.units);
            const auto take = [&](const char* name) {
                const ParameterView& view =
                    network.parameters()[*network.parameters().find(layer.spec.name + "." + name)];
                Part part{view.name, matrixOf(view, weights), parameters};
                parameters += part.values.size();
                return part;
            };
            level.fromBelow = take(layer.isRecurrent ? "W_x" : "W");
            if (layer.isRecurrent) {
                level.fromBefore = take("W_h");
            }
            level.bias = take("b");
            m_levels.push_back(level);
        }
        for (Level& level : m_levels) {
            level.influence = Matrix::Zero(level.out.size(), parameters);
        }
        m_gradient = Vector::Zero(parameters);
    }

    /// One time step forward: values, and ∂out/∂w = f′(net) · ∂net/∂w.
    void step(const Vector& input)
    {
        Vector below = input;
        Matrix influenceBelow = Matrix::Zero(input.size(), m_gradient.size());
        for (Level& level : m_levels) {
            Vector net = level.fromBelow.values * below + level.bias.values.col(0);
            Matrix influence = level.fromBelow.values * influenceBelow;
            addOwn(influence, level.fromBelow, below);
            addOwn(influence, level.bias, Vector::Ones(1));
            if (level.fromBefore.values.size() > 0) {
                net += level.fromBefore.values * level.out;
                influence += level.fromBefore.values * level.influence;
                addOwn(influence, level.fromBefore, level.out);
            }
            for (Eigen::Index unit = 0; unit < net.size(); ++unit) {
                level.out[unit] = activate(level.spec.activation, net[unit]);
                influence.row(unit) *= activationSlope(level.spec.activation, level.out[unit]);
            }
            level.influence = influence;
            below = level.out;
            influenceBelow = influence;
        }
    }

    /// ∂L/∂w += scale · (y − d)ᵀ ∂y/∂w, of the half squared error.
    void learn(const Vector& target, double scale)
    {
        const Level& top = m_levels.back();
        m_gradient += scale * (top.influence.transpose() * (top.out - target));
    }

    Matrix gradientOf(const std::string& parameter) const
    {
        for (const Level& level : m_levels) {
            for (const Part* part : {&level.fromBelow, &level.fromBefore, &level.bias}) {
                if (part->name == parameter) {
                    return Eigen::Map<const Matrix>(m_gradient.data() + part->first, part->values.rows(),
                                                    part->values.cols());
                }
            }
        }
        return {};
    }

private:
    struct Part
    {
        std::string name;
        Matrix values;
        Eigen::Index first = 0; ///< Its place among all parameters, column by column.
    };
    struct Level
    {
        LayerSpec spec;
        Part fromBelow;
        Part fromBefore; ///< Empty: not recurrent.
        Part bias;
        Vector out;
        Matrix influence; ///< ∂out_t/∂w: units × parameters
    };

    /// ∂(W x)/∂W_ij = x_j in row i.
    static void addOwn(Matrix& influence, const Part& part, const Vector& source)
    {
        for (Eigen::Index row = 0; row < part.values.rows(); ++row) {
            for (Eigen::Index column = 0; column < part.values.cols(); ++column) {
                influence(row, part.first + column * part.values.rows() + row) += source[column];
            }
        }
    }

    std::vector<Level> m_levels;
    Vector m_gradient;
};

std::string layerText(const char* name, const char* cell, int units, const char* activation)
{
    return std::string(R"({"name": ")") + name + R"(", "cell": ")" + cell + R"(", "units": )" +
           std::to_string(units) + R"(, "activation": ")" + activation + "\"}";
}

} // namespace

void TestRtrl::forwardInTimeIsBackThroughTime_data()
{
    QTest::addColumn<QString>("layers");
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("reduction");
    const auto row = [](const char* name, const std::string& layers, const char* task,
                        const char* reduction) {
        QTest::newRow(name) << QString::fromStdString(layers) << QString::fromLatin1(task)
                            << QString::fromLatin1(reduction);
    };
    const std::string output = layerText("output", "dense", 1, "identity");
    const char* echo = R"({"kind": "echo", "delay": 3, "length": 12, "sequences": 3})";
    const char* adding = R"({"kind": "adding", "length": 15, "sequences": 3})";
    row("one unit", layerText("hidden", "elman", 1, "tanh") + "," + output, echo, "mean");
    row("five units, tanh", layerText("hidden", "elman", 5, "tanh") + "," + output, echo, "mean");
    row("a sum of losses", layerText("hidden", "elman", 4, "sigmoid") + "," + output, echo, "sum");
    row("one target, at the end", layerText("hidden", "elman", 4, "tanh") + "," + output, adding, "mean");
    row("two recurrent layers",
        layerText("lower", "elman", 4, "tanh") + "," + layerText("upper", "elman", 3, "sigmoid") + "," +
            output,
        echo, "mean");
    row("a recurrent output",
        layerText("hidden", "elman", 3, "tanh") + "," + layerText("out", "elman", 1, "tanh"), echo, "mean");
}

void TestRtrl::forwardInTimeIsBackThroughTime()
{
    QFETCH(QString, layers);
    QFETCH(QString, task);
    QFETCH(QString, reduction);
    const test::Prepared prepared = test::prepareText(
        R"({"chronograd": 1, "network": {"inputs": "task", "layers": [)" + layers.toStdString() +
        R"(], "init": {"range": 0.9}}, "task": )" + task.toStdString() +
        R"(, "training": {"k1": "n", "k2": "n", "updates": 3, "reduction": ")" + reduction.toStdString() +
        R"("}})");
    Trainer trainer = prepared.trainer();
    for (const Sequence& sequence : prepared.data->training) {
        trainer.advance(Granularity::Update);
        const Frame frame = test::wholeFrame(trainer);
        Rtrl rtrl(*frame.network, frame.before);
        const auto targets = std::ranges::count(sequence.hasTarget, std::uint8_t{1});
        for (Eigen::Index t = 0; t < sequence.inputs.cols(); ++t) {
            rtrl.step(sequence.inputs.col(t));
            if (sequence.hasTarget[static_cast<std::size_t>(t)] != 0) {
                rtrl.learn(sequence.targets.col(t),
                           reduction == QLatin1String("mean") ? 1.0 / static_cast<double>(targets) : 1.0);
            }
        }
        for (const ParameterView& view : frame.network->parameters().views()) {
            const Matrix expected = rtrl.gradientOf(view.name);
            const double error = (matrixOf(view, frame.gradient) - expected).cwiseAbs().maxCoeff();
            QVERIFY2(error <= 1e-10 && expected.cwiseAbs().maxCoeff() > 0.0,
                     qPrintable(QStringLiteral("%1: %2").arg(QString::fromStdString(view.name)).arg(error)));
        }
    }
}

QTEST_GUILESS_MAIN(TestRtrl)
#include "test_rtrl.moc"
