#include "tests/benchmarks/parts/problem_trainer.h"

#include <algorithm>

namespace benchmark {

using namespace chronograd;
using yardstick::Problem;

namespace {

Matrix byRows(const std::vector<double>& numbers, int rows, int columns)
{
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const RowMajor>(numbers.data(), rows, columns);
}

Experiment experimentOf(const Problem& problem, Cell cell)
{
    Experiment experiment;
    experiment.network.inputs = problem.inputs;
    LayerSpec hidden;
    hidden.name = "hidden";
    hidden.cell = cell;
    hidden.units = problem.hidden;
    if (cell == Cell::Elman)
        hidden.activation = {Activation::Tanh};
    LayerSpec output;
    output.name = "output";
    output.units = problem.inputs;
    experiment.network.layers = {hidden, output};
    experiment.network.init.scheme = InitScheme::Zeros; // biases
    const int rows = problem.gates * problem.hidden;
    experiment.network.weights = {
        {"hidden.W_x", byRows(problem.inputWeights, rows, problem.inputs)},
        {"hidden.W_h", byRows(problem.recurrentWeights, rows, problem.hidden)},
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

} // namespace

ProblemTrainer::ProblemTrainer(const Problem& problem, Cell cell)
    : m_comparedUpdates(std::min(50, Problem::steps / problem.k1))
    , m_trainer(experimentOf(problem, cell), datasetOf(problem), {})
{}

double ProblemTrainer::firstLosses()
{
    double loss = 0.0;
    for (int u = 0; u < m_comparedUpdates; ++u) {
        m_trainer.advance(Granularity::Update);
        loss += m_trainer.loss();
    }
    trainSeries();
    return loss;
}

double ProblemTrainer::trainSeries()
{
    const std::int64_t before = m_trainer.stepsDone();
    m_trainer.advance(Granularity::Epoch);
    return static_cast<double>(m_trainer.stepsDone() - before);
}

} // namespace benchmark
