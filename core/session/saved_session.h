#pragma once

#include "core/experiment/experiment.h"
#include "core/session/session.h"

#include <memory>
#include <span>
#include <vector>

namespace chronograd {

class LossCurve;
class Timeline;
class Trainer;
struct KeptCourse;

// A session in a file, and back: where training stands, what shortens the way there, the other courses.

/// Where training stands on a course of this curve and these checkpoints, which may go on beyond that moment.
/// `curve` may be null.
/// \param mostNumbers in all checkpoints; two are there in any case. Fewer make a shorter text, and longer
/// ways back in time after it was read.
SavedSession savedSession(const Trainer& trainer, const Timeline& timeline, const LossCurve* curve,
                          std::size_t mostNumbers = SaveCommand::usualNumbers);

/// The same for a moment of this course that training is on the way to: nobody knows its weights yet, and the
/// curve is to be added. Precondition: the timeline has the beginning, or the moment its ticks.
SavedSession savedSessionAt(const SavedMoment& there, const Trainer& trainer, const Timeline& timeline,
                            std::size_t mostNumbers);
void addCurve(SavedSession& session, const LossCurve& curve);

/// \param trainer on the course whose checkpoints the file has too: those are not told again.
/// \param mostNumbers in its own checkpoints; none is there in any case.
SavedCourse savedCourse(const KeptCourse& kept, const Trainer& trainer, std::size_t mostNumbers);

/// Of a list of choices what a session can tell: that of courses it has, and of numbers that are finite.
UndoList savedUndoList(const UndoList& list, const SavedSession& session);

SavedMoment savedMoment(std::int64_t update, const Moment& moment);
/// To the moment, as far as training has come. Precondition: the timeline has the beginning.
void goTo(const Timeline& timeline, Trainer& trainer, const SavedMoment& moment);
/// Absent where the file tells only the update: its end.
std::optional<Moment> momentOf(const SavedMoment& saved);

/// Puts the checkpoints of a file into a timeline that has only the beginning. Precondition: nothing is
/// trained yet. \throws InputError naming the file, and what does not fit.
void adoptCheckpoints(Timeline& timeline, const Trainer& trainer, const Experiment& experiment);

/// The courses that the experiment's session had left. Preconditions: those of adoptCheckpoints(), which has
/// filled `timeline`; `trainer` is the same in the end. \throws InputError as that does.
std::vector<KeptCourse> adoptedCourses(Trainer& trainer, const Timeline& timeline,
                                       const Experiment& experiment,
                                       const std::shared_ptr<const Dataset>& data);

/// The curve of a file's session, as far as it was saved; the changes of its schedule are marked.
LossCurve savedCurve(const Experiment& experiment);

/// Has training come to the very weights that the session tells? On another machine it may not, to the bit.
bool hasWeightsOf(const Trainer& trainer, const SavedSession& session);

} // namespace chronograd
