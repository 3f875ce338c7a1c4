#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"

#include <algorithm>

namespace chronograd {
namespace {

std::optional<SettingValue> readStepSetting(ReadContext& context, JsonValue value, const SettingSpec& spec)
{
    if (spec.kind == SettingKind::Steps && value.is(JsonKind::String) && value.text() == "n")
        return StepCount::wholeSequence();
    const std::optional<std::int64_t> steps = wholeNumber(value);
    const SettingValue result = StepCount(steps.value_or(0));
    if (steps && *steps != 0 && settingError({spec.setting, result}).empty())
        return result;
    context.reportRule(value, settingRule(spec));
    return std::nullopt;
}

} // namespace

/// The value of one row of the table of settings, or nothing and a report.
std::optional<SettingValue> readSetting(ReadContext& context, JsonValue value, const SettingSpec& spec)
{
    const bool mayBeNull = spec.kind == SettingKind::NumberOrNone || spec.kind == SettingKind::StepsOrNone;
    if (mayBeNull && value.is(JsonKind::Null))
        return NoValue{};
    switch (spec.kind) {
    case SettingKind::Steps:
    case SettingKind::StepsOrNone:
        return readStepSetting(context, value, spec);
    case SettingKind::Choice:
        if (const auto index = readIndex(context, value, spec.choices))
            return SettingValue(*index);
        return std::nullopt;
    case SettingKind::Number:
    case SettingKind::NumberOrNone:
        break;
    }
    if (!value.isNumber()) {
        context.reportRule(value, "a number (" + settingRule(spec) + ")");
        return std::nullopt;
    }
    const SettingChange change{spec.setting, value.number()};
    if (const std::string error = settingError(change); !error.empty()) {
        context.report(value, error);
        return std::nullopt;
    }
    return change.value;
}

namespace {

std::vector<std::string_view> settingKeys()
{
    std::vector<std::string_view> keys;
    for (const SettingSpec& spec : settingTable())
        keys.push_back(spec.key);
    return keys;
}

std::vector<SettingChange> readSettings(ReadContext& context, const ObjectReader& object)
{
    std::vector<SettingChange> changes;
    for (const SettingSpec& spec : settingTable())
        if (const auto value = object.find(spec.key))
            if (const auto setting = readSetting(context, *value, spec))
                changes.push_back({spec.setting, *setting});
    return changes;
}

} // namespace

std::vector<SettingChange> readSettings(ReadContext& context, JsonValue value)
{
    return readSettings(context, ObjectReader(context, value, settingKeys()));
}

std::vector<Edit> readEdits(ReadContext& context, JsonValue value)
{
    std::vector<Edit> edits;
    const ObjectReader object(context, value, {});
    if (object.isObject())
        for (const JsonValue key : value.children()) {
            Edit& edit = edits.emplace_back();
            edit.of = key.text();
            readNumber(context, key.value(), {}, edit.value);
        }
    return edits;
}

namespace {

ScheduleEntry readEntry(ReadContext& context, JsonValue value)
{
    ScheduleEntry entry;
    const ObjectReader object(context, value, {"update", "set", "edit"});
    if (const auto update = object.require("update", "500"))
        readWhole(context, *update, {1, format::maxCount}, entry.update);
    if (const auto set = object.find("set"))
        entry.set = readSettings(context, *set);
    if (const auto edit = object.find("edit"))
        entry.edits = readEdits(context, *edit);
    return entry;
}

} // namespace

void readSchedule(ReadContext& context, JsonValue value, std::vector<ScheduleEntry>& schedule)
{
    if (!readList(context, value, "entries, each with \"update\" and \"set\" or \"edit\""))
        return;
    for (const JsonValue item : value.children())
        schedule.push_back(readEntry(context, item));
    std::stable_sort(schedule.begin(), schedule.end(),
                     [](const ScheduleEntry& a, const ScheduleEntry& b) { return a.update < b.update; });
}

namespace {

void readBatchSize(ReadContext& context, JsonValue value, std::optional<std::int64_t>& batchSize)
{
    std::int64_t size = 1;
    if (value.is(JsonKind::String) && value.text() == "all")
        batchSize.reset();
    else if (readWhole(context, value, {1, format::maxSteps, " or \"all\""}, size))
        batchSize = size;
}

void readEnd(ReadContext& context, const ObjectReader& object, TrainingSpec& training)
{
    if (const auto updates = object.find("updates")) {
        std::int64_t count = 0;
        if (updates->is(JsonKind::Null))
            training.updates.reset();
        else if (readWhole(context, *updates, {0, format::maxCount, " or null"}, count))
            training.updates = count;
    }
    if (const auto stop = object.find("stop_loss"); stop && !stop->is(JsonKind::Null)) {
        if (stop->isNumber())
            training.stopLoss = stop->number();
        else
            context.reportRule(*stop, "a number or null");
    }
}

} // namespace

TrainingSpec readTraining(ReadContext& context, JsonValue value)
{
    TrainingSpec training;
    std::vector<std::string_view> keys = settingKeys();
    keys.insert(keys.end(), {"decay", "epsilon", "beta1", "beta2", "batch_size", "shuffle", "seed", "updates",
                             "stop_loss", "schedule"});
    const ObjectReader object(context, value, keys);
    Hyperparameters& start = training.start;
    for (const SettingChange& change : readSettings(context, object))
        apply(start, change);
    object.number("decay", NumberRange::fraction(), start.decay);
    object.number("epsilon", NumberRange::above(0.0), start.epsilon);
    object.number("beta1", NumberRange::fraction(), start.beta1);
    object.number("beta2", NumberRange::fraction(), start.beta2);
    if (const auto size = object.find("batch_size"))
        readBatchSize(context, *size, training.batchSize);
    object.boolean("shuffle", training.shuffle);
    object.seed("seed", training.seed);
    readEnd(context, object, training);
    if (const auto schedule = object.find("schedule"))
        readSchedule(context, *schedule, training.schedule);
    return training;
}

} // namespace chronograd
