#include "core/session/worker.h"

#include "core/session/saved_session.h"

#include <utility>

/// Sessions in files: told for saving, gone back to when opened.

namespace chronograd {

void TrainingSession::Worker::obey(const SaveCommand& command)
{
    if (command.what == SaveCommand::What::Restart) {
        command.to->set_value({.experiment = restarted()});
        return;
    }
    SavedRun saved;
    saved.experiment = m_experiment;
    saved.experiment.training.schedule = m_trainer->schedule();
    saved.experiment.session = savedSession(*m_trainer, m_timeline, &m_curve, command.mostNumbers);
    saved.run = m_news.run;
    saved.course = m_course.number;
    saved.isAtEnd = m_trainer->moment() >= m_furthest;
    const auto losses = m_curve.losses().buckets();
    if (!losses.empty() && losses.back().last == m_trainer->position().update) {
        saved.loss = losses.back().mean; // the newest hold one update each
    }
    saved.state = m_news.state;
    command.to->set_value(std::move(saved));
}

/// To where the file's session stood: from its last checkpoint by replay, before anything else is obeyed.
void TrainingSession::Worker::resume()
{
    if (!m_experiment.session || m_trainer->isFinished()) {
        return;
    }
    const SavedSession& session = *m_experiment.session;
    travel([this, &session] {
        if (session.ticks) {
            m_timeline.goTo(*m_trainer, session.update,
                            {*session.ticks, static_cast<int>(session.parameter),
                             static_cast<int>(session.unit), static_cast<int>(session.term)});
        } else {
            m_timeline.goToUpdate(*m_trainer, session.update);
        }
        m_furthest = m_trainer->moment();
        m_news.furthest = m_trainer->position().update;
        m_curve = savedCurve(session);
        reportScheduledChanges();
        tellCourses();
    });
    if (!hasWeightsOf(*m_trainer, session) && !m_isClosing) {
        m_news.message =
            "the replay came to slightly other weights than the file tells: it was saved on another "
            "machine, or by another build";
        report(false);
    }
}

} // namespace chronograd
