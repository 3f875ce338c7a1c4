#pragma once

#include <filesystem>
#include <vector>

namespace chronograd {

/// The folder with data, experiments and lessons: $CHRONOGRAD_RESOURCES, or what was installed with the
/// program (<bin>/../share/chronograd), or the source tree's (<build>/../resources). Empty when there is
/// none.
std::filesystem::path resourcesFolder();

/// The experiments that come with the program, the sunspots first.
std::vector<std::filesystem::path> readyExperiments();

} // namespace chronograd
