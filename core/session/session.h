#pragma once

#include "core/experiment/experiment.h"
#include "core/tasks/dataset.h"
#include "core/training/frame.h"
#include "core/training/prediction.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace chronograd {

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
struct RunCommand
{
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
/// From the beginning: the file as it is or, when settings were changed by hand, with those of now from the
/// first update on.
struct RestartCommand
{
    std::optional<std::uint64_t> newSeed; ///< Of the initial weights.
};
struct ViewCommand
{
    FrameRequest request;
};

using Command = std::variant<StepCommand, StepBackCommand, GoToCommand, RunCommand, PauseCommand,
                             SpeedCommand, ChangeCommand, RestartCommand, ViewCommand>;

/// One update on the loss curve.
struct LossPoint
{
    std::int64_t update = 0;
    double loss = 0.0;
    double gradientNorm = 0.0;
    std::optional<double> testLoss; ///< At the end of an epoch: after its last update.
};

/// A change that has come into force, for the marker on the curve.
struct ChangeMark
{
    std::int64_t update = 1; ///< The first update it is in force for.
    SettingChange change;
};

enum class RunState : std::uint8_t
{
    Paused,
    Running,
    Finished, ///< Updates or stop loss reached: can be run on after a restart only.
    Diverged, ///< A number was not finite: `message` says which.
};

/// What happened since the last take().
struct SessionNews
{
    std::uint64_t run = 0;  ///< Grows with every restart: points of another run are another curve.
    bool restarted = false; ///< The points below start a new curve.
    /// A change was made in the past: points and changes after this update are of the old course, those below
    /// begin the new one.
    std::optional<std::int64_t> branchedAfter;
    std::int64_t furthest =
        0; ///< Updates computed on this course: greater than the frame's after going back.
    std::vector<LossPoint> points;
    std::vector<ChangeMark> changes;
    std::shared_ptr<const Frame> frame;           ///< The newest; null when nothing moved.
    std::shared_ptr<const Prediction> prediction; ///< Null when not asked for or not new.
    RunState state = RunState::Paused;
    std::string message;         ///< Why it finished or diverged, in a sentence.
    double stepsPerSecond = 0.0; ///< Time steps trained per second, lately.

    void forgetAfter(std::int64_t update); ///< Points and changes that are of another course.
};

/// One experiment being trained by a thread of its own. The window posts commands and takes news; neither
/// waits for the other. Destruction stops the thread within one chunk of work (milliseconds).
class TrainingSession
{
public:
    /// \throws InputError for what cannot be trained.
    TrainingSession(Experiment experiment, std::shared_ptr<const Dataset> data);
    ~TrainingSession();
    TrainingSession(const TrainingSession&) = delete;
    TrainingSession& operator=(const TrainingSession&) = delete;

    void post(Command command);
    SessionNews take();

    /// The experiment with the changes made so far in its schedule: what "Save" writes.
    Experiment recorded() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace chronograd
