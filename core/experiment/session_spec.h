#pragma once

#include "core/experiment/schedule.h"
#include "core/experiment/undo_list.h"
#include "core/math/matrix.h"
#include "core/training/hyperparameters.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// The beginning of a sequence, as a run of this file came to it: from there on everything follows exactly.
/// What the schedule says (settings, edits) is not repeated here.
struct SavedCheckpoint
{
    std::int64_t ticks = 0;  ///< Layers of steps and updates computed before.
    std::int64_t steps = 0;  ///< Forward steps computed before.
    std::int64_t update = 0; ///< Updates done before.
    std::int64_t epoch = 1;
    std::int64_t place = 0; ///< Of the sequence in its epoch, from 0.
    std::int64_t updatesInEpoch = 0;
    double epochLoss = 0.0; ///< Σ of L over those.
    double loss = 0.0;      ///< Of the last update …
    double gradientNorm = 0.0;
    bool isUpdated = false; ///< … which came after the step before.
    std::int64_t at = 0;    ///< The step and the layer worked on last.
    std::int64_t layer = -1;
    StateRule state = StateRule::Reset; ///< In force in this epoch.
    std::optional<std::int64_t> chunk;
    std::vector<std::int64_t> order; ///< Of the sequences in this epoch, from 1; empty: that of the file.
    std::uint64_t random = 0;        ///< State of the generator that shuffles.
    std::int64_t optimizerSteps = 0;
    std::map<std::string, Matrix> parameters;
    std::map<std::string, Matrix> velocity; ///< v, of adam m; empty: 0.
    std::map<std::string, Matrix> squares;  ///< s of rmsprop, v of adam; empty: 0.
    /// What the first step reads of "layer.slot": units × sequences of the batch; left out: 0.
    std::map<std::string, Matrix> values;
};

/// Of a curve: the loss of an update, or what neighbouring updates first … last had.
struct SavedLoss
{
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t count = 1; ///< Of those with a finite one.
    double least = 0.0;
    double mean = 0.0;
    double greatest = 0.0;

    bool operator==(const SavedLoss&) const = default;
};

/// A moment of a run: at the end of `update`, or after it.
struct SavedMoment
{
    std::int64_t update = 0; ///< Updates done.
    std::optional<std::int64_t>
        ticks;                   ///< Where it stood between two updates; absent: at the end of `update` …
    std::int64_t parameter = -1; ///< … and inside a layer: as in Position.
    std::int64_t unit = -1;
    std::int64_t term = 0;
};

/// What tells one course of a run from the others; see Course.
struct CourseName
{
    std::int64_t number = 1;
    std::int64_t forkedAfter = 0;
    std::optional<SettingChange> change; ///< Which began it; none began the first, or one begun by an edit.

    bool operator==(const CourseName&) const = default;
};

/// A course that training had left, and can return to the end of.
struct SavedCourse
{
    CourseName name;
    std::vector<ScheduleEntry> schedule; ///< All of it, from the first update on.
    SavedMoment end;
    std::vector<SavedCheckpoint> checkpoints; ///< Ascending; only those that the present course has not too.
    std::vector<SavedLoss> losses;
    std::vector<SavedLoss> testLosses;
};

/// Where a saved run stood. Everything follows exactly by running the file that far again; the checkpoints
/// shorten the way.
struct SavedSession
{
    SavedMoment moment;
    std::map<std::string, Matrix>
        parameters;    ///< As they were then: for readers other than us, and to check the replay.
    CourseName course; ///< The one that training was on …
    std::optional<SavedMoment> furthest; ///< … and its end, where training was taken back on it.
    /// The schedule without what was changed by hand: goes on in every course. Absent: all of it was given.
    std::optional<std::vector<ScheduleEntry>> given;
    std::vector<SavedCheckpoint> checkpoints; ///< Ascending.
    std::vector<SavedLoss> losses;            ///< Of the curve up to its end, thinned out where it is long.
    std::vector<SavedLoss> testLosses;
    std::vector<SavedCourse> otherCourses; ///< Ascending numbers.
    UndoList undo;
};

} // namespace chronograd
