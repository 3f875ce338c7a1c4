#pragma once

#include "core/tasks/dataset.h"
#include "core/tasks/task_spec.h"

#include <filesystem>

namespace chronograd {

/// Characters (Unicode code points) of a text, one-hot in order of first appearance in the whole text, each
/// with the next one as target. Nothing is left out: line ends are characters too, as they stand in the file.
/// Cut into sequences and parts as a series with horizon 1 (see series.h).
/// \throws InputError, also for what is not UTF-8
Dataset makeText(const TextTask& task, const std::filesystem::path& experimentFile);

} // namespace chronograd
