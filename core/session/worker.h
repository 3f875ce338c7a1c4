#pragma once

#include "core/analysis/warnings.h"
#include "core/session/kept_course.h"
#include "core/session/loss_curve.h"
#include "core/session/mailbox.h"
#include "core/session/timeline.h"
#include "core/training/trainer.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace chronograd {

/// The training thread: obeys commands, trains in slices of a few milliseconds, reports to the mailbox.
class TrainingSession::Worker final : private TrainingObserver
{
public:
    Worker(Experiment experiment, std::shared_ptr<const Dataset> data,
           std::optional<ForkPoint> origin = std::nullopt);
    ~Worker() override;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(Command command);
    SessionNews take() { return m_mailbox.take(); }
    Experiment recorded() const;

private:
    using Clock = std::chrono::steady_clock;

    void updated(const UpdateReport& report) override;
    void epochEnded(const EpochReport& report) override;
    void sequenceBegan(const Trainer& trainer) override;

    void work(const std::stop_token& stop);
    std::optional<Command> takeCommand();
    std::optional<SaveCommand> takeSave();
    void obey(const StepCommand& command);
    void obey(const StepBackCommand& command);
    void obey(const GoToCommand& command);
    void obey(const RunCommand& command);
    void obey(const PauseCommand& command);
    void obey(const SpeedCommand& command);
    void obey(const ChangeCommand& command);
    void obey(const EditCommand& command);
    void obey(const PastCommand& command);
    void obey(const RestartCommand& command);
    void obey(const ViewCommand& command);
    void obey(const CourseCommand& command);
    void obey(const SaveCommand& command);
    void obey(const ForkCommand& command);

    Experiment restarted() const;
    void keepEdits(Experiment& experiment) const;
    void start();
    void adoptSession();
    void resume();
    void goToOrigin();
    void trainUnlimited();
    void trainAtPace();
    bool travel(const SavedMoment& there, const std::function<void()>& journey);
    bool mayTravelOn(const Trainer& trainer);
    void saveOnTheWay();
    SavedRun savedAt(const SavedMoment& there, const SaveCommand& command) const;
    void branchIfInThePast(const std::optional<SettingChange>& change);
    void keepCourse();
    void enterCourse(std::size_t kept);
    void tellCourses();
    std::size_t givenUntil(std::int64_t update) const;
    bool stepOnce(Granularity granularity);
    void stopWhereAsked();
    void noteEnd();
    Granularity atMost(Granularity granularity) const;
    std::string reached() const;
    std::string passed(const StopCondition& until) const;
    std::vector<Warning> warnings() const;
    std::string newWarning() const;
    bool isCalledOff();
    void report(bool withFrame);
    void predictIfAsked();
    void analyseIfAsked();
    void reportScheduledChanges();
    void tellPast();
    void measureSpeed();
    void noteSchedule();

    // Of the thread alone
    Experiment m_experiment;
    std::shared_ptr<const Dataset> m_data;
    std::unique_ptr<Trainer> m_trainer;
    ViewCommand m_view;
    SpeedCommand m_speed;
    Granularity m_stepped = Granularity::Update; ///< How far the last step went.
    std::optional<ForkPoint> m_origin;           ///< Until it has been reached.
    SessionNews m_news;
    Timeline m_timeline;
    bool m_isTravelling = false;     ///< What is computed now has been told before.
    bool m_isTurnedBack = false;     ///< Somebody does not want to wait for the end of the journey …
    SavedMoment m_destination;       ///< … to this moment.
    Clock::time_point m_nextJourney; ///< When it is told how far it has come.
    Moment m_furthest;               ///< How far this course has been computed.
    PastCommand m_pastAsked;
    bool m_pastIsDue = false; ///< What was told of it is of another moment.
    bool m_changedByHand = false;
    StopCondition m_until; ///< Of the run …
    Position m_startedAt;  ///< … that began here, when these held.
    std::vector<Warning> m_knownWarnings;
    Course m_course; ///< The one that training is on; its curve is the next.
    LossCurve m_curve;
    std::vector<KeptCourse> m_otherCourses; ///< Ascending numbers.
    std::int64_t m_lastCourse = 1;
    /// The schedule without what was changed by hand: goes on in every course.
    std::vector<ScheduleEntry> m_given;
    std::size_t m_reportedEntries = 0; ///< Of those.
    Clock::time_point m_nextStep;
    Clock::time_point m_nextPrediction;
    Clock::time_point m_nextAnalysis;
    std::int64_t m_analysedTicks = -1; ///< The moment that was analysed last, as m_view asks.
    Clock::time_point m_measuredAt;
    std::int64_t m_measuredSteps = 0;

    // Shared
    Mailbox m_mailbox;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Command> m_inbox;
    Experiment m_recorded;
    std::atomic<bool> m_interrupt = false; ///< Somebody waits: come back from a long update soon.

    std::atomic<bool> m_isClosing = false;

    std::jthread m_thread; ///< Last: it uses all of the above.
};

} // namespace chronograd
