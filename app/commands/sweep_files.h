#pragma once

#include "core/sweep/sweep_summary.h"

#include <filesystem>
#include <span>

namespace chronograd {

/// results.png and results.svg of a sweep; needs no display. \throws InputError
void writeSweepPictures(const std::filesystem::path& folder, const SweepPlan& plan,
                        std::span<const SweepResult> results, SweepMeasure measure);

} // namespace chronograd
