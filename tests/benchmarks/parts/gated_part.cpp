#include "core/kernels/kernels.h"
#include "tests/benchmarks/parts/parts.h"
#include "tests/benchmarks/parts/problem_trainer.h"
#include "tests/benchmarks/yardstick/gated.h"

#include <cmath>

namespace benchmark {

using chronograd::Cell;
using yardstick::Problem;

namespace {

void measure(Cell cell, const Problem& problem, const Effort& effort, Report& report)
{
    const bool isLstm = cell == Cell::Lstm;
    const auto loop = yardstick::makeGatedLoop(isLstm ? yardstick::Gated::Lstm : yardstick::Gated::Gru,
                                               problem, chronograd::kernels::kernelSetName());
    ProblemTrainer trainer(problem, cell);
    const double expected = loop->run(static_cast<long>(trainer.comparedUpdates()) * problem.k1);
    const double difference = std::abs(trainer.firstLosses() - expected) / expected;
    const Comparison speed = compare(
        effort, [&] { return trainer.trainSeries(); },
        [&] {
            loop->run(Problem::steps);
            return static_cast<double>(Problem::steps);
        });
    report.row(speed.ratio >= 1.0, "%5s %3d  (%3d,%3d) %10.3f%10.3f%8.2f   %.1e", isLstm ? "LSTM" : "GRU",
               problem.hidden, problem.k1, problem.k2, speed.theirs / 1e6, speed.ours / 1e6, speed.ratio,
               difference);
    if (!(difference < 1e-9))
        report.wrong("the engine and Eigen do not train the same");
}

} // namespace

void gatedPart(const Effort& effort, Report& report)
{
    report.line("Gated cells: million time steps trained per second; target 1.0 of fixed-size Eigen");
    report.line(" cell   H     (k1,k2)     Eigen    engine   ratio   losses differ by");
    for (const Cell cell : {Cell::Lstm, Cell::Gru})
        for (const auto& [k1, k2] : {std::pair{1, 20}, {20, 20}})
            measure(cell, Problem(32, 1, k1, k2, cell == Cell::Lstm ? 4 : 3), effort, report);
}

} // namespace benchmark
