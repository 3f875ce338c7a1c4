#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// A setting that is varied: a path as `--set` takes it, and its values as `--set` would be given them.
struct SweepAxis
{
    std::string path;
    std::vector<std::string> values;

    bool operator==(const SweepAxis&) const = default;
};

/// Reads "training.k1=1,2,5": JSON values (what does not parse as JSON is a string) and ranges between
/// commas. "1..8" are all whole numbers from 1 to 8, "0..1:5" 5 numbers from 0 to 1 at equal distances,
/// "0.001..0.1:5:log" at equal ratios. Whole ends give whole numbers, each once; others have three
/// significant digits between the ends as they are written. \throws InputError beginning with "--vary"
SweepAxis parseAxis(std::string_view text);

/// The values alone. \throws InputError that says what is wrong with which of them.
std::vector<std::string> parseValues(std::string_view text);

} // namespace chronograd
