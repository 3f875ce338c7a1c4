#pragma once

#include "core/tasks/dataset.h"
#include "core/tasks/task_spec.h"

#include <filesystem>
#include <optional>

namespace chronograd {

/// The sequences written in the experiment file itself. `networkInputs` gives the width when every input row
/// is null. \throws InputError for rows of different widths, and when no step has a target.
Dataset makeInline(const InlineTask& task, std::optional<int> networkInputs,
                   const std::filesystem::path& experimentFile);

} // namespace chronograd
