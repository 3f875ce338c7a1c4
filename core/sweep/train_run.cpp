#include "core/sweep/sweep_result.h"

#include "core/experiment/out_of_memory.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"

#include <new>

namespace chronograd {
namespace {

/// The loss a run is judged by: a single update says little.
class LossOfRun final : public TrainingObserver
{
public:
    void updated(const UpdateReport& report) override
    {
        m_sum += report.loss;
        ++m_updates;
    }
    void epochEnded(const EpochReport& report) override { m_ofEpoch = report.meanLoss; }

    std::optional<double> value() const
    {
        if (m_ofEpoch || m_updates == 0)
            return m_ofEpoch;
        return m_sum / static_cast<double>(m_updates);
    }

private:
    double m_sum = 0.0;
    std::int64_t m_updates = 0;
    std::optional<double> m_ofEpoch;
};

/// Without what names a place: results are the same wherever they are made.
std::string withoutPlace(std::string_view message, const std::filesystem::path& file)
{
    for (const std::string& prefix : {std::string("--set "), file.string() + ": "})
        if (message.substr(0, prefix.size()) == prefix)
            message.remove_prefix(prefix.size());
    return std::string(message);
}

bool train(Trainer& trainer, std::optional<std::int64_t> updates, const RunControl& control)
{
    trainer.setInterrupt(control.interrupt);
    while (!trainer.isFinished()) {
        if (control.interrupt != nullptr && control.interrupt->load(std::memory_order_relaxed) &&
            !control.goOn())
            return false;
        trainer.advance(Granularity::Update);
        if (control.share != nullptr && updates && *updates > 0)
            control.share->store(static_cast<double>(trainer.position().update) /
                                     static_cast<double>(*updates),
                                 std::memory_order_relaxed);
    }
    return true;
}

} // namespace

std::optional<SweepResult> trainRun(const SweepPlan& plan, std::int64_t run, const RunControl& control)
{
    SweepResult result;
    result.run = run;
    try {
        Experiment experiment = plan.experimentOf(run);
        result.initSeed = experiment.network.init.seed;
        result.trainingSeed = experiment.training.seed;
        const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
        Trainer trainer(experiment, data, {.recordWeights = false, .evaluateTest = false});
        LossOfRun loss;
        trainer.setObserver(&loss);
        if (!train(trainer, experiment.training.updates, control))
            return std::nullopt;
        result.updates = trainer.position().update;
        if (trainer.hasDiverged()) {
            result.outcome = RunOutcome::Diverged;
            result.message = trainer.message();
            return result;
        }
        result.loss = loss.value();
        result.testLoss = trainer.testLoss();
        if (const std::optional<Accuracy> accuracy = trainer.accuracy())
            result.accuracy = accuracy->share();
    } catch (const OutOfMemory&) { // says nothing about these values
        throw std::bad_alloc();
    } catch (const InputError& error) {
        result.outcome = RunOutcome::Refused;
        result.message = withoutPlace(error.what(), plan.base().file);
    }
    return result;
}

} // namespace chronograd
