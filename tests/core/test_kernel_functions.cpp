#include "core/kernels/flush_denormals.h"
#include "core/kernels/kernel_set.h"

#include <QTest>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace chronograd;
using kernels::KernelSet;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double allowedUlps = 4.0;

enum class Function
{
    Tanh,
    Sigmoid,
    Exponential,
};

long double exact(Function function, double x)
{
    const auto wide = static_cast<long double>(x);
    switch (function) {
    case Function::Tanh:
        return std::tanh(wide);
    case Function::Sigmoid:
        return 1.0L / (1.0L + std::exp(-wide));
    case Function::Exponential:
        return std::exp(wide);
    }
    return 0.0L;
}

std::vector<double> computed(const KernelSet& set, Function function, const std::vector<double>& x)
{
    std::vector<double> y(x.size());
    const int size = static_cast<int>(x.size());
    if (function == Function::Exponential)
        set.exponential(x.size(), x.data(), y.data());
    else
        set.activate({function == Function::Tanh ? Activation::Tanh : Activation::Sigmoid}, size, 1, x.data(),
                     size, y.data(), size);
    return y;
}

/// How far `y` is from the exact value, in units of the last place that a double has there (below the
/// smallest normal number: of denormal numbers).
double errorInUlps(double y, long double exactly)
{
    const double nearest = static_cast<double>(exactly);
    if (std::isinf(nearest) || std::isinf(y))
        return y == nearest ? 0.0 : infinity;
    const double magnitude = std::abs(nearest);
    const double ulp = std::nextafter(magnitude, infinity) - magnitude;
    return static_cast<double>(std::abs(static_cast<long double>(y) - exactly) /
                               static_cast<long double>(ulp));
}

/// Every magnitude that a double can have, both signs, and a fine grid where the functions live.
std::vector<double> points()
{
    std::mt19937_64 generator(20240608);
    std::uniform_real_distribution<double> mantissa(1.0, 2.0);
    std::vector<double> x;
    for (int exponent = -1074; exponent <= 1023; ++exponent)
        for (int i = 0; i < 8; ++i) {
            const double magnitude = std::ldexp(mantissa(generator), exponent);
            x.push_back(magnitude);
            x.push_back(-magnitude);
        }
    for (const double range : {1e-3, 0.4, 1.0, 3.0, 22.0, 45.0, 760.0})
        for (int i = 0; i < 20000; ++i)
            x.push_back(std::uniform_real_distribution<double>(-range, range)(generator));
    for (int n = -1100; n <= 1100; ++n) // where the reduction changes from one power of 2 to the next
        for (const double part : {0.25, 0.5})
            for (const double nudge : {-1e-13, 0.0, 1e-13})
                x.push_back((n + 0.5) * 0.69314718055994531 * part * 2.0 + nudge);
    return x;
}

} // namespace

class TestKernelFunctions : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void functionsAreAccurateToFourUlps_data();
    void functionsAreAccurateToFourUlps();
    void specialValuesStaySpecial();
    void slopeOfASigmoidStretchesItsArgument();
    void everyElementIsComputedWhereverItStands();
    void denormalsAreFlushedOnlyWhileAsked();
};

void TestKernelFunctions::initTestCase_data()
{
    QTest::addColumn<const KernelSet*>("set");
    for (const KernelSet* set : kernels::supportedKernelSets())
        QTest::newRow(std::string(set->name).c_str()) << set;
}

void TestKernelFunctions::functionsAreAccurateToFourUlps_data()
{
    QTest::addColumn<int>("function");
    QTest::newRow("tanh") << static_cast<int>(Function::Tanh);
    QTest::newRow("sigmoid") << static_cast<int>(Function::Sigmoid);
    QTest::newRow("exp") << static_cast<int>(Function::Exponential);
}

void TestKernelFunctions::functionsAreAccurateToFourUlps()
{
    QFETCH_GLOBAL(const KernelSet*, set);
    QFETCH(int, function);
    const std::vector<double> x = points();
    const std::vector<double> y = computed(*set, static_cast<Function>(function), x);
    double worst = 0.0;
    double worstAt = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double error = errorInUlps(y[i], exact(static_cast<Function>(function), x[i]));
        if (!(error <= worst)) {
            worst = error;
            worstAt = x[i];
        }
    }
    QVERIFY2(worst <= allowedUlps,
             qPrintable(QStringLiteral("%1 ulp at %2").arg(worst).arg(worstAt, 0, 'g', 17)));
}

void TestKernelFunctions::specialValuesStaySpecial()
{
    QFETCH_GLOBAL(const KernelSet*, set);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> x{nan, infinity, -infinity, 0.0, nan, 1.0};

    const std::vector<double> tanh = computed(*set, Function::Tanh, x);
    QVERIFY(std::isnan(tanh[0]) && std::isnan(tanh[4]));
    QCOMPARE(tanh[1], 1.0);
    QCOMPARE(tanh[2], -1.0);
    QCOMPARE(tanh[3], 0.0);

    const std::vector<double> sigmoid = computed(*set, Function::Sigmoid, x);
    QVERIFY(std::isnan(sigmoid[0]) && std::isnan(sigmoid[4]));
    QCOMPARE(sigmoid[1], 1.0);
    QCOMPARE(sigmoid[2], 0.0);
    QCOMPARE(sigmoid[3], 0.5);

    const std::vector<double> exponential = computed(*set, Function::Exponential, x);
    QVERIFY(std::isnan(exponential[0]) && std::isnan(exponential[4]));
    QCOMPARE(exponential[1], infinity);
    QCOMPARE(exponential[2], 0.0);
    QCOMPARE(exponential[3], 1.0);

    std::vector<double> relu(x.size());
    set->activate({Activation::Relu}, 6, 1, x.data(), 6, relu.data(), 6);
    QVERIFY(std::isnan(relu[0]));
    QCOMPARE(relu[1], infinity);
    QCOMPARE(relu[2], 0.0);
}

void TestKernelFunctions::slopeOfASigmoidStretchesItsArgument()
{
    QFETCH_GLOBAL(const KernelSet*, set);
    const std::vector<double> x{-3.0, -0.5, 0.0, 0.25, 8.0};
    std::vector<double> stretched(x.size());
    set->activate({Activation::Sigmoid, 2.0}, 5, 1, x.data(), 5, stretched.data(), 5);
    std::vector<double> twice = x;
    for (double& each : twice)
        each *= 2.0;
    QCOMPARE(stretched, computed(*set, Function::Sigmoid, twice));
}

void TestKernelFunctions::everyElementIsComputedWhereverItStands()
{
    QFETCH_GLOBAL(const KernelSet*, set);
    std::vector<double> x;
    for (int i = 0; i < 37; ++i)
        x.push_back(0.37 * (i - 18));
    for (const Function function : {Function::Tanh, Function::Sigmoid, Function::Exponential}) {
        const std::vector<double> together = computed(*set, function, x);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double alone = computed(*set, function, {x[i]}).front();
            QVERIFY(std::memcmp(&alone, &together[i], sizeof alone) == 0);
        }
    }
}

void TestKernelFunctions::denormalsAreFlushedOnlyWhileAsked()
{
#if defined(__x86_64__)
    volatile double small = 1e-300;
    {
        const kernels::FlushDenormals flush;
        QCOMPARE(small * 1e-20, 0.0);
    }
    QVERIFY(small * 1e-20 > 0.0);
#else
    QSKIP("denormals are flushed on x86 only");
#endif
}

QTEST_APPLESS_MAIN(TestKernelFunctions)
#include "test_kernel_functions.moc"
