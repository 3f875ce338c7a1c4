#pragma once

#include "core/experiment/input_error.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace chronograd {

/// "FILE: POINTER: SENTENCE", for what an experiment file says about its task.
InputError taskError(const std::filesystem::path& experimentFile, std::string_view pointer,
                     std::string_view sentence);

/// "1 row", "3 rows"
std::string counted(std::int64_t count, std::string_view noun);

/// Text of a foreign file for a message: quoted, control characters escaped, cut when it is long.
std::string quotedExcerpt(std::string_view text);

} // namespace chronograd
