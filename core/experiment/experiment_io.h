#pragma once

#include "core/experiment/experiment.h"
#include "core/experiment/input_error.h"
#include "core/tasks/dataset.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace chronograd {

/// Reads and checks an experiment file. Places are line and column for syntax, a JSON pointer for meaning;
/// the first error in document order is the one told. \throws InputError
Experiment readExperiment(const std::filesystem::path& file);

/// The same from text; `file` names it in messages and is where relative paths start.
Experiment parseExperiment(std::string_view text, const std::filesystem::path& file);

/// The same with changes from the command line put in before checking: "training.k1=3",
/// "network.layers.0.units=16". A value that does not parse as JSON is a string.
Experiment readExperiment(const std::filesystem::path& file, const std::vector<std::string>& assignments);
Experiment parseExperiment(std::string_view text, const std::filesystem::path& file,
                           const std::vector<std::string>& assignments);

/// The file that reads back as this experiment, indented, every key that differs from its default.
std::string writeExperiment(const Experiment& experiment);

/// The value of one training key as it stands in files ("\"n\"", "0.05", "null"), and all of `training` in
/// force: the "settings" of a trace.
std::string writeSettings(const TrainingSpec& training, const Hyperparameters& inForce);

/// Writes aside (FILE.part) and renames, so that no half-written file is ever left.
/// \throws InputError when the place cannot be written.
void writeFile(const std::filesystem::path& file, std::string_view content);

/// A double as the shortest decimal that reads back as the same double.
std::string numberText(double value);

} // namespace chronograd
