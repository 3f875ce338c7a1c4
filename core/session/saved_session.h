#pragma once

#include "core/experiment/experiment.h"
#include "core/session/session.h"

namespace chronograd {

class LossCurve;
class Timeline;
class Trainer;

/// Where training stands and what shortens the way there: what "Save" adds to the file. `curve` may be null.
/// \param mostNumbers in all checkpoints; two are there in any case. Fewer make a shorter text, and longer
/// ways back in time after it was read.
SavedSession savedSession(const Trainer& trainer, const Timeline& timeline, const LossCurve* curve,
                          std::size_t mostNumbers = SaveCommand::usualNumbers);

/// Puts the checkpoints of a file into a timeline that has only the beginning. Precondition: nothing is
/// trained yet. \throws InputError naming the file, and what does not fit.
void adoptCheckpoints(Timeline& timeline, const Trainer& trainer, const Experiment& experiment);

/// The curve of a file's session, as far as it was saved.
LossCurve savedCurve(const SavedSession& session);

/// Has training come to the very weights that the session tells? On another machine it may not, to the bit.
bool hasWeightsOf(const Trainer& trainer, const SavedSession& session);

} // namespace chronograd
