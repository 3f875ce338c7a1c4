#include "core/training/trainer.h"
#include "tests/benchmarks/parts/parts.h"

#ifdef CHRONOGRAD_HAS_FANN
#include <doublefann.h>
#endif

namespace benchmark {

using namespace chronograd;

namespace {

constexpr int examples = 500;
constexpr double learningRate = 0.1;
constexpr double momentum = 0.5;

LayerSpec sigmoidLayer(const char* name, int units)
{
    LayerSpec layer;
    layer.name = name;
    layer.units = units;
    layer.activation = {Activation::Sigmoid};
    return layer;
}

/// 2-3-2-1, one example an update.
Experiment smallPerceptron()
{
    Experiment experiment;
    experiment.network.inputs = 2;
    experiment.network.layers = {sigmoidLayer("h1", 3), sigmoidLayer("h2", 2), sigmoidLayer("y", 1)};
    experiment.training.start.k1 = StepCount(1);
    experiment.training.start.k2 = StepCount(1);
    experiment.training.start.learningRate = learningRate;
    experiment.training.start.momentum = momentum;
    experiment.training.updates.reset();
    return experiment;
}

double input(int example, int which)
{
    return which == 0 ? (example % 25) / 25.0 : (example / 25) / 20.0;
}

double target(int example)
{
    return 0.5 * (input(example, 0) + input(example, 1));
}

/// Every example is a sequence of one step.
std::shared_ptr<const Dataset> sums()
{
    auto data = std::make_shared<Dataset>();
    data->inputs = 2;
    data->outputs = 1;
    for (int i = 0; i < examples; ++i) {
        Sequence sequence;
        sequence.inputs = Matrix{{input(i, 0)}, {input(i, 1)}};
        sequence.targets = Matrix{{target(i)}};
        sequence.hasTarget = {1};
        data->training.push_back(std::move(sequence));
    }
    return data;
}

} // namespace

void feedForwardPart(const Effort& effort, Report& report)
{
    Trainer trainer(smallPerceptron(), sums(), {});
    const auto ours = [&] {
        trainer.advance(Granularity::Epoch);
        return static_cast<double>(examples);
    };
    report.line(
        "2-3-2-1 network, one example an update: million updates per second; target: faster than FANN");
#ifdef CHRONOGRAD_HAS_FANN
    fann* other = fann_create_standard(4, 2, 3, 2, 1);
    fann_set_activation_function_hidden(other, FANN_SIGMOID);
    fann_set_activation_function_output(other, FANN_SIGMOID);
    fann_set_learning_rate(other, static_cast<float>(learningRate));
    fann_set_learning_momentum(other, static_cast<float>(momentum));
    const auto theirs = [&] {
        for (int i = 0; i < examples; ++i) {
            double in[] = {input(i, 0), input(i, 1)};
            double out[] = {target(i)};
            fann_train(other, in, out);
        }
        return static_cast<double>(examples);
    };
    const Comparison speed = compare(effort, ours, theirs);
    fann_destroy(other);
    report.line("      FANN    engine   ratio");
    report.row(speed.ratio >= 1.0, "%10.3f%10.3f%8.2f", speed.theirs / 1e6, speed.ours / 1e6, speed.ratio);
#else
    report.line("    engine   (libfann-dev is not installed)");
    report.line("%10.3f", benchmark::rate(effort.seconds, ours) / 1e6);
#endif
}

} // namespace benchmark
