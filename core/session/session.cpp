#include "core/session/session.h"

#include "core/experiment/input_error.h"
#include "core/session/worker.h"

#include <chrono>
#include <utility>

namespace chronograd {

TrainingSession::TrainingSession(Experiment experiment, std::shared_ptr<const Dataset> data)
    : m_worker(std::make_unique<Worker>(std::move(experiment), std::move(data)))
{}

TrainingSession::TrainingSession(const ForkPoint& point)
    : m_worker(std::make_unique<Worker>(point.experiment, point.data, point))
{}

TrainingSession::~TrainingSession() = default;

void TrainingSession::post(Command command)
{
    m_worker->post(std::move(command));
}

SessionNews TrainingSession::take()
{
    return m_worker->take();
}

Experiment TrainingSession::saved(UndoList undo)
{
    if (auto saved = ask(SaveCommand::What::Session, std::move(undo))) {
        return *std::move(saved);
    }
    throw InputError(
        "not saved: what was asked for before is still being computed; save again when it is done");
}

Experiment TrainingSession::restarted()
{
    return ask(SaveCommand::What::Restart).value_or(recorded());
}

std::optional<Experiment> TrainingSession::ask(SaveCommand::What what, UndoList undo)
{
    constexpr auto patience = std::chrono::seconds(3);
    const auto promise = std::make_shared<std::promise<SavedRun>>();
    std::future<SavedRun> run = promise->get_future();
    post(SaveCommand{.to = promise, .what = what, .undo = std::move(undo)});
    if (run.wait_for(patience) != std::future_status::ready) {
        return std::nullopt;
    }
    return run.get().experiment;
}

Experiment TrainingSession::recorded() const
{
    return m_worker->recorded();
}

} // namespace chronograd
