#pragma once

#include "core/math/matrix.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace chronograd {

/// One sequence as written in a file: rows of steps; an absent input row is zeros, an absent target row has
/// no loss.
struct InlineSequence
{
    std::vector<std::optional<std::vector<double>>> inputs;
    std::vector<std::optional<std::vector<double>>> targets;
};

struct InlineTask
{
    std::vector<InlineSequence> sequences;
    std::vector<InlineSequence> testSequences;
};

enum class MissingRule : std::uint8_t
{
    Error,
    Interpolate,
};

struct CsvTask
{
    std::string path; ///< As written; relative to the experiment's folder.
    std::vector<std::string> inputs;
    std::vector<std::string> targets;
    std::optional<std::int64_t> horizon; ///< Absent: 1 where an input column is a target, else 0.
    bool normalise = false;
    MissingRule missing = MissingRule::Error;
    std::optional<std::int64_t> length; ///< Absent: the whole series is one sequence.
    double testFraction = 0.0;
};

struct TextTask
{
    std::string path; ///< Either path or text.
    std::string text;
    std::optional<std::int64_t> length;
    double testFraction = 0.0;
};

enum class GeneratorKind : std::uint8_t
{
    Echo,
    Sine,
    TemporalXor,
    Parity,
    Adding,
    Reber,
    Anbn,
    Latch,
    Sum,
};

struct GeneratorTask
{
    GeneratorKind kind = GeneratorKind::Echo;
    std::int64_t length = 40;
    std::int64_t sequences = 20;
    std::uint64_t seed = 1;
    std::int64_t delay = 3; ///< echo
    double period = 20.0;   ///< sine
    std::int64_t maxN = 8;  ///< anbn
    double noise = 0.1;     ///< latch
};

using TaskSpec = std::variant<InlineTask, CsvTask, TextTask, GeneratorTask>;

} // namespace chronograd
