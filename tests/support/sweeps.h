#pragma once

#include "core/experiment/experiment_io.h"
#include "core/sweep/sweep_plan.h"

#include <string>
#include <vector>

namespace chronograd::test {

/// An echo small enough for hundreds of runs.
inline const std::string smallEcho = R"({
  "chronograd": 1,
  "network": {"inputs": 1, "layers": [{"name": "hidden", "cell": "elman", "units": 3},
                                      {"name": "output", "cell": "dense", "units": 1}]},
  "task": {"kind": "echo", "delay": 1, "length": 12, "sequences": 3},
  "training": {"k1": 3, "k2": 6, "learning_rate": 0.05, "updates": 40, "shuffle": true}
})";

inline SweepPlan echoPlan(const std::vector<std::string>& vary, int repeats = 1)
{
    std::vector<SweepAxis> axes;
    for (const std::string& text : vary)
        axes.push_back(parseAxis(text));
    return SweepPlan(parseExperiment(smallEcho, "echo.chronograd.json"), axes, repeats);
}

/// Two settings, one value diverges, one combination is impossible (a delay of 12 in 8 steps).
inline SweepPlan mixedPlan(int repeats)
{
    return echoPlan({"training.learning_rate=0.05,1e9", "task.length=16,8", "task.delay=1,12"}, repeats);
}

} // namespace chronograd::test
