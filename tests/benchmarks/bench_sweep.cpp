#include "core/experiment/experiment_io.h"
#include "core/sweep/sweep_folder.h"
#include "core/sweep/sweep_runner.h"

#include <chrono>
#include <cstdio>

/// A sweep of 400 small runs, kept on the disk: the time it takes beside (time of all runs added up) / cores.
/// Ends with 1 when it takes more than 10 % longer. Wants a machine that does nothing else.

using namespace chronograd;

int main()
{
    const std::filesystem::path file = std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                                       "resources/experiments/echo-three-back.chronograd.json";
    const SweepPlan plan(readExperiment(file, {"training.updates=1000"}),
                         {parseAxis("training.k1=1..10:10"), parseAxis("training.k2=1..20:10")}, 4);
    const std::filesystem::path place = std::filesystem::temp_directory_path() / "chronograd-bench-sweep";
    std::filesystem::remove_all(place);
    bool isWithin = true;
    {
        SweepFolder folder(place, plan);
        folder.beginRows({});
        const auto begin = std::chrono::steady_clock::now();
        SweepRunner runner(plan, missingRuns(plan, {}), 0,
                           [&folder](const SweepResult& result) { folder.append(result); });
        while (!runner.waitFor(std::chrono::milliseconds(100))) {
        }
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        const double least = runner.progress().runSeconds / SweepRunner::cores();
        isWithin = seconds <= 1.1 * least;
        std::printf("%lld runs on %d cores: %.3f s; all runs / cores: %.3f s; %+.1f %% (allowed +10 %%)%s\n",
                    static_cast<long long>(plan.runs()), SweepRunner::cores(), seconds, least,
                    100.0 * (seconds / least - 1.0), isWithin ? "" : " <");
    }
    std::filesystem::remove_all(place);
    return isWithin ? 0 : 1;
}
