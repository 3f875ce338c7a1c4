#pragma once

#include "core/training/trainer.h"
#include "tests/benchmarks/yardstick/problem.h"

namespace benchmark {

/// A yardstick's problem for the engine: the series is one sequence, repeated. (Every repetition begins with
/// zeros; the yardsticks carry the state on. So losses are compared within the first.)
class ProblemTrainer
{
public:
    ProblemTrainer(const yardstick::Problem& problem, chronograd::Cell cell);

    int comparedUpdates() const { return m_comparedUpdates; }
    /// The summed loss of the first of them; then goes on to the end of the series.
    double firstLosses();
    /// Trains on the whole series; says of how many steps.
    double trainSeries();

private:
    int m_comparedUpdates;
    chronograd::Trainer m_trainer;
};

} // namespace benchmark
