#pragma once

#include "core/experiment/experiment.h"
#include "core/session/loss_curve.h"

#include <cstdint>
#include <string>
#include <vector>

namespace chronograd {

class Trainer;

// What the present course of a saved session and its other ones have in common.

/// A checkpoint is so many numbers in a file.
std::size_t numbersOfCheckpoint(const Trainer& trainer);

/// The newest one by one; older neighbours together where there are too many for a file.
std::vector<SavedLoss> savedLosses(const BoundedSeries& series);

/// The curve of a course up to the end of update `last`, with the changes of its schedule marked: those that
/// came into force, and what was changed by hand (not by `given`) and waits.
LossCurve savedCurve(const std::vector<SavedLoss>& losses, const std::vector<SavedLoss>& testLosses,
                     const std::vector<ScheduleEntry>& schedule, const std::vector<ScheduleEntry>& given,
                     std::int64_t last);

/// The last update up to which both schedules make the same of a run; −1: they begin differently.
std::int64_t sharedUntil(const std::vector<ScheduleEntry>& a, const std::vector<ScheduleEntry>& b);

/// \throws InputError when a schedule edits what is not there: it was recorded with other data.
void checkEdits(const Trainer& trainer, const std::vector<ScheduleEntry>& schedule);
/// The same of what can be undone.
void checkEdits(const Trainer& trainer, const UndoList& list);

/// For messages.
std::string nameOfFile(const Experiment& experiment);

} // namespace chronograd
