// A hand that never rests, against the threads of a sweep: for the thread sanitizer, so without Qt.

#include "core/experiment/experiment_io.h"
#include "core/sweep/sweep_folder.h"
#include "core/sweep/sweep_runner.h"
#include "tests/support/require.h"

#include <chrono>
#include <cstdio>
#include <random>

using namespace chronograd;
using test::require;

namespace {

SweepPlan makePlan()
{
    const std::filesystem::path file =
        std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources/experiments/sunspots.chronograd.json";
    return SweepPlan(readExperiment(file, {"training.updates=3000"}),
                     {parseAxis("training.k1=1,4"), parseAxis("training.learning_rate=0.01,1e9")}, 4);
}

/// Runs what is missing until it is done or `orders` orders have been given. \returns is it done?
bool goOn(SweepFolder& folder, const SweepPlan& plan, std::mt19937& random, int orders)
{
    SweepRunner runner(plan, missingRuns(plan, folder.readResults()), 1 + static_cast<int>(random() % 6),
                       [&folder](const SweepResult& result) { folder.append(result); });
    std::size_t taken = 0;
    for (int i = 0; i < orders && !runner.waitFor(std::chrono::milliseconds(random() % 4)); ++i) {
        switch (random() % 4) {
        case 0:
            runner.pause();
            break;
        case 1:
            taken += runner.take().size();
            break;
        default:
            runner.resume();
        }
        const SweepProgress progress = runner.progress();
        require(progress.share >= 0 && progress.share <= 1 && progress.done <= progress.runs,
                "progress stays within its limits");
    }
    runner.cancel();
    require(runner.waitFor(std::chrono::seconds(60)), "a cancelled sweep ends");
    taken += runner.take().size();
    require(static_cast<std::int64_t>(taken) == runner.progress().done, "every result is told once");
    return runner.progress().state == SweepProgress::State::Finished;
}

} // namespace

int main()
{
    const std::filesystem::path place = std::filesystem::temp_directory_path() /
                                        ("chronograd-stress-sweep-" + std::to_string(std::random_device()()));
    const SweepPlan plan = makePlan();
    std::mt19937 random(1);
    std::vector<SweepResult> first;
    for (int round = 0; round < 5; ++round) {
        int starts = 1;
        {
            SweepFolder folder(place, plan);
            folder.beginRows({});
            while (!goOn(folder, plan, random, 6 * starts))
                require(++starts < 1000, "a sweep that is begun again comes to its end");
            const auto results = folder.readResults();
            require(missingRuns(plan, results).empty(), "nothing is missing at the end");
            require(first.empty() || results == first, "every sweep comes to the same");
            first = results;
        }
        std::filesystem::remove_all(place);
        std::printf("%zu runs in %d starts\n", first.size(), starts);
    }
    return 0;
}
