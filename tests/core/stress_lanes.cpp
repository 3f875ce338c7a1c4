// A hand that never rests, against the lanes of a comparison: for the thread sanitizer, so without Qt.

#include "core/compare/comparison.h"
#include "core/experiment/experiment_io.h"
#include "core/session/loss_curve.h"
#include "core/tasks/task.h"
#include "tests/support/require.h"

#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <thread>

using namespace chronograd;
using test::require;

namespace {

/// The moment of a run after so many updates: its checkpoint and its data are shared with every lane.
ForkPoint forkAfter(TrainingSession& run, int updates)
{
    for (int update = 0; update < updates; ++update) {
        run.post(StepCommand{Granularity::Update});
    }
    run.post(ForkCommand{});
    for (;;) {
        if (const auto point = run.take().fork) {
            return *point;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

LaneSpec randomLane(std::mt19937& random)
{
    LaneSpec lane{.name = "lane"};
    switch (random() % 4) {
    case 0:
        lane.changes = {{Setting::K1, StepCount(1 + static_cast<int>(random() % 9))}};
        break;
    case 1:
        lane.changes = {{Setting::LearningRate, 0.001 * static_cast<double>(1 + random() % 90)}};
        break;
    case 2:
        lane.evolves = true;
        break;
    default:
        break;
    }
    return lane;
}

void disturb(Comparison& comparison, std::mt19937& random)
{
    const auto& lanes = comparison.lanes();
    switch (random() % 14) {
    case 0:
        return comparison.pause();
    case 1:
        return comparison.step(static_cast<Granularity>(random() % 8));
    case 2:
        return comparison.stepBack(static_cast<Granularity>(random() % 8));
    case 3:
        return comparison.goTo(static_cast<std::int64_t>(random() % 300));
    case 4:
        return comparison.setLockstep(random() % 2 == 0);
    case 5:
        return comparison.setMeasure(static_cast<Measure>(random() % 2));
    case 6:
        if (!comparison.isFull()) {
            comparison.add(randomLane(random));
        }
        return;
    case 7:
        if (lanes.size() > 1) {
            comparison.remove(random() % lanes.size());
        }
        return;
    case 8:
        return lanes[random() % lanes.size()]->post(
            ChangeCommand{{Setting::K2, StepCount(1 + static_cast<int>(random() % 20))}});
    case 9:
        if (random() % 8 == 0) {
            comparison.restart();
        }
        return;
    default:
        return comparison.run();
    }
}

/// As a window does it: curves rise, lanes of a lockstep that rest stand level, frames are compared and saves
/// are asked for while everything goes on.
int look(Comparison& comparison, std::vector<std::future<SavedRun>>& saves)
{
    int differences = 0;
    for (std::size_t i = 0; i < comparison.lanes().size(); ++i) {
        Lane& lane = *comparison.lanes()[i];
        std::int64_t last = 0;
        for (const Bucket& bucket : lane.lossByUpdate().buckets()) {
            require(bucket.first > last, "a curve goes on where it was");
            last = bucket.last;
        }
        differences += comparison.differenceFromFirst(i) ? 1 : 0;
        if (!lane.evolves() && saves.size() < 4) {
            saves.push_back(lane.askSaved(10'000));
        }
    }
    std::erase_if(saves, [](std::future<SavedRun>& save) {
        if (save.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            return false;
        }
        try {
            require(save.get().experiment.session.has_value(), "a save tells where the lane stands");
        } catch (const std::future_error&) {
            // its lane ended before it could answer
        }
        return true;
    });
    return differences;
}

} // namespace

int main()
{
    const std::filesystem::path file =
        std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources/experiments/sunspots.chronograd.json";
    std::mt19937 random(1);
    int differences = 0;
    for (int round = 0; round < 4; ++round) {
        Experiment experiment = readExperiment(file, {"training.updates=null"});
        const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
        TrainingSession run(experiment, data);
        Comparison comparison(forkAfter(run, 30 * round));
        run.post(RunCommand{}); // goes on beside its lanes
        comparison.add({.name = "as it is"});
        std::vector<std::future<SavedRun>> saves;
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(900);
        while (std::chrono::steady_clock::now() < end) {
            disturb(comparison, random);
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
            comparison.tick();
            differences += look(comparison, saves);
        }
        // leaving the scope ends all lanes in the middle of their work
    }
    require(differences > 0, "lanes went different ways");
    std::printf("%d differences\n", differences);
    return 0;
}
