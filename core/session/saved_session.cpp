#include "core/session/saved_session.h"

#include "core/experiment/input_error.h"
#include "core/session/loss_curve.h"
#include "core/session/saved_parts.h"
#include "core/session/timeline.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

constexpr std::size_t mostSavedCheckpoints = 40;
constexpr Moment endOfTime{.ticks = std::numeric_limits<std::int64_t>::max()};

bool canBeTold(const ChoiceByHand& choice, const SavedSession& session)
{
    if (const auto* edit = std::get_if<Edit>(&choice)) {
        return std::isfinite(edit->value);
    }
    const auto* chosen = std::get_if<CourseChoice>(&choice);
    return chosen == nullptr || chosen->number == session.course.number ||
           std::ranges::any_of(session.otherCourses, [chosen](const SavedCourse& course) {
               return course.name.number == chosen->number;
           });
}

} // namespace

SavedMoment savedMoment(std::int64_t update, const Moment& moment)
{
    return {update, moment.ticks, moment.parameter, moment.unit, moment.term};
}

std::optional<Moment> momentOf(const SavedMoment& saved)
{
    if (!saved.ticks) {
        return std::nullopt;
    }
    return Moment{*saved.ticks, static_cast<int>(saved.parameter), static_cast<int>(saved.unit),
                  static_cast<int>(saved.term)};
}

void goTo(const Timeline& timeline, Trainer& trainer, const SavedMoment& saved)
{
    if (const auto moment = momentOf(saved)) {
        timeline.goTo(trainer, saved.update, *moment);
    } else {
        timeline.goToUpdate(trainer, saved.update);
    }
}

SavedSession savedSession(const Trainer& trainer, const Timeline& timeline, const LossCurve* curve,
                          std::size_t mostNumbers)
{
    SavedSession session = savedSessionAt(savedMoment(trainer.position().update, trainer.moment()), trainer,
                                          timeline, mostNumbers);
    for (const ParameterView& view : trainer.network().parameters().views()) {
        session.parameters[view.name] = matrixOf(view, trainer.weights());
    }
    if (curve != nullptr) {
        addCurve(session, *curve);
    }
    return session;
}

SavedSession savedSessionAt(const SavedMoment& there, const Trainer& trainer, const Timeline& timeline,
                            std::size_t mostNumbers)
{
    SavedSession session;
    session.moment = there;
    const Moment moment =
        there.ticks ? *momentOf(there) : Moment{.ticks = timeline.before(there.update).ticks + 1};
    // Two at least: the one that the last update was computed from may be the last but one.
    const std::size_t most =
        std::clamp<std::size_t>(mostNumbers / numbersOfCheckpoint(trainer), 2, mostSavedCheckpoints);
    const auto add = [&](const Checkpoint& checkpoint) {
        if (checkpoint.ticks > 0) { // the beginning is at hand anyway
            session.checkpoints.push_back(trainer.saved(checkpoint));
        }
    };
    for (const auto& checkpoint : timeline.before(moment, most)) {
        add(*checkpoint);
    }
    for (const auto& checkpoint : timeline.before(endOfTime, most)) {
        if (Moment{.ticks = checkpoint->ticks} >= moment) {
            add(*checkpoint);
        }
    }
    return session;
}

UndoList savedUndoList(const UndoList& list, const SavedSession& session)
{
    UndoList saved;
    for (std::size_t i = 0; i < list.entries.size(); ++i) {
        const UndoEntry& entry = list.entries[i];
        if (canBeTold(entry.before, session) && canBeTold(entry.after, session)) {
            saved.entries.push_back(entry);
            saved.done += i < list.done ? 1 : 0;
        }
    }
    return saved;
}

void addCurve(SavedSession& session, const LossCurve& curve)
{
    session.losses = savedLosses(curve.losses());
    session.testLosses = savedLosses(curve.testLosses());
}

void adoptCheckpoints(Timeline& timeline, const Trainer& trainer, const Experiment& experiment)
{
    try {
        for (const SavedCheckpoint& saved : experiment.session->checkpoints) {
            if (!timeline.add(std::make_shared<const Checkpoint>(trainer.adopted(saved)))) {
                throw InputError("must be in the order of time");
            }
        }
    } catch (const InputError& error) {
        throw InputError(nameOfFile(experiment) + ": /session/checkpoints: " + error.what());
    }
}

bool hasWeightsOf(const Trainer& trainer, const SavedSession& session)
{
    const auto& views = trainer.network().parameters().views();
    return std::ranges::all_of(views, [&](const ParameterView& view) {
        const auto saved = session.parameters.find(view.name);
        return saved == session.parameters.end() || saved->second == matrixOf(view, trainer.weights());
    });
}

} // namespace chronograd
