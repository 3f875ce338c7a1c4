#pragma once

#include "core/sweep/sweep_plan.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace chronograd {

enum class RunOutcome : std::uint8_t
{
    Finished,
    Diverged,
    Refused, ///< These values do not go together: nothing was trained.
};

/// What one run came to. Nothing here depends on when, where or beside what it was run.
struct SweepResult
{
    std::int64_t run = 0; ///< From 1.
    std::uint64_t initSeed = 0;
    std::uint64_t trainingSeed = 0;
    RunOutcome outcome = RunOutcome::Finished;
    std::int64_t updates = 0;
    std::optional<double> loss; ///< Mean of L over the updates of the last whole epoch; without one: of all.
    std::optional<double> testLoss; ///< At the end; absent without a test part.
    std::optional<double> accuracy; ///< At the end, 0 … 1; absent where targets are no classes.
    std::string message;            ///< Why it diverged or was refused; else empty.

    bool operator==(const SweepResult&) const = default;
};

/// How a run is watched from outside.
struct RunControl
{
    const std::atomic<bool>* interrupt = nullptr; ///< While true, `goOn` is asked soon.
    std::function<bool()> goOn;                   ///< False: give up. May wait as long as it likes.
    std::atomic<double>* share = nullptr;         ///< Told how far it is, 0 … 1.
};

/// Trains run `run` of the plan. Nothing: given up half-way. \throws std::bad_alloc
std::optional<SweepResult> trainRun(const SweepPlan& plan, std::int64_t run, const RunControl& control);

// Results as CSV. Columns: run, one per setting named by its path, repeat, init_seed, training_seed, outcome
// (finished, diverged, refused), updates, loss, test_loss, accuracy, message.

std::string resultHeader(const SweepPlan& plan);
std::string resultRow(const SweepPlan& plan, const SweepResult& result);
/// Nothing: not a row of this plan.
std::optional<SweepResult> parseResultRow(const SweepPlan& plan, std::string_view row);

} // namespace chronograd
