#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace chronograd {

/// The generator of all weights and data: PCG32 (O'Neill 2014), seeded as pcg32_srandom(seed, CRC-32 of a
/// name), so that the same file gives the same numbers on every machine.
class Random
{
public:
    Random(std::uint64_t seed, std::string_view streamName);

    std::uint32_t bits(); ///< The next 32 bits.
    double uniform();     ///< [0, 1): ((a>>5)·2²⁶ + (b>>6))·2⁻⁵³, a drawn before b.
    double uniform(double low, double high); ///< low + (high − low)·uniform().
    double normal(); ///< Box–Muller: √(−2 ln(1−u₁)) · cos 2πu₂, u₁ drawn first; the next call gives its sine.
    std::uint32_t below(std::uint32_t bound); ///< 0 … bound − 1, without bias (pcg32_boundedrand).

    /// Of bits() and below(), to be kept and put back; normal() remembers more.
    std::uint64_t state() const { return m_state; }
    void setState(std::uint64_t state) { m_state = state; }

    bool operator==(const Random&) const = default;

private:
    std::uint64_t m_state = 0;
    std::uint64_t m_increment = 0;
    double m_spareNormal = 0.0;
    bool m_hasSpare = false;
};

std::uint32_t crc32(std::string_view bytes); ///< As in zlib and PNG (polynomial 0xEDB88320).

} // namespace chronograd
