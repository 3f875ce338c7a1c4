#include "core/math/random.h"
#include "core/network/parameters.h"

#include <Eigen/QR>
#include <QTest>

#include <cmath>

using namespace chronograd;

namespace {

LayerSpec layerOf(const std::string& name, Cell cell)
{
    LayerSpec layer;
    layer.name = name;
    layer.cell = cell;
    return layer;
}

/// A layer of every cell, as a network lays its parameters out.
struct Fixture
{
    NetworkSpec spec;
    ParameterLayout layout;

    explicit Fixture(InitScheme scheme, std::uint64_t seed = 7)
    {
        spec.init = {scheme, 0.25, seed};
        add("elman", Cell::Elman, 1);
        add("lstm", Cell::Lstm, 4);
        add("gru", Cell::Gru, 3);
        spec.layers.push_back(layerOf("jordan", Cell::Jordan));
        layout.add(
            {.name = "jordan.W_y", .layer = 3, .rows = 6, .columns = 2, .isBias = false, .trainable = true});
        spec.layers.push_back(layerOf("narrow", Cell::Jordan));
        layout.add(
            {.name = "narrow.W_y", .layer = 4, .rows = 2, .columns = 6, .isBias = false, .trainable = true});
    }

    void add(const std::string& name, Cell cell, int blocks)
    {
        const int layer = static_cast<int>(spec.layers.size());
        spec.layers.push_back(layerOf(name, cell));
        layout.add({.name = name + ".W_x",
                    .layer = layer,
                    .rows = blocks * units,
                    .columns = inputs,
                    .isBias = false,
                    .trainable = true,
                    .blocks = blocks});
        layout.add({.name = name + ".W_h",
                    .layer = layer,
                    .rows = blocks * units,
                    .columns = units,
                    .isBias = false,
                    .trainable = true,
                    .blocks = blocks});
        layout.add({.name = name + ".b",
                    .layer = layer,
                    .rows = blocks * units,
                    .columns = 1,
                    .isBias = true,
                    .trainable = true,
                    .blocks = blocks});
    }

    Vector flat() const
    {
        Vector values;
        initialise(spec, layout, values);
        return values;
    }

    Matrix parameter(const char* name) const
    {
        const std::optional<ParameterId> id = layout.find(name);
        return id ? matrixOf(layout[*id], flat()) : Matrix();
    }

    static constexpr int units = 5;
    static constexpr int inputs = 3;
};

bool isOrthonormal(const Matrix& columns)
{
    return (columns.transpose() * columns - Matrix::Identity(columns.cols(), columns.cols())).norm() < 1e-12;
}

} // namespace

class TestInitialise : public QObject
{
    Q_OBJECT

private slots:
    void uniformFillsRowByRowFromTheParametersOwnStream();
    void biasesAndPaddingAreZero_data();
    void biasesAndPaddingAreZero();
    void xavierCountsOneGateBlock();
    void orthogonalPerGateBlock();
    void orthogonalIsTheQWithPositiveR();
    void orthogonalLeavesTheRestUniform();
    void identityIsForTheRecurrentMatrixOnly();
    void zerosAreZero();
    void givenWeightsReplaceDrawnOnes();
    void seedsAndNamesGiveOtherNumbers();
    void oldContentIsOverwritten();
};

void TestInitialise::uniformFillsRowByRowFromTheParametersOwnStream()
{
    const Fixture fixture(InitScheme::Uniform);
    for (const char* name : {"elman.W_x", "lstm.W_h", "gru.W_x", "jordan.W_y"}) {
        const Matrix values = fixture.parameter(name);
        Random random(7, name);
        for (Eigen::Index row = 0; row < values.rows(); ++row) {
            for (Eigen::Index column = 0; column < values.cols(); ++column)
                QVERIFY(values(row, column) == -0.25 + 0.5 * random.uniform());
        }
    }
}

void TestInitialise::biasesAndPaddingAreZero_data()
{
    QTest::addColumn<int>("scheme");
    for (int scheme = 0; scheme <= static_cast<int>(InitScheme::Zeros); ++scheme)
        if (scheme != static_cast<int>(InitScheme::Identity))
            QTest::addRow("scheme %d", scheme) << scheme;
}

void TestInitialise::biasesAndPaddingAreZero()
{
    QFETCH(int, scheme);
    const Fixture fixture(static_cast<InitScheme>(scheme));
    Vector flat = fixture.flat();
    QCOMPARE(static_cast<std::size_t>(flat.size()), fixture.layout.size());
    for (const char* name : {"elman.b", "lstm.b", "gru.b"})
        QVERIFY(fixture.parameter(name).isZero(0.0));
    for (const ParameterView& view : fixture.layout.views())
        setMatrix(view, flat, Matrix::Zero(view.rows, view.columns));
    QVERIFY(flat.isZero(0.0));
}

void TestInitialise::xavierCountsOneGateBlock()
{
    const Fixture fixture(InitScheme::Xavier);
    for (const char* name : {"elman.W_x", "lstm.W_x", "gru.W_x", "lstm.W_h"}) {
        const Matrix values = fixture.parameter(name);
        const double range = std::sqrt(6.0 / (static_cast<double>(values.cols()) + 5.0));
        Random random(7, name);
        for (Eigen::Index row = 0; row < values.rows(); ++row) {
            for (Eigen::Index column = 0; column < values.cols(); ++column)
                QCOMPARE(values(row, column), range * (2.0 * random.uniform() - 1.0));
        }
    }
}

void TestInitialise::orthogonalPerGateBlock()
{
    const Fixture fixture(InitScheme::Orthogonal);
    QVERIFY(isOrthonormal(fixture.parameter("elman.W_h")));
    const Matrix lstm = fixture.parameter("lstm.W_h");
    for (int block = 0; block < 4; ++block)
        QVERIFY(isOrthonormal(lstm.middleRows(block * 5, 5)));
    const Matrix gru = fixture.parameter("gru.W_h");
    for (int block = 0; block < 3; ++block)
        QVERIFY(isOrthonormal(gru.middleRows(block * 5, 5)));
    QVERIFY(isOrthonormal(fixture.parameter("jordan.W_y")));
    QVERIFY(isOrthonormal(fixture.parameter("narrow.W_y").transpose()));
    QVERIFY((lstm.topRows(5) - lstm.bottomRows(5)).norm() > 0.1);
}

void TestInitialise::orthogonalIsTheQWithPositiveR()
{
    const Fixture fixture(InitScheme::Orthogonal);
    Random random(7, "lstm.W_h");
    const Matrix q = fixture.parameter("lstm.W_h");
    for (int block = 0; block < 4; ++block) {
        Matrix normals(5, 5);
        for (int row = 0; row < 5; ++row) {
            for (int column = 0; column < 5; ++column)
                normals(row, column) = random.normal();
        }
        const Matrix r = q.middleRows(block * 5, 5).transpose() * normals;
        for (int row = 0; row < 5; ++row) {
            QVERIFY(r(row, row) > 0.0);
            for (int column = 0; column < row; ++column)
                QVERIFY(std::abs(r(row, column)) < 1e-12);
        }
    }
}

void TestInitialise::orthogonalLeavesTheRestUniform()
{
    QVERIFY(Fixture(InitScheme::Orthogonal).parameter("lstm.W_x") ==
            Fixture(InitScheme::Uniform).parameter("lstm.W_x"));
}

void TestInitialise::identityIsForTheRecurrentMatrixOnly()
{
    NetworkSpec spec;
    spec.init.scheme = InitScheme::Identity;
    spec.layers = {layerOf("hidden", Cell::Elman), layerOf("output", Cell::Dense)};
    ParameterLayout layout;
    layout.add(
        {.name = "hidden.W_x", .layer = 0, .rows = 3, .columns = 2, .isBias = false, .trainable = true});
    layout.add(
        {.name = "hidden.W_h", .layer = 0, .rows = 3, .columns = 3, .isBias = false, .trainable = true});
    layout.add({.name = "output.W", .layer = 1, .rows = 1, .columns = 3, .isBias = false, .trainable = true});
    Vector flat;
    initialise(spec, layout, flat);
    QVERIFY(matrixOf(layout[1], flat) == Matrix::Identity(3, 3));
    QVERIFY(matrixOf(layout[0], flat).cwiseAbs().minCoeff() > 0.0);
    QVERIFY(matrixOf(layout[2], flat).cwiseAbs().minCoeff() > 0.0);
    QVERIFY(matrixOf(layout[2], flat).cwiseAbs().maxCoeff() <= 0.5);
}

void TestInitialise::zerosAreZero()
{
    QVERIFY(Fixture(InitScheme::Zeros).flat().isZero(0.0));
}

void TestInitialise::givenWeightsReplaceDrawnOnes()
{
    Fixture fixture(InitScheme::Uniform);
    const Matrix drawn = fixture.parameter("elman.W_h");
    const Matrix given = Matrix::Constant(5, 3, 0.125);
    const Matrix bias = Matrix::Constant(5, 1, -2.0);
    fixture.spec.weights = {{"elman.W_x", given}, {"elman.b", bias}};
    QVERIFY(fixture.parameter("elman.W_x") == given);
    QVERIFY(fixture.parameter("elman.b") == bias);
    QVERIFY(fixture.parameter("elman.W_h") == drawn);
}

void TestInitialise::seedsAndNamesGiveOtherNumbers()
{
    const Fixture fixture(InitScheme::Uniform);
    QVERIFY(Fixture(InitScheme::Uniform).flat() == fixture.flat());
    QVERIFY(Fixture(InitScheme::Uniform, 8).parameter("elman.W_h") != fixture.parameter("elman.W_h"));
    QVERIFY(fixture.parameter("lstm.W_h").topRows(5) != fixture.parameter("elman.W_h"));
}

void TestInitialise::oldContentIsOverwritten()
{
    const Fixture fixture(InitScheme::Uniform);
    Vector flat = Vector::Constant(static_cast<Eigen::Index>(fixture.layout.size()), 99.0);
    initialise(fixture.spec, fixture.layout, flat);
    QVERIFY(flat == fixture.flat());
}

QTEST_APPLESS_MAIN(TestInitialise)
#include "test_initialise.moc"
