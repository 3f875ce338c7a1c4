#include "core/network/parameters.h"

#include <QTest>

using namespace chronograd;

class TestParameters : public QObject
{
    Q_OBJECT

private slots:
    void rowsArePadded_data();
    void rowsArePadded();
    void everyParameterStartsAtAMultipleOfEight();
    void findsByName();
    void countLeavesPaddingOut();
    void matrixReadsBackAndPaddingStaysZero();
    void parametersDoNotOverlap();
};

namespace {

ParameterLayout smallLayout()
{
    ParameterLayout layout;
    layout.add(
        {.name = "hidden.W_x", .layer = 0, .rows = 5, .columns = 2, .isBias = false, .trainable = true});
    layout.add(
        {.name = "hidden.W_h", .layer = 0, .rows = 5, .columns = 5, .isBias = false, .trainable = true});
    layout.add({.name = "hidden.b", .layer = 0, .rows = 5, .columns = 1, .isBias = true, .trainable = true});
    layout.add(
        {.name = "output.W", .layer = 1, .rows = 3, .columns = 5, .isBias = false, .trainable = false});
    layout.add({.name = "output.b", .layer = 1, .rows = 3, .columns = 1, .isBias = true, .trainable = false});
    return layout;
}

} // namespace

void TestParameters::rowsArePadded_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("padded");
    for (const auto& [rows, padded] : {std::pair{1, 1},
                                       {2, 2},
                                       {3, 4},
                                       {4, 4},
                                       {5, 8},
                                       {8, 8},
                                       {9, 16},
                                       {16, 16},
                                       {17, 24},
                                       {33, 40},
                                       {4096, 4096}})
        QTest::addRow("%d rows", rows) << rows << padded;
}

void TestParameters::rowsArePadded()
{
    QFETCH(int, rows);
    QTEST(paddedRows(rows), "padded");
}

void TestParameters::everyParameterStartsAtAMultipleOfEight()
{
    const ParameterLayout layout = smallLayout();
    for (const ParameterView& view : layout.views()) {
        QCOMPARE(view.offset % 8, std::size_t{0});
        QCOMPARE(view.stride, paddedRows(view.rows));
    }
    QCOMPARE(layout.size() % 8, std::size_t{0});
    QCOMPARE(layout.size(), std::size_t{16 + 40 + 8 + 24 + 8});
}

void TestParameters::findsByName()
{
    const ParameterLayout layout = smallLayout();
    QCOMPARE(layout.find("hidden.b").value_or(-1), 2);
    QCOMPARE(layout[2].name, std::string("hidden.b"));
    QVERIFY(layout[2].isBias);
    QVERIFY(!layout[3].trainable);
    QCOMPARE(layout[3].layer, 1);
    QVERIFY(!layout.find("hidden.W"));
    QVERIFY(!layout.find(""));
}

void TestParameters::countLeavesPaddingOut()
{
    QCOMPARE(smallLayout().count(), std::size_t{10 + 25 + 5 + 15 + 3});
    QCOMPARE(ParameterLayout().count(), std::size_t{0});
    QCOMPARE(ParameterLayout().size(), std::size_t{0});
}

void TestParameters::matrixReadsBackAndPaddingStaysZero()
{
    const ParameterLayout layout = smallLayout();
    Vector flat = Vector::Zero(static_cast<Eigen::Index>(layout.size()));
    for (const ParameterView& view : layout.views()) {
        const Matrix values = Matrix::Constant(view.rows, view.columns, 1.0);
        setMatrix(view, flat, values);
    }
    QCOMPARE(flat.sum(), static_cast<double>(layout.count()));
    Matrix distinct(5, 2);
    distinct << 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
    setMatrix(layout[0], flat, distinct);
    QVERIFY(matrixOf(layout[0], flat) == distinct);
    QCOMPARE(flat[static_cast<Eigen::Index>(layout[0].at(3, 1))], 8.0);
}

void TestParameters::parametersDoNotOverlap()
{
    const ParameterLayout layout = smallLayout();
    Vector flat = Vector::Zero(static_cast<Eigen::Index>(layout.size()));
    for (const ParameterView& view : layout.views()) {
        for (int column = 0; column < view.columns; ++column) {
            for (int row = 0; row < view.rows; ++row)
                flat[static_cast<Eigen::Index>(view.at(row, column))] += 1.0;
        }
    }
    QCOMPARE(flat.maxCoeff(), 1.0);
}

QTEST_APPLESS_MAIN(TestParameters)
#include "test_parameters.moc"
