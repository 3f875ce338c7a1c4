#include "core/compare/comparison.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <string>
#include <utility>

namespace chronograd {

namespace {

/// A round shorter than this is mostly waiting for the next tick; a longer one can be seen to jerk.
constexpr auto shortRound = std::chrono::milliseconds(30);
constexpr auto longRound = std::chrono::milliseconds(70);

} // namespace

Comparison::Comparison(ForkPoint origin, Measure measure)
    : m_origin(std::move(origin))
    , m_measure(measure)
    , m_goal(measure == Measure::Updates ? m_origin.position.update : m_origin.steps)
{}

Lane& Comparison::add(LaneSpec spec)
{
    return add(std::make_unique<Lane>(std::move(spec), m_origin));
}

Lane& Comparison::add(std::unique_ptr<Lane> added)
{
    assert(!isFull());
    const std::string wish = added->name();
    const auto isTaken = [this](const std::string& name) {
        return std::ranges::any_of(m_lanes, [&name](const auto& lane) { return lane->name() == name; });
    };
    for (int number = 2; isTaken(added->name()); ++number) {
        added->rename(wish + " (" + std::to_string(number) + ")");
    }
    m_lanes.push_back(std::move(added));
    if (m_isRunning) {
        postRun(*m_lanes.back());
    }
    return *m_lanes.back();
}

void Comparison::remove(std::size_t lane)
{
    m_lanes.erase(m_lanes.begin() + static_cast<std::ptrdiff_t>(lane));
    m_isRunning = m_isRunning && !m_lanes.empty();
}

std::int64_t Comparison::progress(const Lane& lane) const
{
    return m_measure == Measure::Updates ? lane.updates() : lane.steps();
}

bool Comparison::isAtGoal(const Lane& lane) const
{
    return lane.hasEnded() || (lane.state() != RunState::Running && progress(lane) >= m_goal);
}

bool Comparison::haveAllEnded() const
{
    return std::ranges::all_of(m_lanes, [](const auto& lane) { return lane->hasEnded(); });
}

void Comparison::setMeasure(Measure measure)
{
    if (measure == m_measure) {
        return;
    }
    const bool goesOn = m_isRunning;
    pause();
    m_measure = measure;
    m_pauseAt.reset(); // it was an amount of something else
    m_round = 1;
    if (goesOn) {
        run();
    }
}

void Comparison::setLockstep(bool on)
{
    if (on == m_isLockstep) {
        return;
    }
    m_isLockstep = on;
    if (m_isRunning) {
        run();
    }
}

void Comparison::postRun(Lane& lane) const
{
    RunCommand run;
    if (m_isLockstep && m_measure == Measure::Updates) {
        run.until = {.kind = StopCondition::Kind::Update, .update = m_goal};
    } else if (m_isLockstep) {
        run.until = {.kind = StopCondition::Kind::TimeSteps, .steps = m_goal};
    }
    lane.post(run);
}

void Comparison::run()
{
    if (m_lanes.empty() || haveAllEnded()) {
        return;
    }
    m_isRunning = true;
    m_goal = 0; // Those that are behind catch up first.
    for (const auto& lane : m_lanes) {
        m_goal = std::max(m_goal, progress(*lane));
    }
    m_lastGoal = m_pauseAt && m_goal < *m_pauseAt ? m_pauseAt : std::nullopt;
    m_roundBegan = Clock::now();
    for (const auto& lane : m_lanes) {
        lane->post(PauseCommand{}); // one that runs freely does not stop at a goal it has passed
        postRun(*lane);
    }
}

void Comparison::pause()
{
    m_isRunning = false;
    for (const auto& lane : m_lanes) {
        if (!m_isLockstep) {
            lane->post(PauseCommand{});
        }
    }
}

void Comparison::step(Granularity granularity)
{
    pause();
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (const auto& lane : m_lanes) {
        if (!lane->hasEnded()) {
            least = std::min(least, progress(*lane));
        }
    }
    for (const auto& lane : m_lanes) {
        if (!m_isLockstep || progress(*lane) <= least) {
            lane->post(StepCommand{granularity});
        }
    }
}

void Comparison::stepBack(Granularity granularity)
{
    pause();
    std::int64_t most = 0;
    for (const auto& lane : m_lanes) {
        most = std::max(most, lane->evolves() ? 0 : progress(*lane));
    }
    for (const auto& lane : m_lanes) {
        if (!m_isLockstep || progress(*lane) >= most) {
            lane->post(StepBackCommand{granularity});
        }
    }
}

void Comparison::goTo(std::int64_t update)
{
    pause();
    for (const auto& lane : m_lanes) {
        lane->post(PauseCommand{});
        lane->post(GoToCommand{update});
    }
}

void Comparison::restart()
{
    m_isRunning = false;
    m_round = 1;
    for (const auto& lane : m_lanes) {
        lane->restart();
    }
}

void Comparison::restart(std::size_t lane, std::uint64_t newSeed)
{
    m_lanes[lane]->restart(newSeed);
    if (m_isRunning) {
        postRun(*m_lanes[lane]);
    }
}

void Comparison::tick()
{
    for (const auto& lane : m_lanes) {
        lane->take();
    }
    if (!m_isRunning) {
        return;
    }
    if (haveAllEnded()) {
        m_isRunning = false;
    } else if (m_isLockstep &&
               std::ranges::all_of(m_lanes, [this](const auto& lane) { return isAtGoal(*lane); })) {
        nextRound();
    }
}

void Comparison::nextRound()
{
    if (m_goal == m_lastGoal) {
        pause();
        return;
    }
    adaptRound();
    m_goal = std::min(m_goal + m_round, m_lastGoal.value_or(std::numeric_limits<std::int64_t>::max()));
    m_roundBegan = Clock::now();
    for (const auto& lane : m_lanes) {
        postRun(*lane);
    }
}

void Comparison::adaptRound()
{
    const auto took = Clock::now() - m_roundBegan;
    if (took < shortRound) {
        m_round *= 2;
    } else if (took > longRound) {
        m_round = std::max<std::int64_t>(1, m_round / 2);
    }
}

std::optional<Difference> Comparison::differenceFromFirst(std::size_t lane) const
{
    const auto& a = m_lanes.front()->frame();
    const auto& b = m_lanes[lane]->frame();
    if (lane == 0 || !a || !b || a->position.update != b->position.update || !areComparable(*a, *b)) {
        return std::nullopt;
    }
    return firstDifference(*a, *b);
}

} // namespace chronograd
