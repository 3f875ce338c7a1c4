#pragma once

#include "core/experiment/edit_target.h"
#include "core/network/network_spec.h"
#include "core/tasks/task_spec.h"
#include "core/training/hyperparameters.h"
#include "core/training/setting.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// What is in force from the end of update `update` − 1 on.
struct ScheduleEntry
{
    std::int64_t update = 1;
    std::vector<SettingChange> set;
    std::vector<Edit> edits;

    bool operator==(const ScheduleEntry&) const = default;
};

struct TrainingSpec
{
    Hyperparameters start;
    std::optional<std::int64_t> batchSize = 1; ///< Absent: "all".
    bool shuffle = false;
    std::uint64_t seed = 1;
    std::optional<std::int64_t> updates = 2000; ///< Absent: never stop by itself.
    std::optional<double> stopLoss;
    std::vector<ScheduleEntry> schedule; ///< In ascending order of update.
};

/// A number that a book or a text gives for a quantity (the digits count, so it stays text).
struct BookValue
{
    std::string of;
    std::string value;
    std::string sign;
    std::string alias;
    std::string note;
    std::int64_t update = 1; ///< The update that the number is of.
};

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

/// A number for an update, of a curve.
struct SavedLoss
{
    std::int64_t update = 0;
    double loss = 0.0;

    bool operator==(const SavedLoss&) const = default;
};

/// Where a saved run stood. Everything follows exactly by running the file that far again; the checkpoints
/// shorten the way.
struct SavedSession
{
    std::int64_t update = 0; ///< Updates done.
    std::map<std::string, Matrix>
        parameters; ///< As they were then: for readers other than us, and to check the replay.
    std::optional<std::int64_t>
        ticks;                   ///< Where it stood between two updates; absent: at the end of `update` …
    std::int64_t parameter = -1; ///< … and inside a layer: as in Position.
    std::int64_t unit = -1;
    std::int64_t term = 0;
    std::vector<SavedCheckpoint> checkpoints; ///< Ascending.
    std::vector<SavedLoss> losses;            ///< Of the curve up to there, thinned out where it is long.
    std::vector<SavedLoss> testLosses;
};

/// One experiment file.
struct Experiment
{
    std::string name;
    std::string description;
    std::string author;
    NetworkSpec network;
    TaskSpec task;
    TrainingSpec training;
    std::vector<BookValue> expected;
    std::optional<SavedSession> session;
    std::filesystem::path file; ///< Where it was read from; empty when it was not. Relative paths start here.
};

} // namespace chronograd
