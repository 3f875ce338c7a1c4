// A window that never rests, against the training thread: for the thread sanitizer, so without Qt.

#include "core/experiment/experiment_io.h"
#include "core/explain/explain.h"
#include "core/session/loss_curve.h"
#include "core/session/session.h"
#include "core/tasks/task.h"
#include "tests/support/require.h"

#include <chrono>
#include <cstdio>
#include <deque>
#include <random>
#include <thread>

using namespace chronograd;
using test::require;

namespace {

Command randomCommand(std::mt19937& random)
{
    const auto below = [&](unsigned bound) { return static_cast<int>(random() % bound); };
    switch (below(12)) {
    case 0:
        return StepCommand{static_cast<Granularity>(below(8))};
    case 1:
        return PauseCommand{};
    case 2:
        return SpeedCommand{below(2) == 0 ? 0.0 : 1000.0, static_cast<Granularity>(below(4))};
    case 3:
        return ChangeCommand{{Setting::K1, StepCount(1 + below(12))}};
    case 4:
        return ChangeCommand{{Setting::K2, StepCount(1 + below(30))}};
    case 5:
        return ChangeCommand{{Setting::LearningRate, 0.001 + 0.001 * below(50)}};
    case 6:
        return below(4) == 0 ? Command(RestartCommand{static_cast<std::uint64_t>(below(9))})
                             : Command(RunCommand{});
    case 8:
        return GoToCommand{below(400)};
    case 9:
        return CourseCommand{below(9)};
    case 10:
        return StepBackCommand{static_cast<Granularity>(below(8))};
    case 7:
        return ViewCommand{
            {.stepsBeyondCut = below(20), .mostSteps = 5 + below(100), .prediction = below(2) == 0},
            {.flow = below(2) == 0,
             .comparison = below(2) == 0,
             .jacobians = below(2) == 0,
             .spectra = below(2) == 0,
             .weights = below(2) == 0,
             .rtrl = below(2) == 0,
             .batch = below(2) == 0,
             .errorCurve = ErrorCurveRequest{{0, 0, 0}, -1.0, 1.0}}};
    default:
        return RunCommand{};
    }
}

/// Uses every part of a frame, as a window does, and keeps some alive while training goes on.
double lookAt(const Frame& frame)
{
    double sum = 0;
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
        for (int layer = 0; layer < frame.layers(); ++layer) {
            const Layer& shown = frame.network->layers()[static_cast<std::size_t>(layer)];
            if (frame.hasValue(layer, t)) {
                sum += frame.value(shown.output, 0, t) + frame.weightsAt(t)[0];
                sum += explain(frame, {.kind = QuantityKind::Slot, .slot = shown.net, .t = t}).value;
            }
            if (frame.hasDelta(layer, t)) {
                sum += frame.delta(shown.net, 0, t);
            }
        }
    }
    return sum;
}

} // namespace

int main()
{
    const std::filesystem::path file =
        std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources/experiments/sunspots.chronograd.json";
    std::mt19937 random(1);
    std::int64_t points = 0;
    int frames = 0;
    for (int round = 0; round < 6; ++round) {
        Experiment experiment = readExperiment(file);
        experiment.training.updates.reset();
        const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
        TrainingSession session(experiment, data);
        std::deque<std::shared_ptr<const Frame>> kept;
        std::uint64_t run = 0;
        std::int64_t lastUpdate = 0;
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(700);
        while (std::chrono::steady_clock::now() < end) {
            session.post(randomCommand(random));
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
            const SessionNews news = session.take();
            if (news.restarted) {
                require(news.run > run, "a restart begins a new run");
                run = news.run;
                lastUpdate = 0;
            }
            if (news.curve) { // another course: what was lost of the one before is in it
                lastUpdate = news.curve->lastUpdate();
            }
            for (const LossPoint& point : news.points) {
                require(point.update == lastUpdate + 1, "no loss point is lost or doubled");
                lastUpdate = point.update;
                ++points;
            }
            if (news.frame) {
                require(lookAt(*news.frame) == lookAt(*news.frame), "a frame does not change");
                kept.push_back(news.frame);
                ++frames;
            }
            while (kept.size() > 5) {
                kept.pop_front();
            }
            require(session.recorded().network.layers.size() == experiment.network.layers.size(),
                    "recorded() is whole");
        }
        // leaving the scope closes the session in the middle of its work
    }
    require(points > 1000 && frames > 100, "training went on");
    std::printf("%lld loss points, %d frames\n", static_cast<long long>(points), frames);
    return 0;
}
