#pragma once

#include "core/compare/evolution_session.h"
#include "core/session/bounded_series.h"
#include "core/session/session.h"
#include "core/training/setting.h"

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace chronograd {

/// What makes a lane different from the others.
struct LaneSpec
{
    std::string name;
    std::vector<SettingChange> changes = {}; ///< Asked for at the fork point.
    /// What no setting can say, as on the command line: "training.batch_size=all". Where the fork point is
    /// the beginning only.
    std::vector<std::string> assignments = {};
    bool evolves = false; ///< By an evolution strategy instead of back-propagation.
    /// Of the initial weights: the way to the fork point is trained again from these. Absent: that of the
    /// run.
    std::optional<std::uint64_t> seed = {};
    std::string about = {}; ///< What it is, where it did not come from the fork point.
};

/// One course from a fork point, or from where a saved run stood, with a session of its own and what has been
/// told of it so far.
class Lane
{
public:
    /// \throws InputError for what cannot be trained.
    Lane(LaneSpec spec, const ForkPoint& origin);
    /// Goes on from the `session` of a saved run; the curve of then is its beginning. (How many time steps
    /// came before each of its updates was not saved: lossBySteps() begins where it goes on.)
    Lane(LaneSpec spec, const Experiment& saved, std::shared_ptr<const Dataset> data);

    const std::string& name() const { return m_spec.name; }
    void rename(std::string name) { m_spec.name = std::move(name); }
    const LaneSpec& spec() const { return m_spec; }
    bool evolves() const { return m_spec.evolves; }

    void post(const Command& command);
    /// What is looked at, of the whole sequence; also after a restart.
    void look(ViewCommand at);
    void take(); ///< The news of its session.
    /// From where it began once more, as it was asked for then: what was changed on the way is forgotten.
    void restart();
    /// The same from other initial weights: to where it began, a saved run to the beginning, and as it was
    /// asked for then.
    void restart(std::uint64_t newSeed);

    std::int64_t updates() const { return m_updates; }         ///< Done where it stands, since the run began.
    std::int64_t steps() const { return m_steps; }             ///< Time steps trained until there.
    std::int64_t furthest() const { return m_news.furthest; }  ///< Updates it has computed.
    std::int64_t firstUpdate() const { return m_firstUpdate; } ///< Done where it began.
    RunState state() const { return m_state; }
    bool hasEnded() const { return m_state == RunState::Finished || m_state == RunState::Diverged; }
    const std::string& message() const { return m_message; } ///< Why it has ended; else empty.
    double stepsPerSecond() const { return m_stepsPerSecond; }
    /// Of the training or, when evolving, of the best child of the last generation.
    const BoundedSeries& lossByUpdate() const { return m_lossByUpdate; }
    const BoundedSeries& lossBySteps() const { return m_lossBySteps; }
    /// The newest; null when nothing has been told yet, and for evolving lanes.
    const std::shared_ptr<const Frame>& frame() const { return m_frame; }
    const SessionNews& lastNews() const { return m_news; }

    /// The session as a file keeps it; see SaveCommand. Precondition: it does not evolve.
    std::future<SavedRun> askSaved(std::size_t mostNumbers);
    /// What "save" writes: the experiment with everything that was changed on the way.
    /// Precondition: it does not evolve.
    Experiment recorded() const;

private:
    using Session = std::variant<std::unique_ptr<TrainingSession>, std::unique_ptr<EvolutionSession>>;
    static constexpr std::size_t mostBuckets = 8192;
    static Session makeSession(const LaneSpec& spec, const ForkPoint& origin);

    LaneSpec m_spec;
    std::function<Session(const LaneSpec&)> m_begin;
    std::int64_t m_firstUpdate;
    std::int64_t m_firstStep; ///< Time steps trained where it began.
    ViewCommand m_view;
    std::optional<PastCommand> m_past; ///< The last that was asked.
    Session m_session;
    bool m_isSaved = false; ///< It goes to where it stood first …
    bool m_isThere = true;  ///< … and is there.
    SessionNews m_news;
    std::int64_t m_updates;
    std::int64_t m_steps;
    RunState m_state = RunState::Paused;
    std::string m_message;
    double m_stepsPerSecond = 0.0;
    BoundedSeries m_lossByUpdate{mostBuckets};
    BoundedSeries m_lossBySteps{mostBuckets};
    std::shared_ptr<const Frame> m_frame;
};

/// The experiment of a fork point as the lane has it from its first step on; what the lane changes, no later
/// entry of the schedule changes. Precondition: the point is the beginning. \throws InputError when the
/// lane's settings do not fit the experiment
Experiment experimentOf(const LaneSpec& lane, const ForkPoint& beginning);

} // namespace chronograd
