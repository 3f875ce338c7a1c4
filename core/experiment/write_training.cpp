#include "core/experiment/experiment_io.h"
#include "core/experiment/experiment_writer.h"

#include <algorithm>

namespace chronograd {

void writeSetting(JsonWriter& json, const SettingChange& change)
{
    json.key(settingSpec(change.setting).key);
    const SettingValue& value = change.value;
    if (const auto* number = std::get_if<double>(&value))
        json.number(*number);
    else if (const auto* steps = std::get_if<StepCount>(&value); steps && !steps->isWholeSequence())
        json.whole(steps->number());
    else if (std::holds_alternative<NoValue>(value))
        json.null();
    else
        json.text(settingText(change));
}

namespace {

bool isAlwaysWritten(Setting setting)
{
    return setting == Setting::K1 || setting == Setting::K2 || setting == Setting::LearningRate ||
           setting == Setting::Momentum;
}

template<typename Value, typename Write>
void writeOther(JsonWriter& json, bool all, std::string_view key, const Value& value, const Value& usual,
                Write write)
{
    if (!all && value == usual)
        return;
    json.key(key);
    write(value);
}

/// Every key but the schedule; `all`: those at their defaults too.
void writeKeys(JsonWriter& json, const TrainingSpec& training, const Hyperparameters& settings, bool all)
{
    const TrainingSpec usual;
    for (const SettingSpec& spec : settingTable()) {
        const SettingValue value = settingValue(settings, spec.setting);
        if (all || isAlwaysWritten(spec.setting) || value != settingValue(usual.start, spec.setting))
            writeSetting(json, {spec.setting, value});
    }
    const auto number = [&json](double value) { json.number(value); };
    writeOther(json, all, "decay", settings.decay, usual.start.decay, number);
    writeOther(json, all, "epsilon", settings.epsilon, usual.start.epsilon, number);
    writeOther(json, all, "beta1", settings.beta1, usual.start.beta1, number);
    writeOther(json, all, "beta2", settings.beta2, usual.start.beta2, number);
    writeOther(json, all, "batch_size", training.batchSize, usual.batchSize,
               [&json](const auto& size) { size ? json.whole(*size) : json.text("all"); });
    writeOther(json, all, "shuffle", training.shuffle, usual.shuffle,
               [&json](bool value) { json.boolean(value); });
    writeOther(json, all, "seed", training.seed, usual.seed,
               [&json](std::uint64_t value) { json.natural(value); });
    writeOther(json, true, "updates", training.updates, usual.updates,
               [&json](const auto& count) { count ? json.whole(*count) : json.null(); });
    writeOther(json, all, "stop_loss", training.stopLoss, usual.stopLoss,
               [&json](const auto& loss) { loss ? json.number(*loss) : json.null(); });
}

/// Of several changes of one thing only the last counts, and a key may be there once.
template<typename Change, typename Key, typename Write>
void forLast(const std::vector<Change>& changes, Key keyOf, Write write)
{
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        const auto isSame = [&](const Change& later) { return keyOf(later) == keyOf(*change); };
        if (std::none_of(change + 1, changes.end(), isSame))
            write(*change);
    }
}

void writeEntry(JsonWriter& json, const ScheduleEntry& entry)
{
    json.beginObject(JsonWriter::Layout::Line);
    json.key("update").whole(entry.update);
    if (!entry.set.empty())
        writeSet(json, entry.set);
    if (!entry.edits.empty())
        writeEdits(json, entry.edits);
    json.endObject();
}

} // namespace

void writeSet(JsonWriter& json, const std::vector<SettingChange>& changes)
{
    json.key("set").beginObject();
    forLast(
        changes, [](const SettingChange& change) { return change.setting; },
        [&json](const SettingChange& change) { writeSetting(json, change); });
    json.endObject();
}

void writeEdits(JsonWriter& json, const std::vector<Edit>& edits)
{
    json.key("edit").beginObject();
    forLast(
        edits, [](const Edit& edit) { return edit.of; },
        [&json](const Edit& edit) { json.key(edit.of).number(edit.value); });
    json.endObject();
}

void writeSchedule(JsonWriter& json, std::string_view key, const std::vector<ScheduleEntry>& schedule)
{
    json.key(key).beginArray();
    for (const ScheduleEntry& entry : schedule)
        writeEntry(json, entry);
    json.endArray();
}

void writeTraining(JsonWriter& json, const TrainingSpec& training)
{
    json.key("training").beginObject();
    writeKeys(json, training, training.start, false);
    if (!training.schedule.empty())
        writeSchedule(json, "schedule", training.schedule);
    json.endObject();
}

std::string writeSettings(const TrainingSpec& training, const Hyperparameters& inForce)
{
    JsonWriter json;
    json.beginObject(JsonWriter::Layout::Line);
    writeKeys(json, training, inForce, true);
    json.endObject();
    return json.take();
}

} // namespace chronograd
