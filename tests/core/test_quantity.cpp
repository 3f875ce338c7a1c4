#include "core/experiment/input_error.h"
#include "core/explain/quantity.h"

#include <QTest>

using namespace chronograd;

namespace {

std::shared_ptr<const Network> network()
{
    NetworkSpec spec;
    spec.inputs = 2;
    LayerSpec hidden;
    hidden.name = "hidden";
    hidden.cell = Cell::Elman;
    hidden.units = 3;
    hidden.activation = {Activation::Tanh, 1.0};
    LayerSpec output;
    output.name = "output";
    output.units = 1;
    spec.layers = {hidden, output};
    return Network::build(spec);
}

} // namespace

class TestQuantity : public QObject
{
    Q_OBJECT

private slots:
    void everyFormReadsBack_data();
    void everyFormReadsBack();
    void indicesCountFromOneInText();
    void spacesAfterTheCommaAreAllowed();
    void wrongNamesAreToldInOneSentence_data();
    void wrongNamesAreToldInOneSentence();
};

void TestQuantity::everyFormReadsBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* text, QuantityKind kind) {
        QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(kind);
    };
    row("hidden.net[3]@15", QuantityKind::Slot);
    row("hidden.out[3]@15", QuantityKind::Slot);
    row("hidden.out[1]@0", QuantityKind::Slot);
    row("input[2]@5", QuantityKind::Slot);
    row("hidden.delta[3]@15", QuantityKind::Delta);
    row("output.delta[1]@1", QuantityKind::Delta);
    row("target[1]@5", QuantityKind::Target);
    row("hidden.b[3]", QuantityKind::Weight);
    row("hidden.W_h[3,2]", QuantityKind::Weight);
    row("hidden.W_h[3,2]@10", QuantityKind::WeightAt);
    row("hidden.b[3]@10", QuantityKind::WeightAt);
    row("hidden.W_h[3,2].share@12", QuantityKind::Share);
    row("output.W[1,3].gradient", QuantityKind::Gradient);
    row("hidden.W_h[3,2].velocity_before", QuantityKind::VelocityBefore);
    row("hidden.W_h[3,2].velocity", QuantityKind::Velocity);
    row("hidden.W_h[3,2].first_moment", QuantityKind::FirstMoment);
    row("hidden.W_h[3,2].first_moment_before", QuantityKind::FirstMomentBefore);
    row("hidden.b[1].second_moment", QuantityKind::SecondMoment);
    row("hidden.b[1].second_moment_before", QuantityKind::SecondMomentBefore);
    row("hidden.W_h[3,2].mean_square", QuantityKind::MeanSquare);
    row("hidden.W_h[3,2].mean_square_before", QuantityKind::MeanSquareBefore);
    row("gradient_norm", QuantityKind::GradientNorm);
    row("hidden.W_x[3,2].update", QuantityKind::Change);
    row("hidden.b[1].after", QuantityKind::After);
    row("loss@15", QuantityKind::StepLoss);
    row("loss", QuantityKind::Loss);
}

void TestQuantity::everyFormReadsBack()
{
    QFETCH(QString, text);
    QFETCH(int, kind);
    const auto net = network();
    const Quantity quantity = parseQuantity(text.toStdString(), *net);
    QCOMPARE(static_cast<int>(quantity.kind), kind);
    QCOMPARE(QString::fromStdString(quantityText(quantity, *net)), text);
    QVERIFY(parseQuantity(quantityText(quantity, *net), *net) == quantity);
}

void TestQuantity::indicesCountFromOneInText()
{
    const auto net = network();
    const Quantity weight = parseQuantity("hidden.W_h[3,2].share@12", *net);
    QCOMPARE(weight.row, 2);
    QCOMPARE(weight.column, 1);
    QCOMPARE(weight.t, std::int64_t{12});
    const Quantity delta = parseQuantity("output.delta[1]@7", *net);
    QCOMPARE(delta.unit, 0);
    QCOMPARE(delta.slot, net->layers()[1].net);
}

void TestQuantity::spacesAfterTheCommaAreAllowed()
{
    const auto net = network();
    QVERIFY(parseQuantity("hidden.W_h[3, 2]", *net) == parseQuantity("hidden.W_h[3,2]", *net));
}

void TestQuantity::wrongNamesAreToldInOneSentence_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* text, const char* message) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(message);
    };
    row("", "\"\": is not the name of a number; write for example hidden.net[3]@15, "
            "hidden.W_h[3,2].gradient, input[2]@5, loss@15 or loss");
    row("hiden.net[1]@1",
        "\"hiden.net[1]@1\": there is no layer \"hiden\"; the network has hidden and output,"
        " besides input, target, loss and gradient_norm");
    row("output.W_h[1,1]", "\"output.W_h[1,1]\": there is no \"output.W_h\"; layer output has output.net, "
                           "output.delta, output.out, output.W and output.b");
    row("hidden.net[4]@1", "\"hidden.net[4]@1\": hidden.net has units 1 … 3");
    row("hidden.delta[0]@1", "\"hidden.delta[0]@1\": hidden.delta has units 1 … 3");
    row("hidden.net@1", "\"hidden.net@1\": say which unit: hidden.net[1]; hidden.net has units 1 … 3");
    row("hidden.net[x]@1", "\"hidden.net[x]@1\": the unit must be a whole number from 1");
    row("hidden.net[1]", "\"hidden.net[1]\": say at which time step: add @t, for example @1");
    row("hidden.net[1]@-1", "\"hidden.net[1]@-1\": the time step must be a whole number from 1");
    row("hidden.W_h[3]", "\"hidden.W_h[3]\": hidden.W_h is a matrix: hidden.W_h[row,column]");
    row("hidden.W_x[3,3]", "\"hidden.W_x[3,3]\": hidden.W_x has columns 1 … 2");
    row("hidden.W_x[4,1]", "\"hidden.W_x[4,1]\": hidden.W_x has rows 1 … 3");
    row("hidden.b[3,1]", "\"hidden.b[3,1]\": expected hidden.b[row]");
    row("hidden.b[1].speed", "\"hidden.b[1].speed\": a weight has no \"speed\"; it has .share@t, .gradient, "
                             ".velocity_before, .velocity, .update and .after, under adam .first_moment and "
                             ".second_moment, under rmsprop .mean_square (each also with _before)");
    row("hidden.b[1].gradient@3", "\"hidden.b[1].gradient@3\": .gradient belongs to the whole update and "
                                  "takes no @t");
    row("hidden.b[1].share", "\"hidden.b[1].share\": say at which time step: add @t, for example @1");
    row("target[2]@1", "\"target[2]@1\": target has units 1 … 1");
    row("loss@1x", "\"loss@1x\": \"x\" at the end means nothing here");
    row("input[1]@5#3", "\"input[1]@5#3\": \"#3\" at the end means nothing here");
}

void TestQuantity::wrongNamesAreToldInOneSentence()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    try {
        parseQuantity(text.toStdString(), *network());
        QFAIL("accepted");
    } catch (const InputError& error) {
        QCOMPARE(QString::fromUtf8(error.what()), message);
    }
}

QTEST_APPLESS_MAIN(TestQuantity)
#include "test_quantity.moc"
