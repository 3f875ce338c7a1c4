#include "core/kernels/kernels.h"
#include "core/training/trainer.h"
#include "tests/benchmarks/yardstick/yardstick.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

/// Time steps trained per second by the engine, beside a loop that was written by hand for exactly this
/// network and uses the same instruction set. Batch 1, double precision.
///
///     bench_engine [FILE [SECONDS [ROUNDS]]]     of CPU time for one measurement of one program

using namespace chronograd;
using yardstick::Problem;

namespace {

constexpr int comparedUpdates = 50;

struct Settings
{
    std::string file = CHRONOGRAD_BINARY_DIR "/benchmarks/engine.txt";
    double seconds = 0.03;
    int rounds = 9;
};

Matrix byRows(const std::vector<double>& numbers, int rows, int columns)
{
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const RowMajor>(numbers.data(), rows, columns);
}

/// The problem as an experiment: the series is one sequence, repeated with the state carried on.
Experiment experimentOf(const Problem& problem)
{
    Experiment experiment;
    experiment.network.inputs = problem.inputs;
    LayerSpec hidden;
    hidden.name = "hidden";
    hidden.cell = Cell::Elman;
    hidden.units = problem.hidden;
    hidden.activation = {Activation::Tanh};
    LayerSpec output;
    output.name = "output";
    output.units = problem.inputs;
    experiment.network.layers = {hidden, output};
    experiment.network.init.scheme = InitScheme::Zeros; // biases
    experiment.network.weights = {
        {"hidden.W_x", byRows(problem.inputWeights, problem.hidden, problem.inputs)},
        {"hidden.W_h", byRows(problem.recurrentWeights, problem.hidden, problem.hidden)},
        {"output.W", byRows(problem.outputWeights, problem.inputs, problem.hidden)}};
    Hyperparameters& start = experiment.training.start;
    start.k1 = StepCount(problem.k1);
    start.k2 = StepCount(problem.k2);
    start.learningRate = problem.learningRate;
    start.momentum = Problem::momentum;
    start.reduction = Reduction::Sum;
    start.state = StateRule::Carry;
    experiment.training.updates.reset();
    return experiment;
}

std::shared_ptr<const Dataset> datasetOf(const Problem& problem)
{
    auto data = std::make_shared<Dataset>();
    data->inputs = problem.inputs;
    data->outputs = problem.inputs;
    Sequence series;
    series.inputs = byRows(problem.series, Problem::steps, problem.inputs).transpose();
    series.targets = byRows(problem.targets, Problem::steps, problem.inputs).transpose();
    series.hasTarget.assign(Problem::steps, 1);
    data->training.push_back(std::move(series));
    return data;
}

double cpuTime()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double stepsPerSecond(double seconds, const std::function<void()>& trainOneSeries)
{
    long steps = 0;
    const double start = cpuTime();
    double now = start;
    while (now - start < seconds) {
        trainOneSeries();
        steps += Problem::steps;
        now = cpuTime();
    }
    return static_cast<double>(steps) / (now - start);
}

double median(std::vector<double> numbers)
{
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

struct Row
{
    double yardstick; ///< Time steps per second, medians.
    double engine;
    double ratio;      ///< Median of the rounds' ratios.
    double difference; ///< Of the losses of the first updates, relative.
};

Row measure(const Problem& problem, const Settings& settings)
{
    const auto loop = yardstick::makeLoop(problem, kernels::kernelSetName());
    const Experiment experiment = experimentOf(problem);
    Trainer trainer(experiment, datasetOf(problem), {});

    double engineLoss = 0.0;
    for (int u = 0; u < comparedUpdates; ++u) {
        trainer.advance(Granularity::Update);
        engineLoss += trainer.loss();
    }
    const double yardstickLoss = loop->run(comparedUpdates * problem.k1);
    trainer.advance(Granularity::Epoch);

    std::vector<double> yardstick;
    std::vector<double> engine;
    std::vector<double> ratios;
    for (int round = 0; round < settings.rounds; ++round) {
        yardstick.push_back(stepsPerSecond(settings.seconds, [&] { loop->run(Problem::steps); }));
        engine.push_back(stepsPerSecond(settings.seconds, [&] { trainer.advance(Granularity::Epoch); }));
        ratios.push_back(engine.back() / yardstick.back());
    }
    return {median(yardstick), median(engine), median(ratios),
            std::abs(engineLoss - yardstickLoss) / yardstickLoss};
}

} // namespace

int main(int argc, char** argv)
{
    Settings settings;
    if (argc > 1)
        settings.file = argv[1];
    if (argc > 2)
        settings.seconds = std::atof(argv[2]);
    if (argc > 3)
        settings.rounds = std::max(1, std::atoi(argv[3]));

    std::string table;
    const auto print = [&table](const std::string& line) {
        std::puts(line.c_str());
        std::fflush(stdout);
        table += line + '\n';
    };
    print("Million time steps trained per second, kernels " + std::string(kernels::kernelSetName()) +
          "; ratio = engine / loop written by hand");
    print("   H  (k1,k2)   by hand    engine   ratio   losses differ by");
    bool sameLosses = true;
    for (int units : {4, 8, 16, 32, 64})
        for (const auto& [k1, k2] : {std::pair{1, 1}, {1, 20}, {5, 20}, {20, 20}}) {
            const Row row = measure(Problem(units, 1, k1, k2), settings);
            char line[120];
            std::snprintf(line, sizeof line, "%4d  (%2d,%2d) %10.3f%10.3f%8.2f   %.1e", units, k1, k2,
                          row.yardstick / 1e6, row.engine / 1e6, row.ratio, row.difference);
            print(line);
            sameLosses = sameLosses && row.difference < 1e-9;
        }
    std::ofstream file(settings.file);
    file << table;
    if (!file.flush()) {
        std::fprintf(stderr, "%s: cannot be written\n", settings.file.c_str());
        return 1;
    }
    if (!sameLosses)
        std::fputs("The engine and the loop written by hand do not train the same.\n", stderr);
    return sameLosses ? 0 : 1;
}
