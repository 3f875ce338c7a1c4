#pragma once

#include "core/sweep/sweep_result.h"
#include "ui/library/run_entry.h"

#include <memory>
#include <span>

namespace chronograd {

/// What the library keeps of a sweep: where its folder is, what is varied, and how far it came. The runs
/// themselves stay in the folder.
RunRecord recordOf(const std::shared_ptr<const SweepPlan>& plan, std::span<const SweepResult> results,
                   const QString& folder);

/// The values that a sweep gives to a setting, named by the end of its path ("k1", "units"), as they are
/// shown; empty: it does not vary it.
QStringList sweptValues(const SweptRuns& sweep, const QString& setting);

} // namespace chronograd
