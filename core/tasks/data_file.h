#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace chronograd {

/// A file that a task names, read whole.
struct DataFile
{
    std::string name; ///< For messages: the path as it was opened.
    std::string content;
};

/// Reads the file at `path`, relative to the experiment's folder, without a byte order mark.
/// \throws InputError when it cannot be read or is larger than the limit
DataFile readDataFile(std::string_view path, const std::filesystem::path& experimentFile);

} // namespace chronograd
