#include "core/kernels/kernels.h"
#include "tests/benchmarks/parts/parts.h"
#include "tests/benchmarks/parts/problem_trainer.h"
#include "tests/benchmarks/yardstick/yardstick.h"

#include <cmath>

namespace benchmark {

using yardstick::Problem;

namespace {

constexpr std::pair<int, int> truncations[] = {{1, 1}, {1, 20}, {5, 20}, {20, 20}, {100, 100}};

void measure(const Problem& problem, const Effort& effort, Report& report)
{
    const auto loop = yardstick::makeLoop(problem, chronograd::kernels::kernelSetName());
    ProblemTrainer trainer(problem, chronograd::Cell::Elman);
    const double expected = loop->run(static_cast<long>(trainer.comparedUpdates()) * problem.k1);
    const double difference = std::abs(trainer.firstLosses() - expected) / expected;
    const Comparison speed = compare(
        effort, [&] { return trainer.trainSeries(); },
        [&] {
            loop->run(Problem::steps);
            return static_cast<double>(Problem::steps);
        });
    const double target = problem.hidden >= 16 ? 0.8 : 0.6;
    report.row(speed.ratio >= target, "%4d %4d  (%3d,%3d) %10.3f%10.3f%8.2f   %.1e", problem.hidden,
               problem.inputs, problem.k1, problem.k2, speed.theirs / 1e6, speed.ours / 1e6, speed.ratio,
               difference);
    if (!(difference < 1e-9))
        report.wrong("the engine and the loop written by hand do not train the same");
}

} // namespace

void elmanPart(const Effort& effort, Report& report)
{
    report.line("Elman: million time steps trained per second; target 0.6 up to H = 8, 0.8 from 16 on");
    report.line("   H   in     (k1,k2)   by hand    engine   ratio   losses differ by");
    for (const int inputs : {1, 16})
        for (const int units : {4, 8, 16, 32, 64, 128})
            for (const auto& [k1, k2] : truncations)
                if (!effort.isQuick || ((units == 4 || units == 32) && k2 < 100))
                    measure(Problem(units, inputs, k1, k2), effort, report);
}

} // namespace benchmark
