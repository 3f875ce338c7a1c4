#pragma once

#include "core/experiment/schedule.h"
#include "core/experiment/session_spec.h"
#include "core/network/network_spec.h"
#include "core/tasks/task_spec.h"
#include "core/training/hyperparameters.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

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
