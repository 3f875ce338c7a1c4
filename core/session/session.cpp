#include "core/session/session.h"

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

Experiment TrainingSession::saved()
{
    return ask(SaveCommand::What::Session);
}

Experiment TrainingSession::restarted()
{
    return ask(SaveCommand::What::Restart);
}

Experiment TrainingSession::ask(SaveCommand::What what)
{
    constexpr auto patience = std::chrono::seconds(3);
    const auto promise = std::make_shared<std::promise<SavedRun>>();
    std::future<SavedRun> run = promise->get_future();
    post(SaveCommand{.to = promise, .what = what});
    return run.wait_for(patience) == std::future_status::ready ? run.get().experiment : recorded();
}

Experiment TrainingSession::recorded() const
{
    return m_worker->recorded();
}

} // namespace chronograd
