#include "core/analysis/backward_parts.h"
#include "core/analysis/operation_graph.h"
#include "core/unfold/bound_operation.h"
#include "tests/support/frame_maker.h"

#include <QTest>

#include <map>

using namespace chronograd;

namespace {

std::string experiment(const std::string& layer, const std::string& outputActivation, const std::string& loss,
                       const std::string& k1 = "5", const std::string& k2 = "4")
{
    return R"({"chronograd": 1, "network": {"inputs": 2, "layers": [)" + layer +
           R"(, {"name": "output", "cell": "dense", "units": 2, "activation": ")" + outputActivation + R"("}],
        "init": {"scheme": "uniform", "range": 0.8, "seed": 5}},
        "task": {"kind": "inline", "sequences": [{
            "inputs": [[1, -1], [0.5, 0.2], [-0.3, 0.9], [0.1, 0.4], [0.8, -0.6]],
            "targets": [[1, 0], null, [0, 1], [1, 0], [0, 1]]}]},
        "training": {"loss": ")" +
           loss + R"(", "k1": )" + k1 + R"(, "k2": )" + k2 + R"(, "learning_rate": 0.1, "updates": null}})";
}

bool near(const Vector& a, const Vector& b)
{
    return a.size() == b.size() && (a - b).cwiseAbs().maxCoeff() < 1e-12;
}

} // namespace

/// The picture of a step's operations says what the engine computed.
class TestOperationGraph : public QObject
{
    Q_OBJECT

private slots:
    void everyNetwork_data()
    {
        QTest::addColumn<std::string>("text");
        const auto row = [](const char* name, const std::string& layer,
                            const std::string& output = "identity",
                            const std::string& loss = "squared_error") {
            QTest::newRow(name) << experiment(layer, output, loss);
        };
        const std::string elman = R"({"name": "hidden", "cell": "elman", "units": 3, "activation": "tanh"})";
        row("elman", elman);
        row("elman, sigmoid output", elman, "sigmoid");
        row("elman, softmax and cross entropy", elman, "softmax", "cross_entropy");
        row("elman, softmax and squared error", elman, "softmax");
        row("elman, relu", R"({"name": "hidden", "cell": "elman", "units": 3, "activation": "relu"})");
        row("lstm", R"({"name": "hidden", "cell": "lstm", "units": 3})");
        row("gru, reset after the product",
            R"({"name": "hidden", "cell": "gru", "units": 3, "reset_after": true})");
        row("gru, reset before the product",
            R"({"name": "hidden", "cell": "gru", "units": 3, "reset_after": false})");
        row("jordan", R"({"name": "hidden", "cell": "jordan", "units": 3, "activation": "tanh"})");
        row("two layers, no memory in the first",
            R"({"name": "first", "cell": "dense", "units": 3, "activation": "tanh"}, )" + elman);
        QTest::newRow("bidirectional") << experiment(
            R"({"name": "hidden", "cell": "elman", "units": 3, "activation": "tanh", "bidirectional": true})",
            "identity", "squared_error", "\"n\"", "\"n\"");
    }

    void gradientsOfAllReadersSumToTheEnginesDelta_data() { everyNetwork_data(); }

    void gradientsOfAllReadersSumToTheEnginesDelta()
    {
        QFETCH(std::string, text);
        FrameMaker maker(text);
        const auto frame = maker.after(Granularity::Update, 2);
        const StepProgram& program = frame->network->program();
        int compared = 0;
        for (const Operation& operation : program.operations) {
            if (std::holds_alternative<Activate>(operation))
                continue; // of its result the engine keeps no gradient
            const SlotId slot = resultOf(operation);
            for (std::int64_t t = frame->window.from; t <= frame->window.to; ++t) {
                const auto sum = slotGradient(*frame, slot, t);
                QVERIFY(sum.has_value());
                const Vector delta = frame->deltas[std::size_t(slot)].col(t - frame->firstStep + 1);
                QVERIFY2(near(*sum, delta), program.slotTable[std::size_t(slot)].name.c_str());
                compared += delta.cwiseAbs().maxCoeff() > 0 ? 1 : 0;
            }
        }
        QVERIFY(compared > 0);
    }

    void whatFlowsIntoANodeMakesWhatFlowsOut_data() { everyNetwork_data(); }

    void whatFlowsIntoANodeMakesWhatFlowsOut()
    {
        QFETCH(std::string, text);
        FrameMaker maker(text);
        const auto frame = maker.after(Granularity::Update, 2);
        const OperationGraph graph = operationGraph(*frame, 3);
        const auto valueOf = [&frame](const Quantity& quantity, Eigen::Index count) {
            const Matrix& history = frame->values[std::size_t(quantity.slot)];
            return Vector(history.col(quantity.t - frame->firstStep + 1).segment(quantity.unit, count));
        };
        for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
            const OperationNode& node = graph.nodes[index];
            std::vector<const OperationArrow*> in;
            std::vector<const OperationArrow*> out;
            for (const OperationArrow& arrow : graph.arrows) {
                QVERIFY(graph.nodes[std::size_t(arrow.from)].depth <
                        graph.nodes[std::size_t(arrow.to)].depth);
                QVERIFY(arrow.values.size() > 0);
                if (arrow.to == int(index))
                    in.push_back(&arrow);
                if (arrow.from == int(index))
                    out.push_back(&arrow);
                if (arrow.value)
                    QVERIFY(near(arrow.values, valueOf2(*frame, *arrow.value, arrow.values.size())));
            }
            if (node.kind == OperationKind::Gate)
                QVERIFY(near(in[0]->values.cwiseProduct(in[1]->values),
                             result(*frame, node, out, in[0]->values.size())));
            if (node.kind == OperationKind::Complement)
                QVERIFY(near(Vector::Ones(in[0]->values.size()) - in[0]->values, out.front()->values));
            if (node.kind == OperationKind::Sum && !node.parameter && node.quantity) {
                Vector sum =
                    Vector::Zero(frame->network->program().slotTable[std::size_t(node.quantity->slot)].units);
                for (const OperationArrow* arrow : in)
                    sum.segment(arrow->gradient ? arrow->gradient->unit % sum.size() : 0,
                                arrow->values.size()) += arrow->values;
                if (in.size() > 1 && sum.size() == in[0]->values.size())
                    QVERIFY(near(sum, valueOf(*node.quantity, sum.size())));
            }
        }
    }

    void beforeThePassNothingIsClaimed()
    {
        FrameMaker maker(
            experiment(R"({"name": "hidden", "cell": "elman", "units": 3, "activation": "tanh"})", "identity",
                       "squared_error"));
        const auto frame = maker.until(Phase::Forward, 2, 0);
        const OperationGraph graph = operationGraph(*frame, 2);
        int there = 0;
        int missing = 0;
        for (const OperationArrow& arrow : graph.arrows) {
            QCOMPARE(arrow.gradients.size(), 0);
            (arrow.values.size() > 0 ? there : missing) += 1;
        }
        QVERIFY(there > 0);   // the hidden layer
        QVERIFY(missing > 0); // the output
    }

    /// The frame holds them after an update; only their data are there.
    void ofStepsToComeNothingIsClaimed()
    {
        FrameMaker maker(FrameMaker::recurrent(3, 40, "5", "4"));
        const auto frame = maker.after(Granularity::Update);
        QVERIFY(frame->holds(7) && frame->position.t == 5);
        const OperationGraph graph = operationGraph(*frame, 7);
        int empty = 0;
        for (const OperationArrow& arrow : graph.arrows) {
            const bool isTarget = arrow.value && arrow.value->kind == QuantityKind::Target;
            if (graph.nodes[std::size_t(arrow.from)].layer < 0 || isTarget)
                continue;
            QCOMPARE(arrow.values.size(), 0);
            ++empty;
        }
        QVERIFY(empty > 3);
    }

private:
    static Vector valueOf2(const Frame& frame, const Quantity& quantity, Eigen::Index count)
    {
        if (quantity.kind == QuantityKind::Target)
            return frame.targets.col(quantity.t - frame.firstStep);
        const Matrix& history = frame.values[std::size_t(quantity.slot)];
        return history.col(quantity.t - frame.firstStep + 1).segment(quantity.unit, count);
    }
    /// What a node makes: the slot it names, else what leaves it.
    static Vector result(const Frame& frame, const OperationNode& node,
                         const std::vector<const OperationArrow*>& out, Eigen::Index count)
    {
        return node.quantity ? valueOf2(frame, *node.quantity, count) : out.front()->values;
    }
};

QTEST_GUILESS_MAIN(TestOperationGraph)
#include "test_operation_graph.moc"
