#pragma once

#include "core/experiment/experiment.h"

namespace chronograd {

/// The experiment as it has to be written at another place: a relative path to its data names the same file
/// from there.
Experiment rebasedPaths(Experiment experiment, const std::filesystem::path& newFile);

} // namespace chronograd
