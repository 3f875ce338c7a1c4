#pragma once

#include "core/compare/comparison.h"
#include "core/compare/lane.h"

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace chronograd {

/// A comparison that comes with the program. Texts in English, for the window to translate.
struct ReadyComparison
{
    std::string_view name;
    std::string_view about;      ///< What is compared, and why it comes out as it does.
    std::string_view lookFor;    ///< What there is to be seen beside the curves, in a sentence or two.
    std::string_view experiment; ///< A file of resources/experiments that all lanes begin with.
    Measure measure = Measure::Updates;
    std::int64_t amount = 0; ///< Updates or time steps after which that can be seen: there it pauses.
    std::vector<LaneSpec> lanes;
};

std::span<const ReadyComparison> readyComparisons();

/// Its lanes, at the beginning of its experiment. \throws InputError when there is no such file
Comparison makeComparison(const ReadyComparison& ready, const std::filesystem::path& experiments);

} // namespace chronograd
