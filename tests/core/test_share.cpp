#include "core/analysis/flow.h"
#include "core/analysis/share.h"
#include "core/network/parameter_use.h"

#include <QTest>

using namespace chronograd;

namespace {

NetworkSpec twoByTwo()
{
    NetworkSpec spec;
    spec.inputs = 1;
    LayerSpec layer;
    layer.name = "hidden";
    layer.cell = Cell::Elman;
    layer.units = 2;
    layer.activation.kind = Activation::Tanh;
    spec.layers.push_back(layer);
    return spec;
}

/// Steps 4 … 6 of an Elman layer of two units with one input; the window is 5 … 6. Column 0 is step 3.
Frame handMadeFrame()
{
    Frame frame;
    frame.network = Network::build(twoByTwo());
    const Layer& layer = frame.network->layers().front();
    frame.firstStep = 4;
    frame.lastStep = 6;
    frame.window = {5, 6};
    frame.values.assign(frame.network->program().slotTable.size(), Matrix());
    frame.deltas = frame.values;
    frame.values[0] = Matrix{{0.0, 1.0, 2.0, 3.0}};
    frame.values[static_cast<std::size_t>(layer.output)] =
        Matrix{{0.5, 0.25, -0.5, 0.75}, {-1.0, 0.1, 0.2, 0.3}};
    frame.deltas[static_cast<std::size_t>(layer.net)] = Matrix{{9.0, 9.0, 0.4, -2.0}, {9.0, 9.0, 3.0, 5.0}};
    auto weights = std::make_shared<Vector>(Vector::Zero(Eigen::Index(frame.network->parameters().size())));
    const ParameterId recurrent = *frame.network->parameters().find("hidden.W_h");
    setMatrix(frame.network->parameters()[recurrent], *weights, Matrix{{2.0, 3.0}, {4.0, 5.0}});
    frame.weightsInForce.push_back({1, weights});
    return frame;
}

} // namespace

class TestShare : public QObject
{
    Q_OBJECT

private slots:
    void isDeltaTimesWhatWasSent_data()
    {
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("t");
        QTest::addColumn<double>("expected");
        QTest::newRow("an input weight reads its own step") << "hidden.W_x" << 0 << 0 << 6 << -2.0 * 3.0;
        QTest::newRow("a recurrent weight reads the step before")
            << "hidden.W_h" << 1 << 0 << 6 << 5.0 * -0.5;
        QTest::newRow("the first step reads the state at the cut")
            << "hidden.W_h" << 0 << 1 << 5 << 0.4 * 0.1;
        QTest::newRow("a bias adds its delta") << "hidden.b" << 1 << 0 << 5 << 3.0;
        QTest::newRow("beyond the cut there is none") << "hidden.W_h" << 0 << 0 << 4 << 0.0;
        QTest::newRow("after the window there is none") << "hidden.W_h" << 0 << 0 << 7 << 0.0;
    }

    void isDeltaTimesWhatWasSent()
    {
        QFETCH(QString, parameter);
        QFETCH(int, row);
        QFETCH(int, column);
        QFETCH(int, t);
        QFETCH(double, expected);
        const Frame frame = handMadeFrame();
        const ParameterId id = *frame.network->parameters().find(parameter.toStdString());
        QCOMPARE(share(frame, id, row, column, t), expected);
        QCOMPARE(shares(frame, id, t)(row, column), expected);
    }

    void theSumTakesTheStepsWhoseDeltasAreThere()
    {
        Frame frame = handMadeFrame();
        frame.forwardDone = {1, 1, 1};
        frame.backwardDone = {0, 0, 1}; // going backward, step 6 is done
        const ParameterId id = *frame.network->parameters().find("hidden.W_h");
        QVERIFY(hasShare(frame, id, 0, 6));
        QVERIFY(!hasShare(frame, id, 0, 5));
        QCOMPARE(sumOfShares(frame, id, 0, 1).sum, -2.0 * 0.2);
        QCOMPARE(sumOfShares(frame, id, 0, 1).steps, 1);
        frame.backwardDone = {0, 1, 1};
        QCOMPARE(sumOfShares(frame, id, 0, 1).sum, -2.0 * 0.2 + 0.4 * 0.1);
        QCOMPARE(sumOfShares(frame, id, 0, 1).steps, 2);
    }

    void whatComesBackIsWeightTimesDelta()
    {
        Frame frame = handMadeFrame();
        frame.before = *frame.weightsInForce.front().weights;
        const ParameterId id = *frame.network->parameters().find("hidden.W_h");
        const Matrix back = backflows(frame, usesOf(*frame.network, id).front(), id, 6);
        const Matrix expected{{2.0 * -2.0, 3.0 * -2.0}, {4.0 * 5.0, 5.0 * 5.0}};
        QVERIFY((back - expected).norm() < 1e-15);
    }

    void whatFlowsIsWeightTimesValue()
    {
        const Frame frame = handMadeFrame();
        const auto& affine = std::get<Affine>(frame.network->program().operations.front());
        const auto recurrent = std::find_if(affine.terms.begin(), affine.terms.end(),
                                            [](const Term& term) { return term.source.lag == 1; });
        const Matrix flow = flows(frame, *recurrent, 5);
        const Matrix expected{{2.0 * 0.25, 3.0 * 0.1}, {4.0 * 0.25, 5.0 * 0.1}};
        QVERIFY((flow - expected).norm() < 1e-15);
    }
};

QTEST_GUILESS_MAIN(TestShare)
#include "test_share.moc"
