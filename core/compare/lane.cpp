#include "core/compare/lane.h"

#include "core/experiment/experiment_io.h"
#include "core/session/loss_curve.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace chronograd {

namespace {

/// All steps of the sequence, so that every lane shows the same ones.
constexpr FrameRequest wholeSequence{.stepsBeyondCut = std::numeric_limits<std::int32_t>::max()};

} // namespace

Experiment experimentOf(const LaneSpec& lane, const ForkPoint& beginning)
{
    assert(beginning.isBeginning());
    Experiment experiment = beginning.experiment;
    for (const SettingChange& change : lane.changes) {
        apply(experiment.training.start, change);
        for (ScheduleEntry& entry : experiment.training.schedule) {
            std::erase_if(entry.set,
                          [&](const SettingChange& each) { return each.setting == change.setting; });
        }
    }
    std::erase_if(experiment.training.schedule,
                  [](const ScheduleEntry& entry) { return entry.set.empty() && entry.edits.empty(); });
    // Written and read again: the reader is the one place that knows what fits together.
    return parseExperiment(writeExperiment(experiment), experiment.file, lane.assignments);
}

Lane::Session Lane::makeSession(const LaneSpec& spec, const ForkPoint& origin)
{
    ForkPoint point = origin;
    if (origin.isBeginning()) {
        point.experiment = experimentOf(spec, origin);
    }
    if (spec.evolves) {
        return std::make_unique<EvolutionSession>(point, Evolution::Options{});
    }
    auto session = std::make_unique<TrainingSession>(point);
    for (const SettingChange& change : spec.changes) {
        if (!origin.isBeginning()) {
            session->post(ChangeCommand{change});
        }
    }
    session->post(ViewCommand{wholeSequence});
    return session;
}

Lane::Lane(LaneSpec spec, const ForkPoint& origin)
    : m_spec(std::move(spec))
    , m_session(makeSession(m_spec, origin))
    , m_updates(origin.position.update)
    , m_steps(origin.steps)
{}

Lane::Lane(LaneSpec spec, const Experiment& saved, std::shared_ptr<const Dataset> data)
    : m_spec(std::move(spec))
    , m_session(std::make_unique<TrainingSession>(saved, std::move(data)))
    , m_updates(saved.session ? saved.session->update : 0)
    , m_steps(0)
{
    post(ViewCommand{wholeSequence});
}

void Lane::post(const Command& command)
{
    std::visit([&command](const auto& session) { session->post(command); }, m_session);
}

void Lane::take()
{
    m_news = std::visit([](const auto& session) { return session->take(); }, m_session);
    if (m_news.curve) { // of the time before the lane
        m_lossByUpdate = BoundedSeries(mostBuckets);
        for (const Bucket& bucket : m_news.curve->losses().buckets()) {
            m_lossByUpdate.append(bucket.last, bucket.mean);
        }
    }
    for (const LossPoint& point : m_news.points) {
        m_lossByUpdate.append(point.update, point.loss);
        m_lossBySteps.append(point.steps, point.loss);
    }
    m_updates = std::max(m_updates, m_news.furthest);
    m_steps = std::max(m_steps, m_news.steps);
    m_state = m_news.state;
    m_message = hasEnded() ? m_news.message : std::string();
    m_stepsPerSecond = m_news.stepsPerSecond;
    if (m_news.frame) {
        m_frame = m_news.frame;
    }
}

Experiment Lane::recorded() const
{
    assert(!evolves());
    Experiment experiment = std::get<std::unique_ptr<TrainingSession>>(m_session)->recorded();
    experiment.name = m_spec.name;
    return experiment;
}

} // namespace chronograd
