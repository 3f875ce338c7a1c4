#include "core/compare/lane.h"

#include "core/experiment/experiment_io.h"
#include "core/session/loss_curve.h"
#include "core/training/datum_place.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace chronograd {

namespace {

/// All steps of the sequence, so that every lane shows the same ones.
constexpr std::int64_t wholeSequence = std::numeric_limits<std::int32_t>::max();

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
    Experiment own = parseExperiment(writeExperiment(experiment), experiment.file, lane.assignments);
    renameData(own.training.schedule, beginning.data->training, beginning.experiment.training.start.chunk,
               own.training.start.chunk);
    return own;
}

Lane::Session Lane::makeSession(const LaneSpec& spec, const ForkPoint& origin)
{
    ForkPoint point = spec.seed ? withSeed(origin, *spec.seed) : origin;
    if (origin.isBeginning()) {
        point.experiment = experimentOf(spec, point);
    }
    if (spec.evolves) {
        Evolution::Options options;
        options.seed = spec.seed.value_or(options.seed);
        return std::make_unique<EvolutionSession>(point, options);
    }
    auto session = std::make_unique<TrainingSession>(point);
    for (const SettingChange& change : spec.changes) {
        if (!origin.isBeginning()) {
            session->post(ChangeCommand{change});
        }
    }
    return session;
}

Lane::Lane(LaneSpec spec, const ForkPoint& origin)
    : m_spec(std::move(spec))
    , m_begin([origin](const LaneSpec& wished) { return makeSession(wished, origin); })
    , m_firstUpdate(origin.position.update)
    , m_firstStep(origin.steps)
    , m_session(m_begin(m_spec))
    , m_updates(m_firstUpdate)
    , m_steps(m_firstStep)
{
    look({});
}

Lane::Lane(LaneSpec spec, const Experiment& saved, std::shared_ptr<const Dataset> data)
    : m_spec(std::move(spec))
    , m_begin([saved, data = std::move(data)](const LaneSpec& wished) {
        Experiment experiment = saved;
        if (wished.seed) {
            experiment.network.init.seed = *wished.seed;
            experiment.session.reset();
        }
        return std::make_unique<TrainingSession>(std::move(experiment), data);
    })
    , m_firstUpdate(saved.session ? saved.session->moment.update : 0)
    , m_firstStep(0)
    , m_session(m_begin(m_spec))
    , m_isSaved(saved.session.has_value())
    , m_isThere(!m_isSaved)
    , m_updates(m_firstUpdate)
    , m_steps(m_firstStep)
{
    look({});
}

void Lane::post(const Command& command)
{
    if (const auto* past = std::get_if<PastCommand>(&command)) {
        m_past = *past;
    }
    std::visit([&command](const auto& session) { session->post(command); }, m_session);
}

void Lane::look(ViewCommand at)
{
    m_view = std::move(at);
    m_view.request.stepsBeyondCut = wholeSequence;
    post(m_view);
}

void Lane::restart()
{
    m_session = m_begin(m_spec);
    post(m_view);
    if (m_past) {
        post(*m_past);
    }
    m_isThere = !m_isSaved;
    m_news = {};
    m_updates = m_firstUpdate;
    m_steps = m_firstStep;
    m_state = RunState::Paused;
    m_message.clear();
    m_lossByUpdate = BoundedSeries(mostBuckets);
    m_lossBySteps = BoundedSeries(mostBuckets);
    m_frame = nullptr;
}

void Lane::restart(std::uint64_t newSeed)
{
    m_spec.seed = newSeed;
    if (std::exchange(m_isSaved, false)) {
        m_firstUpdate = 0;
    }
    restart();
}

void Lane::take()
{
    m_news = std::visit([](const auto& session) { return session->take(); }, m_session);
    if (m_news.curve) { // of the time before the lane, or of another course
        m_lossBySteps.cutAfter(m_news.points.empty() ? m_news.steps : m_news.points.front().steps - 1);
        m_lossByUpdate = BoundedSeries(mostBuckets);
        for (const Bucket& bucket : m_news.curve->losses().buckets()) {
            m_lossByUpdate.append(bucket.last, bucket.mean);
        }
    }
    for (const LossPoint& point : m_news.points) {
        m_lossByUpdate.append(point.update, point.loss);
        m_lossBySteps.cutAfter(point.steps - 1); // another course may part between a step and its update
        m_lossBySteps.append(point.steps, point.loss);
    }
    m_isThere = m_isThere || m_news.curve;
    if (m_isThere && m_news.run > 0) { // it has told something
        m_updates = m_news.update;
        m_steps = m_news.steps;
    }
    m_state = m_news.state;
    m_message = hasEnded() ? m_news.message : std::string();
    m_stepsPerSecond = m_news.stepsPerSecond;
    if (m_news.frame) {
        m_frame = m_news.frame;
    }
}

std::future<SavedRun> Lane::askSaved(std::size_t mostNumbers)
{
    assert(!evolves());
    const auto promise = std::make_shared<std::promise<SavedRun>>();
    post(SaveCommand{.to = promise, .what = SaveCommand::What::Course, .mostNumbers = mostNumbers});
    return promise->get_future();
}

Experiment Lane::recorded() const
{
    assert(!evolves());
    Experiment experiment = std::get<std::unique_ptr<TrainingSession>>(m_session)->recorded();
    experiment.name = m_spec.name;
    return experiment;
}

} // namespace chronograd
