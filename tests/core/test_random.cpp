#include "core/math/random.h"

#include <QTest>

#include <array>
#include <cmath>
#include <string>

using namespace chronograd;

namespace {

/// Four bytes whose CRC-32 is 54: the published demonstration of PCG32 is seeded with (42, 54).
const std::string streamOf54{"7\xfc\x93n", 4};

} // namespace

class TestRandom : public QObject
{
    Q_OBJECT

private slots:
    void crcIsThatOfZlib();
    void generatorIsThePublishedOne();
    void boundedNumbersAreThePublishedOnes();
    void uniformTakes27BitsThen26();
    void uniformOfARangeScales();
    void normalIsTheCosineThenTheSineOfOnePair();
    void normalHasMeanZeroVarianceOne();
    void namesAndSeedsSeparateStreams();
    void copyContinuesAlike();
};

void TestRandom::crcIsThatOfZlib()
{
    QCOMPARE(crc32("123456789"), 0xCBF43926U);
    QCOMPARE(crc32(""), 0U);
    QCOMPARE(crc32("The quick brown fox jumps over the lazy dog"), 0x414FA339U);
    QCOMPARE(crc32(streamOf54), 54U);
}

void TestRandom::generatorIsThePublishedOne()
{
    Random random(42, streamOf54);
    for (const std::uint32_t expected :
         {0xa15c02b7U, 0x7b47f409U, 0xba1d3330U, 0x83d2f293U, 0xbfa4784bU, 0xcbed606eU})
        QCOMPARE(random.bits(), expected);
}

void TestRandom::boundedNumbersAreThePublishedOnes()
{
    Random random(42, streamOf54);
    for (int i = 0; i < 6; ++i)
        random.bits();
    std::string coins;
    for (int i = 0; i < 65; ++i)
        coins += random.below(2) != 0 ? 'H' : 'T';
    QCOMPARE(coins, std::string("HHTTTHTHHHTHTTTHHHHHTTTHHHTHTHTHTTHTTTHHHHHHTTTTHHTTTTTHTTTTTTTHT"));
    std::string rolls;
    for (int i = 0; i < 33; ++i)
        rolls += std::to_string(random.below(6) + 1);
    QCOMPARE(rolls, std::string("341122324324335231315141564662633"));
}

void TestRandom::uniformTakes27BitsThen26()
{
    Random raw(7, "hidden.W_h");
    Random random(7, "hidden.W_h");
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t high = raw.bits() >> 5U;
        const std::uint64_t low = raw.bits() >> 6U;
        const double expected = std::ldexp(static_cast<double>((high << 26U) + low), -53);
        const double drawn = random.uniform();
        QCOMPARE(drawn, expected);
        QVERIFY(drawn >= 0.0 && drawn < 1.0);
    }
}

void TestRandom::uniformOfARangeScales()
{
    Random plain(1, "echo");
    Random scaled(1, "echo");
    for (int i = 0; i < 100; ++i)
        QCOMPARE(scaled.uniform(-3.0, 5.0), -3.0 + 8.0 * plain.uniform());
}

void TestRandom::normalIsTheCosineThenTheSineOfOnePair()
{
    Random uniforms(9, "w");
    Random normals(9, "w");
    for (int i = 0; i < 100; ++i) {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniforms.uniform()));
        const double angle = 2.0 * 3.14159265358979323846 * uniforms.uniform();
        QCOMPARE(normals.normal(), radius * std::cos(angle));
        QCOMPARE(normals.normal(), radius * std::sin(angle));
    }
}

void TestRandom::normalHasMeanZeroVarianceOne()
{
    Random random(3, "statistics");
    constexpr int count = 200000;
    std::array<double, 4> moments{};
    for (int i = 0; i < count; ++i) {
        const double x = random.normal();
        moments[0] += x;
        moments[1] += x * x;
        moments[2] += x * x * x;
        moments[3] += x * x * x * x;
    }
    QVERIFY(std::abs(moments[0] / count) < 0.01);
    QVERIFY(std::abs(moments[1] / count - 1.0) < 0.02);
    QVERIFY(std::abs(moments[2] / count) < 0.04);
    QVERIFY(std::abs(moments[3] / count - 3.0) < 0.12);
}

void TestRandom::namesAndSeedsSeparateStreams()
{
    QVERIFY(Random(1, "echo").bits() != Random(1, "sine").bits());
    QVERIFY(Random(1, "echo").bits() != Random(2, "echo").bits());
    QVERIFY(Random(1, "echo") == Random(1, "echo"));
}

void TestRandom::copyContinuesAlike()
{
    Random original(5, "checkpoint");
    original.normal(); // leaves a spare
    Random copy = original;
    QVERIFY(copy == original);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(copy.normal(), original.normal());
    original.bits();
    QVERIFY(!(copy == original));
}

QTEST_APPLESS_MAIN(TestRandom)
#include "test_random.moc"
