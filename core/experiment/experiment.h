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

/// Where a saved run stood. Everything else follows exactly by running the file that far again.
struct SavedSession
{
    std::int64_t update = 0; ///< Updates done.
    std::map<std::string, Matrix>
        parameters; ///< As they were then: for readers other than us, and to check the replay.
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
