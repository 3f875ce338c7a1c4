#include "tests/benchmarks/parts/parts.h"
#include "tests/benchmarks/parts/problem_trainer.h"

#include <cmath>
#include <cstdio>
#include <optional>
#include <string>

namespace benchmark {

using yardstick::Problem;

namespace {

struct Other
{
    double loss; ///< Summed, of the first updates.
    double rate; ///< Time steps per second.
};

/// The same problem in another language, as a process of its own; absent: not installed.
std::optional<Other> runPython(const char* library, const Problem& problem, int updates, double seconds)
{
    const std::string command = "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 " CHRONOGRAD_PYTHON
                                " " CHRONOGRAD_BENCHMARKS_DIR "/python/train.py " +
                                std::string(library) + ' ' + std::to_string(problem.hidden) + ' ' +
                                std::to_string(problem.inputs) + ' ' + std::to_string(problem.k1) + ' ' +
                                std::to_string(problem.k2) + ' ' + std::to_string(updates) + ' ' +
                                std::to_string(seconds);
    std::FILE* output = popen(command.c_str(), "r");
    if (output == nullptr)
        return std::nullopt;
    Other other{};
    const int read = std::fscanf(output, "%lf %lf", &other.loss, &other.rate);
    return pclose(output) == 0 && read == 2 ? std::optional(other) : std::nullopt;
}

void measure(const char* library, const Problem& problem, const Effort& effort, Report& report)
{
    ProblemTrainer trainer(problem, chronograd::Cell::Elman);
    const double seconds = effort.seconds * effort.rounds;
    const auto other = runPython(library, problem, trainer.comparedUpdates(), seconds);
    if (!other)
        return report.line("%8s is not installed", library);
    const double loss = trainer.firstLosses();
    const double ours = rate(seconds, [&] { return trainer.trainSeries(); });
    const double difference = std::abs(loss - other->loss) / loss;
    // PyTorch runs the old steps of a window again, with other weights than the stored history was made with.
    const bool isSame = problem.k1 == problem.k2 || std::string(library) != "torch";
    char compared[32] = "(another history)";
    if (isSame)
        std::snprintf(compared, sizeof compared, "%.1e", difference);
    report.line("%8s %4d %4d  (%3d,%3d) %10.4f%10.3f%8.0f   %s", library, problem.hidden, problem.inputs,
                problem.k1, problem.k2, other->rate / 1e6, ours / 1e6, ours / other->rate, compared);
    if (isSame && !(difference < 1e-9))
        report.wrong(std::string("the engine and ") + library + " do not train the same");
}

} // namespace

void pythonPart(const Effort& effort, Report& report)
{
    report.line("Elman in Python: million time steps trained per second, one thread");
    report.line(" library    H   in     (k1,k2)    theirs    engine   ratio   losses differ by");
    for (const char* library : {"numpy", "torch"})
        for (const auto& [k1, k2] : {std::pair{1, 1}, {1, 20}, {5, 20}, {20, 20}, {100, 100}})
            measure(library, Problem(32, 1, k1, k2), effort, report);
}

} // namespace benchmark
