#include "ui/main_window/session_bridge.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/rebase_paths.h"
#include "core/tasks/task.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace chronograd {

SessionBridge::SessionBridge(QObject* parent)
    : QObject(parent)
{
    using namespace std::chrono_literals;
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(16ms);
    connect(&m_timer, &QTimer::timeout, this, &SessionBridge::take);
}

SessionBridge::~SessionBridge() = default;

bool SessionBridge::open(const std::filesystem::path& file)
{
    try {
        return open(readExperiment(file));
    } catch (const InputError& error) {
        emit failed(QString::fromUtf8(error.what()));
        return false;
    }
}

bool SessionBridge::open(Experiment toOpen)
{
    try {
        auto experiment = std::make_unique<Experiment>(std::move(toOpen));
        auto data = std::make_shared<const Dataset>(makeDataset(*experiment));
        auto session = std::make_unique<TrainingSession>(*experiment, data);
        if (m_session)
            emit closing();
        m_experiment = std::move(experiment);
        m_data = std::move(data);
        m_session = std::move(session);
    } catch (const InputError& error) {
        emit failed(QString::fromUtf8(error.what()));
        return false;
    }
    m_undoList = m_experiment->session ? m_experiment->session->undo : UndoList();
    m_frame = nullptr;
    m_state = RunState::Paused;
    m_timer.start();
    emit opened();
    return true;
}

bool SessionBridge::save(const std::filesystem::path& file)
{
    if (!m_session)
        return false;
    try {
        writeFile(file, writeExperiment(rebasedPaths(m_session->saved(m_undoList), file)));
    } catch (const InputError& error) {
        emit failed(QString::fromUtf8(error.what()));
        return false;
    }
    return true;
}

Experiment SessionBridge::restarted()
{
    return m_session->restarted();
}

void SessionBridge::post(Command command)
{
    if (!m_session)
        return;
    emit posting(command);
    m_session->post(std::move(command));
}

std::future<SavedRun> SessionBridge::askSaved(std::size_t mostNumbers)
{
    if (!m_session)
        return {};
    const auto promise = std::make_shared<std::promise<SavedRun>>();
    m_session->post(SaveCommand{
        .to = promise, .what = SaveCommand::What::Course, .mostNumbers = mostNumbers, .undo = m_undoList});
    return promise->get_future();
}

void SessionBridge::stop()
{
    m_timer.stop();
    if (m_session)
        emit closing();
    m_session.reset();
}

std::int64_t SessionBridge::longestSequence() const
{
    std::int64_t longest = 1;
    if (m_data)
        for (const Sequence& sequence : m_data->training)
            longest = std::max(longest, sequence.length());
    return longest;
}

void SessionBridge::take()
{
    SessionNews news = m_session->take();
    m_state = news.state;
    m_furthest = news.furthest;
    m_run = news.run;
    m_course = news.course;
    if (!news.points.empty())
        emit trained();
    tell(m_cover ? m_cover(std::move(news)) : news);
}

void SessionBridge::tell(const SessionNews& news)
{
    if (news.frame)
        m_frame = news.frame;
    emit newsTaken(news);
    if (news.frame)
        emit frameTaken(news.frame);
}

} // namespace chronograd
