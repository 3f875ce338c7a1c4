#include "core/kernels/kernels.h"
#include "core/math/random.h"
#include "core/training/trainer.h"
#include "tests/benchmarks/parts/parts.h"
#include "tests/benchmarks/yardstick/gated.h"

namespace benchmark {

using namespace chronograd;

namespace {

constexpr int units = 64;
constexpr int sequences = 64;
constexpr int steps = 20;
constexpr int inputs = 16;

Experiment batchExperiment()
{
    Experiment experiment;
    experiment.network.inputs = inputs;
    LayerSpec hidden;
    hidden.name = "hidden";
    hidden.cell = Cell::Elman;
    hidden.units = units;
    hidden.activation = {Activation::Tanh};
    LayerSpec output;
    output.name = "output";
    output.units = inputs;
    experiment.network.layers = {hidden, output};
    experiment.network.init.range = 0.1;
    experiment.training.start.k1 = StepCount(steps);
    experiment.training.start.k2 = StepCount(steps);
    experiment.training.start.learningRate = 1e-3;
    experiment.training.start.momentum = 0.9;
    experiment.training.batchSize = sequences;
    experiment.training.updates.reset();
    return experiment;
}

std::shared_ptr<const Dataset> noise()
{
    auto data = std::make_shared<Dataset>();
    data->inputs = inputs;
    data->outputs = inputs;
    Random random(1, "batch");
    for (int i = 0; i < sequences; ++i) {
        Sequence sequence;
        sequence.inputs = Matrix::NullaryExpr(inputs, steps, [&] { return random.uniform() - 0.5; });
        sequence.targets = Matrix::NullaryExpr(inputs, steps, [&] { return random.uniform() - 0.5; });
        sequence.hasTarget.assign(steps, 1);
        data->training.push_back(std::move(sequence));
    }
    return data;
}

} // namespace

void batchPart(const Effort& effort, Report& report)
{
    // Products with W_h, W_x and W: forward, back and for the gradient; W_x has no way back.
    constexpr double useful = 2.0 * units * (3.0 * units + 2.0 * inputs + 3.0 * inputs);
    Trainer trainer(batchExperiment(), noise(), {});
    const Comparison speed = compare(
        effort,
        [&] {
            trainer.advance(Granularity::Epoch);
            return useful * sequences * steps;
        },
        [&] {
            constexpr double seconds = 0.005;
            return seconds * yardstick::productPeak(kernels::kernelSetName(), seconds);
        });
    report.line("Batch of %d sequences, Elman, H = %d, %d inputs and outputs; target 60 %% of the peak",
                sequences, units, inputs);
    report.line("  peak GFLOP/s    engine   share");
    report.row(speed.ratio >= 0.6, "%14.1f%10.1f%6.0f %%", speed.theirs / 1e9, speed.ours / 1e9,
               100.0 * speed.ratio);
}

} // namespace benchmark
