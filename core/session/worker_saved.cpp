#include "core/session/worker.h"

#include "core/experiment/input_error.h"
#include "core/session/saved_parts.h"
#include "core/session/saved_session.h"

#include <algorithm>
#include <utility>

/// Sessions in files: told for saving, gone back to when opened.

namespace chronograd {

void TrainingSession::Worker::obey(const SaveCommand& command)
{
    if (command.what == SaveCommand::What::Restart) {
        command.to->set_value({.experiment = restarted()});
        return;
    }
    SavedRun saved = savedAt(savedMoment(m_trainer->position().update, m_trainer->moment()), command);
    const auto losses = m_curve.losses().buckets();
    if (!losses.empty() && losses.back().last == m_trainer->position().update) {
        saved.loss = losses.back().mean; // the newest hold one update each
    }
    for (const ParameterView& view : m_trainer->network().parameters().views()) {
        saved.experiment.session->parameters[view.name] = matrixOf(view, m_trainer->weights());
    }
    command.to->set_value(std::move(saved));
}

/// A save that comes next is not kept waiting by a long journey: it tells where that goes.
void TrainingSession::Worker::saveOnTheWay()
{
    while (const auto command = takeSave()) {
        if (m_experiment.session) { // just opened: not there yet
            SavedRun saved{
                .experiment = m_experiment, .run = m_news.run, .course = m_course.number, .isAtEnd = false};
            saved.experiment.session->undo = savedUndoList(command->undo, *m_experiment.session);
            command->to->set_value(std::move(saved));
        } else {
            SavedRun saved = savedAt(m_destination, *command);
            saved.isAtEnd = false; // what is kept of a run that is at its end has its loss
            command->to->set_value(std::move(saved));
        }
    }
}

/// What training is to go on from. Only where it stands it can be told with its weights and its loss.
SavedRun TrainingSession::Worker::savedAt(const SavedMoment& there, const SaveCommand& command) const
{
    SavedRun saved;
    saved.experiment = m_experiment;
    saved.experiment.training.schedule = m_trainer->schedule();
    const bool withOthers = command.what == SaveCommand::What::Session && !m_otherCourses.empty();
    const std::size_t share = withOthers ? command.mostNumbers / 2 : command.mostNumbers;
    SavedSession session = savedSessionAt(there, *m_trainer, m_timeline, share);
    addCurve(session, m_curve);
    session.course = {m_course.number, m_course.forkedAfter, m_course.change};
    saved.isAtEnd = there.ticks && momentOf(there) >= m_furthest;
    if (!saved.isAtEnd) {
        session.furthest = savedMoment(m_news.furthest, m_furthest);
    }
    if (m_given != m_trainer->schedule()) {
        session.given = m_given;
    }
    if (withOthers) {
        for (const KeptCourse& other : m_otherCourses) {
            session.otherCourses.push_back(savedCourse(other, *m_trainer, share / m_otherCourses.size()));
        }
    }
    session.undo = savedUndoList(command.undo, session);
    saved.experiment.session = std::move(session);
    saved.run = m_news.run;
    saved.course = m_course.number;
    saved.state = m_news.state;
    return saved;
}

void TrainingSession::Worker::adoptSession()
{
    const SavedSession& session = *m_experiment.session;
    adoptCheckpoints(m_timeline, *m_trainer, m_experiment);
    m_otherCourses = adoptedCourses(*m_trainer, m_timeline, m_experiment, m_data);
    m_given = session.given.value_or(m_given);
    const auto check = [this](const auto& edits, const char* place) {
        try {
            checkEdits(*m_trainer, edits);
        } catch (const InputError& error) {
            throw InputError(nameOfFile(m_experiment) + ": /session/" + place + ": " + error.what());
        }
    };
    check(m_given, "given_schedule");
    check(session.undo, "undo");
    m_course = {session.course.number, session.course.forkedAfter, session.course.change, 0, nullptr};
    m_lastCourse =
        std::max(m_course.number, m_otherCourses.empty() ? 0 : m_otherCourses.back().course.number);
}

/// To where the file's session stood: from its last checkpoint by replay, before anything else is obeyed.
void TrainingSession::Worker::resume()
{
    if (!m_experiment.session || m_trainer->isFinished()) {
        return;
    }
    const SavedSession& session = *m_experiment.session;
    const bool hasArrived = travel(session.moment, [this, &session] {
        goTo(m_timeline, *m_trainer, session.moment);
        const SavedMoment here = savedMoment(m_trainer->position().update, m_trainer->moment());
        const bool isEndKnown = m_isTurnedBack && session.moment.ticks;
        const SavedMoment end = session.furthest.value_or(isEndKnown ? session.moment : here);
        m_furthest = *momentOf(end);
        m_timeline.forgetAfter(m_furthest);
        m_news.furthest = end.update;
        m_curve = savedCurve(m_experiment);
        m_curve.cutAfter(end.update);
        m_reportedEntries = givenUntil(end.update);
        tellCourses();
    });
    if (hasArrived && !hasWeightsOf(*m_trainer, session) && !m_isClosing) {
        m_news.message =
            "the replay came to slightly other weights than the file tells: it was saved on another "
            "machine, or by another build";
        report(false);
    }
    m_experiment.session.reset(); // of the file as it was opened
}

} // namespace chronograd
