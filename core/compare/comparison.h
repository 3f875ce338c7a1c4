#pragma once

#include "core/compare/first_difference.h"
#include "core/compare/lane.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chronograd {

/// What the lanes of a comparison have equally many of.
enum class Measure : std::uint8_t
{
    Updates,
    TimeSteps, ///< Run forward: the budget of what does not update equally often.
};

/// Up to six lanes that share a fork point, or are saved runs, each with a session of its own. In lockstep no
/// lane goes on before all have come to the same update (or number of time steps): they run in rounds that
/// are long enough not to wait mostly, short enough to look at. Freely, each runs as fast as it can.
///
/// It never waits: tick() is called again and again by whoever looks.
class Comparison
{
public:
    static constexpr std::size_t mostLanes = 6;

    explicit Comparison(ForkPoint origin, Measure measure = Measure::Updates);

    const ForkPoint& origin() const { return m_origin; }
    const std::vector<std::unique_ptr<Lane>>& lanes() const { return m_lanes; }
    bool isFull() const { return m_lanes.size() >= mostLanes; }

    /// A lane that begins at the fork point; when the others have gone on, it catches up first. A name that
    /// is taken gets a number. Precondition: !isFull(). \throws InputError for what cannot be trained.
    Lane& add(LaneSpec spec);
    /// One that was made elsewhere and began elsewhere.
    Lane& add(std::unique_ptr<Lane> lane);
    void remove(std::size_t lane); ///< The first that remains is the reference.

    Measure measure() const { return m_measure; }
    void setMeasure(Measure measure);
    bool isLockstep() const { return m_isLockstep; }
    void setLockstep(bool on);

    /// Running in lockstep pauses by itself when the lanes have come so far; from there it goes on.
    void pauseAt(std::int64_t amount) { m_pauseAt = amount; }
    void run();
    void pause(); ///< In lockstep at the end of the round, so that the lanes stand at the same update.
    bool isRunning() const { return m_isRunning; }
    bool haveAllEnded() const;
    /// In lockstep only the lanes that are not ahead of others.
    void step(Granularity granularity);
    /// In lockstep only the lanes that no other is ahead of. Before the fork all are where the run was; one
    /// that evolves stays.
    void stepBack(Granularity granularity);
    /// Every lane to the end of an update, as far as it has come.
    void goTo(std::int64_t update);
    void restart(); ///< Every lane, see Lane::restart().
    /// This lane alone; in lockstep it catches up with the others.
    void restart(std::size_t lane, std::uint64_t newSeed);

    /// Takes the news of all lanes and lets those that wait go on.
    void tick();
    /// What a lane first differs in from the first; absent also while they are not at the same update.
    std::optional<Difference> differenceFromFirst(std::size_t lane) const;

private:
    using Clock = std::chrono::steady_clock;

    std::int64_t progress(const Lane& lane) const;
    bool isAtGoal(const Lane& lane) const;
    void postRun(Lane& lane) const;
    void nextRound();
    void adaptRound();

    ForkPoint m_origin;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    Measure m_measure;
    bool m_isLockstep = true;
    bool m_isRunning = false;
    std::int64_t m_goal;      ///< Of the round: updates, or time steps, since the beginning.
    std::int64_t m_round = 1; ///< Updates, or time steps, of a round.
    std::optional<std::int64_t> m_pauseAt;
    std::optional<std::int64_t> m_lastGoal; ///< Of this run, where it ends by itself.
    Clock::time_point m_roundBegan;
};

} // namespace chronograd
