#pragma once

#include "core/experiment/experiment.h"
#include "core/experiment/json_writer.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

// The parts of an experiment file, each written where the writer stands in the object of the file.

void writeTask(JsonWriter& json, const TaskSpec& task);
void writeTraining(JsonWriter& json, const TrainingSpec& training);

void writeSession(JsonWriter& json, const SavedSession& session, const NetworkSpec& network);
void writeSchedule(JsonWriter& json, std::string_view key, const std::vector<ScheduleEntry>& schedule);
/// "set" and "edit" of an object that is written on one line; of several changes of one thing the last.
void writeSet(JsonWriter& json, const std::vector<SettingChange>& changes);
void writeEdits(JsonWriter& json, const std::vector<Edit>& edits);
/// Key and value of one setting.
void writeSetting(JsonWriter& json, const SettingChange& change);

/// An object of named matrices: a row on a line, biases as plain lists, in the order of the layers.
void writeParameters(JsonWriter& json, const std::map<std::string, Matrix>& parameters,
                     const NetworkSpec& network);

} // namespace chronograd
