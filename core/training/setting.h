#pragma once

#include "core/training/hyperparameters.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chronograd {

/// The settings that may change while training ("set" of a schedule entry).
enum class Setting : std::uint8_t
{
    K1,
    K2,
    LearningRate,
    Momentum,
    Loss,
    Reduction,
    Injection,
    History,
    Window,
    Optimizer,
    ClipNorm,
    State,
    Chunk,
};

struct NoValue
{
    bool operator==(const NoValue&) const = default;
};

/// A value of a setting: a step count, a number, the index of a choice in SettingSpec::choices, or null.
using SettingValue = std::variant<StepCount, double, int, NoValue>;

struct SettingChange
{
    Setting setting;
    SettingValue value;

    bool operator==(const SettingChange&) const = default;
};

enum class SettingKind : std::uint8_t
{
    Steps,        ///< 1 … 10⁹ or "n"
    Number,       ///< minimum … maximum
    NumberOrNone, ///< … or null
    StepsOrNone,  ///< 1 … 10⁹ or null
    Choice,
};

/// One row of the table that the reader, --set, the panels and the help all read.
struct SettingSpec
{
    Setting setting;
    std::string_view key;    ///< In files: "learning_rate".
    std::string_view label;  ///< In English, for the window: "learning rate".
    std::string_view symbol; ///< In formulas: "α"; may be empty.
    SettingKind kind;
    double minimum; ///< Numbers: the limits; `minimumAllowed` tells whether the limit itself is legal.
    bool minimumAllowed;
    double maximum;
    bool maximumAllowed;
    std::span<const std::string_view> choices; ///< In files, in the order of the enum.
    bool nextEpoch;        ///< In force from the next epoch on instead of the next update.
    std::string_view help; ///< One sentence.
};

std::span<const SettingSpec> settingTable();
const SettingSpec& settingSpec(Setting setting);
const SettingSpec* findSetting(std::string_view key); ///< nullptr: no such setting.

SettingValue settingValue(const Hyperparameters& settings, Setting setting);

/// Precondition: settingError() is empty for this change.
void apply(Hyperparameters& settings, const SettingChange& change);

/// What a legal value is, as 'a whole number from 1 to 1000000000 or "n"', "greater than 0", "sgd or adam".
std::string settingRule(const SettingSpec& spec);

/// Why a value is out of range, as "must be greater than 0, is -1"; empty when it is legal.
std::string settingError(const SettingChange& change);

/// The value as written in a file and shown to people: 5, n, 0.05, sgd, none.
std::string settingText(const SettingChange& change);

} // namespace chronograd
