#pragma once

#include "core/training/setting.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace chronograd {

/// The settings of k1 and k2 that have a name in the literature.
enum class TruncationPreset : quint8
{
    Full,         ///< (n, n): one update a sequence, back to its first step
    Online,       ///< (1, n): an update every step, back to the first step
    Equal,        ///< (k, k): k1 = k2
    Truncated,    ///< (k1, k2), k1 < k2
    OneStepBack,  ///< (k1, 1): no gradient through time
    WilliamsPeng, ///< (h; h′): recent losses, h = 2h′ steps back
    NaiveChunks,  ///< sequences cut into pieces
    Pseudocode,   ///< k1 = 1, error of the last output, window run again
};

inline constexpr int truncationPresets = 8;

QString presetName(TruncationPreset preset); ///< "(n, n)"
QString presetHelp(TruncationPreset preset); ///< A sentence.

/// The changes that make the preset of these settings; the numbers k that it leaves free stay near the ones
/// there are.
std::vector<SettingChange> presetChanges(TruncationPreset preset, const Hyperparameters& settings);

/// Which of the four of k1 and k2 alone (Full … Truncated) these settings are; Truncated is also said of any
/// other pair with k1 ≠ k2.
TruncationPreset presetOf(const Hyperparameters& settings);

} // namespace chronograd
