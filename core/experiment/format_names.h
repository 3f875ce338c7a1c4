#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// Names and limits of the file format, each list in the order of its enum.
namespace chronograd::format {

using Name = std::string_view;

inline constexpr std::array<Name, 5> cells{"dense", "elman", "jordan", "lstm", "gru"};
inline constexpr std::array<Name, 5> activations{"identity", "sigmoid", "tanh", "relu", "softmax"};
inline constexpr std::array<Name, 5> initSchemes{"uniform", "xavier", "orthogonal", "identity", "zeros"};
inline constexpr std::array<Name, 2> missingRules{"error", "interpolate"};
inline constexpr std::array<Name, 9> generators{"echo",  "sine", "temporal_xor", "parity", "adding",
                                                "reber", "anbn", "latch",        "sum"};
inline constexpr std::array<Name, 5> reservedLayerNames{"loss", "input", "target", "forward", "backward"};

inline constexpr std::int64_t version = 1;
inline constexpr std::int64_t maxUnits = 4096;
inline constexpr std::int64_t maxLayers = 1000;
inline constexpr std::int64_t maxParameters = 10'000'000;
inline constexpr std::int64_t maxSteps = 1'000'000;             ///< In a sequence.
inline constexpr std::int64_t maxGeneratedSteps = 10'000'000;   ///< In all sequences of a generator together.
inline constexpr std::int64_t maxCount = 9'007'199'254'740'992; ///< Updates: 2⁵³.

} // namespace chronograd::format
