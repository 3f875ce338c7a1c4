#include "core/experiment/experiment_io.h"
#include "core/session/timeline.h"
#include "core/tasks/task.h"
#include "tests/benchmarks/parts/parts.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace benchmark {

using namespace chronograd;

namespace {

constexpr double mostMilliseconds = 50.0;
constexpr double mostMegabytes = 64.0;
constexpr std::int64_t lately = 10'000; ///< Updates.

/// A run that takes its checkpoints, as a session does.
class Run : private TrainingObserver
{
public:
    explicit Run(Experiment experiment) // filled in by its data
        : m_trainer(experiment, std::make_shared<const Dataset>(makeDataset(experiment)),
                    {.recordWeights = true, .evaluateTest = false})
    {
        m_timeline.note(m_trainer);
    }
    Trainer& trainer() { return m_trainer; }
    const Timeline& timeline() const { return m_timeline; }

    void trainTo(std::int64_t update)
    {
        m_trainer.setObserver(this);
        while (m_trainer.position().update < update && !m_trainer.isFinished())
            m_trainer.advance(Granularity::Update);
        m_trainer.setObserver(nullptr);
    }

private:
    void updated(const UpdateReport&) override {}
    void epochEnded(const EpochReport&) override {}
    void sequenceBegan(const Trainer& trainer) override { m_timeline.note(trainer); }

    Timeline m_timeline;
    Trainer m_trainer;
};

struct Times
{
    double middle = 0.0;
    double most = 0.0;
};

/// Milliseconds of 200 journeys, each with the frame that is then looked at.
Times journeys(Run& run, const std::function<void(std::int64_t update)>& journey)
{
    std::mt19937 random(1);
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        const double begin = cpuTime();
        journey(static_cast<std::int64_t>(random() % lately));
        run.trainer().frame({});
        times.push_back((cpuTime() - begin) * 1e3);
    }
    return {median(times), *std::ranges::max_element(times)};
}

void rewindAfter(const Experiment& experiment, std::int64_t updates, Report& report)
{
    Run run(experiment);
    run.trainTo(updates);
    const auto row = [&](const char* name, const Times& times) {
        const double megabytes = static_cast<double>(run.timeline().bytes()) / 1e6;
        report.row(times.most < mostMilliseconds && megabytes < mostMegabytes,
                   "%-28s%10lld%10.2f%10.2f%10.1f", name, static_cast<long long>(updates), times.middle,
                   times.most, megabytes);
    };
    const auto goTo = [&](std::int64_t back) { run.timeline().goToUpdate(run.trainer(), updates - back); };
    row("to an update", journeys(run, goTo));
    for (const auto& [name, size] :
         {std::pair("one update back", Granularity::Update), std::pair("one layer back", Granularity::Layer),
          std::pair("one term back", Granularity::Term)})
    {
        goTo(lately / 2);
        run.trainer().advance(Granularity::Term);
        row(name, journeys(run, [&](std::int64_t) { run.timeline().stepBack(run.trainer(), size); }));
    }
}

} // namespace

void rewindPart(const Effort& effort, Report& report)
{
    Experiment experiment =
        readExperiment(CHRONOGRAD_SOURCE_DIR "/resources/experiments/sunspots.chronograd.json");
    experiment.training.updates.reset();
    report.line("Back in time by replay, sunspots, the last %lld updates; targets: below %.0f ms, %.0f MB",
                static_cast<long long>(lately), mostMilliseconds, mostMegabytes);
    report.line("  journey                      updates    median      most        MB");
    for (const std::int64_t updates : {20'000, 200'000, 2'000'000}) {
        if (!effort.isQuick || updates <= 200'000)
            rewindAfter(experiment, updates, report);
    }
}

} // namespace benchmark
