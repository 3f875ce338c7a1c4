#include "tests/support/kernel_matrices.h"

#include <random>
#include <span>
#include <vector>

using namespace chronograd;
using namespace chronograd::test;

namespace {

using kernels::ElementOperation;

void run(const KernelSet& set, ElementOperation operation, int columns)
{
    operation.run = set.elementKernel(operation);
    operation.run(operation, {0, 0, columns});
}

kernels::ElementView elements(Matrix& matrix)
{
    return {matrix.data(), matrix.rows(), false};
}

} // namespace

class TestElementKernels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { addKernelSets(); }
    void elementsAreMultiplied();
    void elementsAreActivatedAsColumnsAre_data() { addActivations(); }
    void elementsAreActivatedAsColumnsAre();
    void elementsAreFoundByTheirColumns();
    void chainsAreTheirOperationsInTurn_data();
    void chainsAreTheirOperationsInTurn();
};

void TestElementKernels::elementsAreMultiplied()
{
    for (int rows : sizes)
        for (int columns : {1, 3})
            for (const bool complement : {false, true})
                for (const bool hasSecond : {false, true})
                    for (const bool adds : {false, true}) {
                        Matrix a = randomMatrix(rows, columns), b = randomMatrix(rows, columns);
                        Matrix c = randomMatrix(rows, columns);
                        Matrix expected = complement ? Matrix((1.0 - a.array()).matrix()) : a;
                        if (hasSecond)
                            expected.array() *= b.array();
                        expected = (adds ? 1.0 : 0.0) * c + 0.5 * expected;
                        run(kernelsUnderTest(),
                            {.kind = ElementOperation::Kind::Multiply,
                             .adds = adds,
                             .rows = padded(rows),
                             .a = elements(a),
                             .b = hasSecond ? elements(b) : kernels::ElementView{},
                             .result = elements(c),
                             .coefficient = 0.5,
                             .complement = complement},
                            columns);
                        QVERIFY(largestDifference(c, expected) < 1e-14);
                    }
}

void TestElementKernels::elementsAreActivatedAsColumnsAre()
{
    QFETCH(ActivationFunction, function);
    const KernelSet& set = kernelsUnderTest();
    for (int units : sizes)
        for (int columns : {1, 3}) {
            const int rows = padded(units);
            Matrix net = randomMatrix(units, columns), out = net, expected = net;
            set.activate(function, rows, columns, net.data(), rows, expected.data(), rows);
            run(set,
                {.kind = ElementOperation::Kind::Activate,
                 .rows = rows,
                 .a = elements(net),
                 .b = {},
                 .result = elements(out),
                 .f = function},
                columns);
            QVERIFY(bitwiseEqual(out, expected));
            Matrix errors = randomMatrix(units, columns), delta = net;
            expected = net;
            set.activateBackward(function, rows, columns, out.data(), rows, errors.data(), rows,
                                 expected.data(), rows);
            run(set,
                {.kind = ElementOperation::Kind::ActivateBackward,
                 .adds = true,
                 .rows = rows,
                 .a = elements(out),
                 .b = elements(errors),
                 .result = elements(delta),
                 .f = function},
                columns);
            QVERIFY(largestDifference(delta, expected) < 1e-15);
        }
}

/// A view of deltas counts from another column than one of values.
void TestElementKernels::elementsAreFoundByTheirColumns()
{
    Matrix a = randomMatrix(8, 5), b = randomMatrix(8, 5), c = Matrix::Zero(8, 5);
    ElementOperation operation{.rows = 8, .a = elements(a), .b = elements(b), .result = elements(c)};
    operation.b.isDelta = operation.result.isDelta = true;
    operation.run = kernelsUnderTest().elementKernel(operation);
    operation.run(operation, {3, 1, 2});
    Matrix expected = Matrix::Zero(8, 5);
    expected.middleCols(1, 2) = a.middleCols(3, 2).cwiseProduct(b.middleCols(1, 2));
    QVERIFY(bitwiseEqual(c, expected));
}

/// What a chain's operations are: the gated cells', and one that nobody knows.
void TestElementKernels::chainsAreTheirOperationsInTurn_data()
{
    using Operations = std::vector<ElementOperation>;
    const auto product = [](bool adds, bool complement = false, double coefficient = 1.0) {
        ElementOperation operation;
        operation.adds = adds;
        operation.complement = complement;
        operation.coefficient = coefficient;
        return operation;
    };
    const auto activate = [](Activation kind) {
        ElementOperation operation;
        operation.kind = ElementOperation::Kind::Activate;
        operation.f.kind = kind;
        return operation;
    };
    const auto through = [](Activation kind, bool adds = false) {
        ElementOperation operation;
        operation.kind = ElementOperation::Kind::ActivateBackward;
        operation.adds = adds;
        operation.f.kind = kind;
        return operation;
    };
    constexpr auto sigmoid = Activation::Sigmoid, tanh = Activation::Tanh;
    QTest::addColumn<Operations>("operations");
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("LSTM forward") << Operations{activate(sigmoid), activate(sigmoid), activate(tanh),
                                                activate(sigmoid), product(false),    product(true),
                                                activate(tanh),    product(false)}
                                  << true;
    QTest::newRow("LSTM back") << Operations{product(true),       product(false),   product(false),
                                             through(tanh, true), product(false),   product(false),
                                             product(false),      through(sigmoid), through(tanh),
                                             through(sigmoid),    through(sigmoid)}
                               << true;
    QTest::newRow("GRU forward") << Operations{activate(sigmoid), activate(sigmoid),    product(true),
                                               activate(tanh),    product(false, true), product(true)}
                                 << true;
    QTest::newRow("GRU back") << Operations{product(true),        product(false, false, -1.0),
                                            product(false, true), product(true),
                                            through(tanh),        product(false),
                                            product(false),       through(sigmoid),
                                            through(sigmoid)}
                              << true;
    ElementOperation sloping = activate(sigmoid);
    sloping.f.slope = 2.5;
    QTest::newRow("GRU forward, but for a slope")
        << Operations{activate(sigmoid),    sloping,      product(true), activate(tanh),
                      product(false, true), product(true)}
        << false;
    QTest::newRow("any") << Operations{activate(tanh), product(true)} << false;
}

void TestElementKernels::chainsAreTheirOperationsInTurn()
{
    QFETCH(std::vector<ElementOperation>, operations);
    QFETCH(bool, isKnown);
    const KernelSet& set = kernelsUnderTest();
    for (int units : {1, 3, 8, 16, 17, 32, 64})
        for (int columns : {1, 3}) {
            constexpr std::size_t count = 6;
            const int rows = padded(units);
            std::vector<Matrix> matrices;
            for (std::size_t i = 0; i < count; ++i)
                matrices.push_back(randomMatrix(units, columns));
            std::vector<Matrix> inTurn = matrices;
            const auto bound = [&](std::vector<Matrix>& to) {
                std::mt19937 engine(7); // results are read by others later on
                std::vector<ElementOperation> list = operations;
                for (ElementOperation& operation : list) {
                    operation.rows = rows;
                    operation.a = elements(to[engine() % count]);
                    if (operation.kind != ElementOperation::Kind::Activate)
                        operation.b = elements(to[engine() % count]);
                    operation.result = elements(to[engine() % count]);
                    operation.run = set.elementKernel(operation);
                }
                return list;
            };
            const std::vector<ElementOperation> chain = bound(matrices);
            const auto code = set.chainKernel(chain);
            QCOMPARE(code != set.chainKernel({}), isKnown && set.name != "plain");
            code(chain, {0, 0, columns});
            for (const ElementOperation& operation : bound(inTurn))
                operation.run(operation, {0, 0, columns});
            for (std::size_t i = 0; i < count; ++i)
                QVERIFY(bitwiseEqual(matrices[i], inTurn[i]));
        }
}

QTEST_APPLESS_MAIN(TestElementKernels)
#include "test_element_kernels.moc"
