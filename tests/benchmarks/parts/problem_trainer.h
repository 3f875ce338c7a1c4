#pragma once

#include "core/training/trainer.h"
#include "tests/benchmarks/yardstick/problem.h"

namespace benchmark {

inline constexpr int comparedUpdates = 50;

/// A yardstick's problem for the engine: the series is one sequence, repeated with the state carried on.
class ProblemTrainer
{
public:
    ProblemTrainer(const yardstick::Problem& problem, chronograd::Cell cell);

    /// The summed loss of the first `comparedUpdates` updates; then goes on to the end of the series.
    double firstLosses();
    /// Trains on the whole series; says of how many steps.
    double trainSeries();

private:
    chronograd::Trainer m_trainer;
};

} // namespace benchmark
