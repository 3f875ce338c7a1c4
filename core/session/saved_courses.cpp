#include "core/experiment/input_error.h"
#include "core/session/kept_course.h"
#include "core/session/saved_parts.h"
#include "core/session/saved_session.h"

#include <algorithm>
#include <limits>
#include <utility>

/// The courses that a saved session had left.

namespace chronograd {

namespace {

constexpr std::size_t mostCheckpointsOfCourse = 8;

/// The way to the end of a course: what it shares with the present one, and its own checkpoints. `trainer`
/// has its schedule.
Timeline adoptedTimeline(const SavedCourse& saved, const Trainer& trainer, const Timeline& present,
                         const Experiment& experiment, const std::shared_ptr<const Dataset>& data)
{
    std::vector<Checkpoint> own;
    for (const SavedCheckpoint& checkpoint : saved.checkpoints) {
        own.push_back(trainer.adopted(checkpoint));
    }
    const std::int64_t shared = sharedUntil(experiment.training.schedule, saved.schedule);
    Timeline timeline = present.sharedUntil(shared, own.empty() ? std::numeric_limits<std::int64_t>::max()
                                                                : own.front().ticks);
    if (shared < 0) { // even the beginning is another
        Experiment course = experiment;
        course.training.schedule = saved.schedule;
        course.session.reset();
        const Trainer beginning(course, data, Trainer::Options{.recordWeights = true});
        timeline.clear();
        timeline.note(beginning);
    }
    for (Checkpoint& checkpoint : own) {
        if (!timeline.add(std::make_shared<const Checkpoint>(std::move(checkpoint)))) {
            throw InputError("checkpoints: must be in the order of time");
        }
    }
    return timeline;
}

KeptCourse adoptedCourse(const SavedCourse& saved, Trainer& trainer, const Timeline& present,
                         const Experiment& experiment, const std::shared_ptr<const Dataset>& data)
{
    checkEdits(trainer, saved.schedule);
    trainer.setSchedule(saved.schedule);
    KeptCourse kept{
        .course = {saved.name.number, saved.name.forkedAfter, saved.name.change, saved.end.update, nullptr},
        .schedule = saved.schedule,
        .timeline = adoptedTimeline(saved, trainer, present, experiment, data),
        .end = momentOf(saved.end).value_or(Moment{})};
    kept.timeline.forgetAfter(kept.end);
    const auto given = experiment.session->given.value_or(experiment.training.schedule);
    kept.course.curve = std::make_shared<const LossCurve>(
        savedCurve(saved.losses, saved.testLosses, saved.schedule, given, saved.end.update));
    return kept;
}

} // namespace

SavedCourse savedCourse(const KeptCourse& kept, const Trainer& trainer, std::size_t mostNumbers)
{
    SavedCourse saved;
    saved.name = {kept.course.number, kept.course.forkedAfter, kept.course.change};
    saved.schedule = kept.schedule;
    saved.end = savedMoment(kept.course.furthest, kept.end);
    const std::size_t most = std::min(mostNumbers / numbersOfCheckpoint(trainer), mostCheckpointsOfCourse);
    const std::int64_t shared = sharedUntil(trainer.schedule(), kept.schedule);
    for (const auto& checkpoint : kept.timeline.before(kept.end, most, shared)) {
        if (checkpoint->ticks > 0) {
            saved.checkpoints.push_back(trainer.saved(*checkpoint));
        }
    }
    if (kept.course.curve) {
        saved.losses = savedLosses(kept.course.curve->losses());
        saved.testLosses = savedLosses(kept.course.curve->testLosses());
    }
    return saved;
}

std::vector<KeptCourse> adoptedCourses(Trainer& trainer, const Timeline& timeline,
                                       const Experiment& experiment,
                                       const std::shared_ptr<const Dataset>& data)
{
    std::vector<KeptCourse> courses;
    const std::vector<ScheduleEntry> present = trainer.schedule();
    for (const SavedCourse& saved : experiment.session->otherCourses) {
        try {
            courses.push_back(adoptedCourse(saved, trainer, timeline, experiment, data));
        } catch (const InputError& error) {
            throw InputError(nameOfFile(experiment) + ": /session/other_courses/" +
                             std::to_string(courses.size()) + ": " + error.what());
        }
    }
    trainer.setSchedule(present);
    return courses;
}

LossCurve savedCurve(const Experiment& experiment)
{
    const SavedSession& session = *experiment.session;
    const auto& schedule = experiment.training.schedule;
    return savedCurve(session.losses, session.testLosses, schedule, session.given.value_or(schedule),
                      session.furthest.value_or(session.moment).update);
}

} // namespace chronograd
