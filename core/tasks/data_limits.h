#pragma once

#include <cstdint>
#include <filesystem>

namespace chronograd {

inline constexpr std::int64_t longestSequence = 1'000'000;         ///< Steps.
inline constexpr std::int64_t mostSequences = 1'000'000;           ///< Training and test part together.
inline constexpr std::int64_t mostNumbers = 100'000'000;           ///< All inputs and targets: 800 MB.
inline constexpr std::uintmax_t largestFile = 64ULL * 1024 * 1024; ///< Bytes of a csv or text file.

/// What a task is about to make; known before anything is allocated.
struct DataSize
{
    std::int64_t sequences = 0;
    std::int64_t steps = 0;   ///< Of the longest sequence.
    std::int64_t total = -1;  ///< Steps of all sequences; -1: sequences × steps.
    std::int64_t columns = 0; ///< Inputs and outputs.
};

/// \throws InputError that says the limit
void checkDataSize(const DataSize& size, const std::filesystem::path& experimentFile);

} // namespace chronograd
