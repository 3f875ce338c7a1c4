#include "core/session/loss_curve.h"
#include "core/session/session.h"
#include "core/tasks/task.h"
#include "tests/benchmarks/parts/parts.h"

#include <chrono>
#include <sys/resource.h>
#include <thread>

namespace benchmark {

using namespace chronograd;

namespace {

constexpr std::int64_t updates = 10'000'000;
constexpr double mostMegabytes = 200.0;

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

Experiment smallExperiment()
{
    Experiment experiment;
    experiment.network.inputs = 1;
    LayerSpec hidden;
    hidden.name = "hidden";
    hidden.cell = Cell::Elman;
    hidden.units = 4;
    hidden.activation = {Activation::Tanh};
    LayerSpec output;
    output.name = "output";
    output.units = 1;
    experiment.network.layers = {hidden, output};
    experiment.task = GeneratorTask{};
    experiment.training.start.k1 = StepCount(1);
    experiment.training.start.k2 = StepCount(1);
    experiment.training.start.learningRate = 0.001;
    experiment.training.updates = updates;
    return experiment;
}

} // namespace

void memoryPart(const Effort& /*effort*/, Report& report)
{
    Experiment experiment = smallExperiment();
    const double before = peakMegabytes();
    const double busy = cpuTime();
    LossCurve curve;
    TrainingSession session(experiment, std::make_shared<const Dataset>(makeDataset(experiment)));
    session.post(RunCommand{});
    SessionNews news;
    do {
        std::this_thread::sleep_for(std::chrono::milliseconds(40)); // as the window takes them
        news = session.take();
        for (const LossPoint& point : news.points)
            curve.append(point);
    } while (news.state == RunState::Running || news.state == RunState::Paused);
    const double peak = peakMegabytes();
    report.line("Ten million updates with their loss curve; target: peak below %.0f MB", mostMegabytes);
    report.line("  updates on the curve   seconds   peak MB   of them for the run");
    report.row(peak < mostMegabytes, "%22lld%10.1f%10.1f%10.1f", static_cast<long long>(curve.lastUpdate()),
               cpuTime() - busy, peak, peak - before);
    if (curve.lastUpdate() != updates)
        report.wrong("the run ended early: " + news.message);
}

} // namespace benchmark
