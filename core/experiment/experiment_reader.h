#pragma once

#include "core/experiment/experiment.h"
#include "core/experiment/parameter_shape.h"
#include "core/experiment/read_context.h"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace chronograd {

// The parts of an experiment file, each read and checked by itself. What is wrong goes to the context; the
// result is then not to be used.

/// Everything but `weights`, whose shapes need the task too.
NetworkSpec readNetwork(ReadContext& context, JsonValue value);
TaskSpec readTask(ReadContext& context, JsonValue value);
TrainingSpec readTraining(ReadContext& context, JsonValue value);
std::vector<BookValue> readExpected(ReadContext& context, JsonValue value);

SavedSession readSession(ReadContext& context, JsonValue value, std::span<const ParameterShape> shapes);
SavedCheckpoint readCheckpoint(ReadContext& context, JsonValue value, std::span<const ParameterShape> shapes);
void readSchedule(ReadContext& context, JsonValue value, std::vector<ScheduleEntry>& schedule);
/// Of the session read so far, whose courses its choices may name.
UndoList readUndoList(ReadContext& context, JsonValue value, const SavedSession& session);
/// Of an object of names and numbers. That they name something is for checkEdits() to see.
std::vector<Edit> readEdits(ReadContext& context, JsonValue value);
/// Of an object with nothing but settings: those that are there, in the order of the table.
std::vector<SettingChange> readSettings(ReadContext& context, JsonValue value);
/// The value of one setting, or nothing and a report.
std::optional<SettingValue> readSetting(ReadContext& context, JsonValue value, const SettingSpec& spec);

/// Named matrices ("weights" of the network, "parameters" of a session).
std::map<std::string, Matrix> readParameters(ReadContext& context, JsonValue value,
                                             std::span<const ParameterShape> shapes);

/// The columns a task gives, where the file alone says it (not for text).
struct TaskWidth
{
    std::optional<std::int64_t> inputs;
    std::optional<std::int64_t> targets;
};
TaskWidth taskWidth(const TaskSpec& task);

/// What one section alone cannot know: sizes of network and task, loss and activation, rules of bidirectional
/// layers, carried state. `document` is the whole file. Preconditions: the network was read without findings.
void checkSizes(ReadContext& context, JsonValue document, const NetworkSpec& network, const TaskSpec& task);
void checkParameterCount(ReadContext& context, JsonValue document, std::span<const ParameterShape> shapes);
void checkTraining(ReadContext& context, JsonValue document, const NetworkSpec& network);
void checkEdits(ReadContext& context, JsonValue document, std::span<const ParameterShape> shapes,
                const TaskWidth& task);

/// That every book value is of a number that this network has. Where a size waits for the task's data it is
/// checked with them (see WorkedExample).
void checkExpected(ReadContext& context, JsonValue expected, const NetworkSpec& network,
                   const TaskWidth& task);

} // namespace chronograd
