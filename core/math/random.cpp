#include "core/math/random.h"

#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace chronograd {

namespace {

constexpr std::uint64_t multiplier = 6364136223846793005ULL; // of PCG's 64-bit congruential generator

constexpr std::array<std::uint32_t, 256> makeCrcTable()
{
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit)
            rest = (rest & 1U) != 0 ? (rest >> 1U) ^ 0xEDB88320U : rest >> 1U;
        table[byte] = rest;
    }
    return table;
}

} // namespace

Random::Random(std::uint64_t seed, std::string_view streamName)
    : m_increment((std::uint64_t{crc32(streamName)} << 1U) | 1U)
{
    bits();
    m_state += seed;
    bits();
}

std::uint32_t Random::bits()
{
    const std::uint64_t state = m_state;
    m_state = state * multiplier + m_increment;
    const auto shifted = static_cast<std::uint32_t>(((state >> 18U) ^ state) >> 27U);
    const auto rotation = static_cast<std::uint32_t>(state >> 59U);
    return (shifted >> rotation) | (shifted << ((32U - rotation) & 31U));
}

double Random::uniform()
{
    const std::uint32_t high = bits() >> 5U;
    const std::uint32_t low = bits() >> 6U;
    return (static_cast<double>(high) * 0x1p26 + static_cast<double>(low)) * 0x1p-53;
}

double Random::uniform(double low, double high)
{
    return low + (high - low) * uniform();
}

double Random::normal()
{
    if (m_hasSpare) {
        m_hasSpare = false;
        return m_spareNormal;
    }
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform())); // 1 − u: never the logarithm of 0
    const double angle = 2.0 * std::numbers::pi * uniform();
    m_spareNormal = radius * std::sin(angle);
    m_hasSpare = true;
    return radius * std::cos(angle);
}

std::uint32_t Random::below(std::uint32_t bound)
{
    assert(bound > 0);
    const std::uint32_t threshold =
        (0U - bound) % bound; // 2³² mod bound: what would favour the small numbers
    for (;;) {
        const std::uint32_t drawn = bits();
        if (drawn >= threshold)
            return drawn % bound;
    }
}

std::uint32_t crc32(std::string_view bytes)
{
    static constexpr std::array<std::uint32_t, 256> table = makeCrcTable();
    std::uint32_t rest = 0xFFFFFFFFU;
    for (const char byte : bytes)
        rest = table[(rest ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (rest >> 8U);
    return rest ^ 0xFFFFFFFFU;
}

} // namespace chronograd
