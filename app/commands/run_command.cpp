#include "app/commands/commands.h"
#include "app/commands/metrics_file.h"
#include "app/commands/progress_bar.h"
#include "app/commands/training_run.h"
#include "core/analysis/speaker.h"
#include "core/experiment/experiment_io.h"
#include "core/experiment/rebase_paths.h"
#include "core/session/loss_curve.h"
#include "core/session/saved_session.h"
#include "core/session/timeline.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>

namespace chronograd {

namespace {

volatile std::sig_atomic_t wasInterrupted = 0;

/// Tells what it is told, and takes what a session that is to be saved is made of: checkpoints and the curve.
class SessionTaker : public TrainingObserver
{
public:
    explicit SessionTaker(TrainingObserver* next)
        : m_next(next)
    {}

    const Timeline& timeline() const { return m_timeline; }
    const LossCurve& curve() const { return m_curve; }
    void updated(const UpdateReport& report) override
    {
        m_curve.append(LossPoint{.update = report.update, .loss = report.loss, .testLoss = std::nullopt});
        if (m_next != nullptr) {
            m_next->updated(report);
        }
    }
    void epochEnded(const EpochReport& report) override
    {
        if (report.testLoss && report.lastUpdate == m_curve.lastUpdate() && report.lastUpdate > m_lastTest) {
            m_curve.appendTest(report.lastUpdate, *report.testLoss);
            m_lastTest = report.lastUpdate;
        }
        if (m_next != nullptr) {
            m_next->epochEnded(report);
        }
    }
    void sequenceBegan(const Trainer& trainer) override { m_timeline.note(trainer); }

private:
    TrainingObserver* m_next;
    Timeline m_timeline;
    LossCurve m_curve;
    std::int64_t m_lastTest = 0;
};

/// What --save writes: the file, how far it was trained, and how to come there again.
Experiment trained(const Experiment& experiment, const Trainer& trainer, const SessionTaker& taker)
{
    Experiment saved = experiment;
    saved.training.schedule = trainer.schedule();
    saved.session = savedSession(trainer, taker.timeline(), &taker.curve());
    return saved;
}

/// What the network says after training; that it can is known before.
class Generation
{
public:
    Generation(const CommandArguments& arguments, const LoadedExperiment& loaded, const Trainer& trainer)
        : m_arguments(arguments)
        , m_start(arguments.start)
        , m_random(loaded.experiment.training.seed, "generate")
    {
        if (arguments.generate == 0) {
            return;
        }
        const auto& symbols = loaded.data->inputNames;
        const std::string problem = Speaker::problem(trainer.network(), *loaded.data);
        if (!problem.empty()) {
            throw InputError(arguments.file.string() + ": " + problem);
        }
        m_speaker.emplace(trainer.sharedNetwork(), symbols);
        if (m_start.empty()) {
            m_start = symbols.front();
        }
        m_speaker->speak(trainer.weights(), m_start, 0, 0.0, m_random); // refuses a start it cannot read
    }

    void print(const Vector& weights)
    {
        if (m_speaker) {
            const std::string text =
                m_speaker->speak(weights, m_start, m_arguments.generate, m_arguments.temperature, m_random);
            std::printf("%s\n", text.c_str());
        }
    }

private:
    const CommandArguments& m_arguments;
    std::string m_start;
    Random m_random;
    std::optional<Speaker> m_speaker;
};

std::optional<double> shareOf(const Trainer& trainer, std::optional<std::int64_t> updates)
{
    if (!updates || *updates == 0) {
        return std::nullopt;
    }
    return static_cast<double>(trainer.position().update) / static_cast<double>(*updates);
}

std::string progressText(const Trainer& trainer)
{
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), "update %lld  loss %.6g",
                  static_cast<long long>(trainer.position().update), trainer.loss());
    return text.data();
}

void printSummary(Trainer& trainer, double seconds)
{
    std::string line = std::to_string(trainer.position().update) + " updates";
    if (trainer.position().update > 0) {
        line += ", loss " + numberText(trainer.loss());
    }
    if (const std::optional<double> test = trainer.testLoss()) {
        line += ", test loss " + numberText(*test);
    }
    if (const std::optional<Accuracy> accuracy = trainer.accuracy()) {
        std::array<char, 32> percent;
        std::snprintf(percent.data(), percent.size(), ", accuracy %.4g %%", 100.0 * accuracy->share());
        line += percent.data();
    }
    std::printf("%s, %.3g time steps per second\n", line.c_str(),
                seconds > 0 ? static_cast<double>(trainer.stepsDone()) / seconds : 0.0);
}

} // namespace

int runCommand(const CommandArguments& arguments)
{
    LoadedExperiment loaded = load(arguments);
    if (arguments.updates) {
        loaded.experiment.training.updates = arguments.updates;
    }
    std::optional<MetricsFile> metrics;
    if (!arguments.metrics.empty()) {
        metrics.emplace(arguments.metrics);
    }
    Trainer trainer(loaded.experiment, loaded.data,
                    {.recordWeights = false, .evaluateTest = metrics.has_value()});
    Generation generation(arguments, loaded, trainer);
    SessionTaker taker(metrics ? &*metrics : nullptr);
    if (!arguments.save.empty()) {
        trainer.setObserver(&taker);
    } else if (metrics) {
        trainer.setObserver(&*metrics);
    }

    wasInterrupted = 0;
    const auto before = std::signal(SIGINT, [](int) { wasInterrupted = 1; });
    const auto begin = std::chrono::steady_clock::now();
    {
        ProgressBar progress;
        while (!trainer.isFinished() && wasInterrupted == 0) {
            trainer.advance(Granularity::Update);
            progress.show(shareOf(trainer, loaded.experiment.training.updates),
                          [&trainer] { return progressText(trainer); });
        }
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::signal(SIGINT, before);

    if (metrics) {
        metrics->finish();
    }
    if (!arguments.save.empty()) {
        writeFile(arguments.save,
                  writeExperiment(rebasedPaths(trained(loaded.experiment, trainer, taker), arguments.save)));
    }
    if (trainer.hasDiverged()) {
        std::fprintf(stderr, "%s: %s\n", arguments.file.string().c_str(), trainer.message().c_str());
    }
    if (!trainer.hasDiverged()) {
        generation.print(trainer.weights());
    }
    printSummary(trainer, seconds.count());
    return wasInterrupted != 0 ? 130 : trainer.hasDiverged() ? 1 : 0;
}

} // namespace chronograd
