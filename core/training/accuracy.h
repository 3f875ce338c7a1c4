#pragma once

#include "core/network/network.h"
#include "core/tasks/dataset.h"
#include "core/training/frame.h"
#include "core/training/hyperparameters.h"

#include <cstdint>
#include <optional>
#include <span>

namespace chronograd {

/// When a step is right, where the targets are classes.
enum class ClassRule : std::uint8_t
{
    Largest, ///< One-hot targets behind softmax: the output that shall be 1 is the largest.
    Signs,   ///< Targets ±1 and the logistic loss: every output has the sign of its target.
    Halves,  ///< Targets 0 and 1 and binary cross entropy: every output is on the right side of ½.
};

/// Steps with a target, and those of them that are right.
struct Accuracy
{
    std::int64_t right = 0;
    std::int64_t steps = 0;

    double share() const
    {
        return steps == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(steps);
    }
    void count(bool isRight)
    {
        right += isRight ? 1 : 0;
        ++steps;
    }
    bool operator==(const Accuracy&) const = default;
};

/// The rule under which these are the targets; absent: they are no classes to this network and loss.
std::optional<ClassRule> classRule(const Network& network, Loss loss, const Dataset& data);

bool isRight(ClassRule rule, std::span<const double> output, std::span<const double> target);

/// Of the steps of the frame's window that it holds and that were computed; absent where their targets are no
/// classes.
std::optional<Accuracy> windowAccuracy(const Frame& frame);

} // namespace chronograd
