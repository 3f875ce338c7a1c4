#pragma once

#include "core/analysis/past_gradients.h"
#include "core/analysis/update_analysis.h"
#include "core/experiment/experiment.h"
#include "core/session/fork_point.h"
#include "core/tasks/dataset.h"
#include "core/training/frame.h"
#include "core/training/prediction.h"

#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace chronograd {

class LossCurve;

struct StepCommand
{
    Granularity granularity = Granularity::Update;
};
/// To the last stop of this granularity before now. Nothing is trained: going on computes the same again,
/// until a change of a setting makes another course of it.
struct StepBackCommand
{
    Granularity granularity = Granularity::Update;
};
/// To the end of an update that has been computed; 0: before the first step.
struct GoToCommand
{
    std::int64_t update = 0;
};
/// Where a run is to stop by itself.
struct StopCondition
{
    enum class Kind : std::uint8_t
    {
        Never,
        Update,     ///< After update `update`.
        TimeSteps,  ///< After the first update at which `steps` have been trained since the beginning.
        LossBelow,  ///< After the first update whose loss is below `loss`.
        NextUpdate, ///< After the next one.
        Warning,    ///< After the first that gives a warning which did not hold when the run began.
        Sequence,   ///< At the end of this sequence …
        Epoch,      ///< … or epoch.
    };
    Kind kind = Kind::Never;
    std::int64_t update = 0;
    double loss = 0.0;
    std::int64_t steps = 0;

    bool operator==(const StopCondition&) const = default;
};
struct RunCommand
{
    StopCondition until = {};
};
/// To the end of a course that was left (see Course).
struct CourseCommand
{
    std::int64_t course = 0;
};
struct PauseCommand
{
};
/// Steps of this granularity a second while running; 0: as fast as the machine goes.
struct SpeedCommand
{
    double stepsPerSecond = 0.0;
    Granularity granularity = Granularity::Update;
};
/// In force from the next update on; recorded in the schedule.
struct ChangeCommand
{
    SettingChange change;
};
/// A weight or a datum changed by hand: acts and is recorded as a change of a setting.
struct EditCommand
{
    Edit edit;
};
/// Where the velocity of one weight comes from, for as long as somebody looks: told whenever training stands.
struct PastCommand
{
    std::optional<std::size_t> weight; ///< Its place in the flat vector; absent: nobody looks any more.
    int digits = 4;                    ///< Gradients that would not show are taken together.
};
/// From the beginning: the file as it is or, when settings were changed by hand, with those of now from the
/// first update on. Inputs and targets changed by hand stay so, and so do weights that were changed before
/// the first step; the change of a weight on the way ends with the run.
struct RestartCommand
{
    std::optional<std::uint64_t> newSeed; ///< Of the initial weights.
};
/// What is looked at.
struct ViewCommand
{
    FrameRequest request;
    AnalysisRequest analysis = {};
};
enum class RunState : std::uint8_t
{
    Paused,
    Running,
    Finished, ///< Updates or stop loss reached: can be run on after a restart only.
    Diverged, ///< A number was not finite: `message` says which.
};

/// What a save is made of, and which part of the session that is.
struct SavedRun
{
    Experiment experiment; ///< With `session`, unless a restart was asked for.
    std::uint64_t run = 0; ///< As in SessionNews.
    std::int64_t course = 1;
    bool isAtEnd = true; ///< False: training was taken back, and the course goes on after this moment.
    std::optional<double> loss = {}; ///< Of the last update, where it was finite.
    RunState state = RunState::Paused;
};
/// Tells the experiment …
struct SaveCommand
{
    enum class What : std::uint8_t
    {
        Session, ///< … and where training stands, with the courses that were left,
        Course,  ///< … the same without them,
        Restart, ///< … that a restart would train.
    };
    static constexpr std::size_t usualNumbers = 300'000; ///< A few megabytes of text.

    std::shared_ptr<std::promise<SavedRun>> to;
    What what = What::Session;
    std::size_t mostNumbers = usualNumbers; ///< As in savedSession().
    UndoList undo = {}; ///< Chosen by hand in this session: goes into the file as far as it can be held.
};
/// Hands out this moment (SessionNews::fork), for another session to go on from.
struct ForkCommand
{
};

using Command = std::variant<StepCommand, StepBackCommand, GoToCommand, RunCommand, PauseCommand,
                             SpeedCommand, ChangeCommand, EditCommand, PastCommand, RestartCommand,
                             ViewCommand, CourseCommand, SaveCommand, ForkCommand>;

/// One update on the loss curve.
struct LossPoint
{
    std::int64_t update = 0;
    double loss = 0.0;
    double gradientNorm = 0.0;
    std::optional<double> testLoss; ///< At the end of an epoch: after its last update.
    std::int64_t steps = 0;         ///< Time steps trained since the beginning.
};

/// A change that has come into force, for the marker on the curve.
struct ChangeMark
{
    std::int64_t update = 1; ///< The first update it is in force for.
    SettingChange change;
};

/// One of the courses that a run took: a change made in the past begins another, and the one it left can be
/// returned to. They count from 1 in the order they began.
struct Course
{
    std::int64_t number = 1;
    std::int64_t forkedAfter = 0;        ///< The update after which it left another course.
    std::optional<SettingChange> change; ///< Which began it; none began the first.
    std::int64_t furthest = 0;           ///< Updates computed on it.
    std::shared_ptr<const LossCurve> curve;
};

/// A long way in time: the updates between are computed again. A PauseCommand ends it where it is.
struct Journey
{
    std::int64_t from = 0;
    std::int64_t at = 0;
    std::int64_t to = 0;

    bool operator==(const Journey&) const = default;
};

/// What happened since the last take().
struct SessionNews
{
    std::uint64_t run = 0;   ///< Grows with every restart: points of another run are another curve.
    bool restarted = false;  ///< The points below start a new curve.
    std::int64_t course = 1; ///< The one that training is on.
    /// Those it is not on, when another one was begun or returned to; null when not new.
    std::shared_ptr<const std::vector<Course>> otherCourses;
    /// The same time: this course as far as it was computed before; points and changes below continue it.
    std::shared_ptr<const LossCurve> curve;
    std::int64_t furthest =
        0;                   ///< Updates computed on this course: greater than the frame's after going back.
    std::int64_t update = 0; ///< Updates done where training stands.
    std::int64_t steps = 0;  ///< Time steps trained since the beginning.
    std::vector<LossPoint> points;
    std::vector<ChangeMark> changes;
    std::shared_ptr<const Frame> frame;           ///< The newest; null when nothing moved.
    std::shared_ptr<const Prediction> prediction; ///< Null when not asked for or not new.
    std::shared_ptr<const ForkPoint> fork;        ///< Null when not asked for.
    /// Of updates that were looked at, oldest first; at full speed by far not all.
    std::vector<std::shared_ptr<const UpdateAnalysis>> analyses;
    std::shared_ptr<const PastGradients> past; ///< As asked for; null when not new.
    std::optional<Journey> journey; ///< That training is on; absent: it goes nowhere, or will soon be there.
    RunState state = RunState::Paused;
    std::string message;         ///< Why it finished, diverged or stopped, in a sentence.
    double stepsPerSecond = 0.0; ///< Time steps trained per second, lately.
};

/// One experiment being trained by a thread of its own. The window posts commands and takes news; neither
/// waits for the other. Destruction stops the thread within one chunk of work (milliseconds).
class TrainingSession
{
public:
    /// \throws InputError for what cannot be trained.
    TrainingSession(Experiment experiment, std::shared_ptr<const Dataset> data);
    /// Goes on from a moment of another session, bit for bit as that would.
    explicit TrainingSession(const ForkPoint& point);
    ~TrainingSession();
    TrainingSession(const TrainingSession&) = delete;
    TrainingSession& operator=(const TrainingSession&) = delete;

    void post(Command command);
    SessionNews take();

    /// The experiment with the changes made so far in its schedule.
    Experiment recorded() const;
    /// The same with where training stands (or, on a long journey, where that goes) and checkpoints on the
    /// way there, and the list of what can be undone: what "Save" writes. Waits for the thread to look up
    /// from its work, milliseconds. \throws InputError if that takes seconds: rather nothing is saved than
    /// less.
    Experiment saved(UndoList undo = {});
    /// What a restart would train: the file as it is or, when settings were changed by hand, with those of
    /// now. Waits in the same way; if it takes seconds, recorded() has to do.
    Experiment restarted();

private:
    std::optional<Experiment> ask(SaveCommand::What what, UndoList undo = {});

    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace chronograd
