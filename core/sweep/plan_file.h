#pragma once

#include "core/sweep/sweep_plan.h"

#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// sweep.json: {"chronograd_sweep": 1, "vary": [{"path": "training.k1", "values": ["1", "2"]}], "repeats": 3}
struct PlanFile
{
    std::vector<SweepAxis> axes;
    int repeats = 1;
};

std::string planText(const SweepPlan& plan);

/// \throws InputError naming `source`.
PlanFile parsePlan(std::string_view text, const std::string& source);

} // namespace chronograd
