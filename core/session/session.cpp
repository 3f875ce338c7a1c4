#include "core/session/session.h"

#include "core/session/worker.h"

#include <utility>

namespace chronograd {

TrainingSession::TrainingSession(Experiment experiment, std::shared_ptr<const Dataset> data)
    : m_worker(std::make_unique<Worker>(std::move(experiment), std::move(data)))
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

Experiment TrainingSession::recorded() const
{
    return m_worker->recorded();
}

} // namespace chronograd
