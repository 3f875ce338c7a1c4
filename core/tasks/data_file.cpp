#include "core/tasks/data_file.h"

#include "core/tasks/data_limits.h"
#include "core/tasks/task_error.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <system_error>

namespace chronograd {

namespace {

/// At most `most` bytes of a stream. Its size is not asked for: a pipe has none.
std::string readUpTo(std::istream& stream, std::size_t most)
{
    std::string content;
    std::string block(std::size_t{1} << 16U, '\0');
    while (content.size() < most && stream) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        content.append(block, 0, static_cast<std::size_t>(stream.gcount()));
    }
    return content;
}

} // namespace

DataFile readDataFile(std::string_view path, const std::filesystem::path& experimentFile)
{
    const std::filesystem::path place =
        (experimentFile.parent_path() / std::filesystem::path(path)).lexically_normal();
    const auto unreadable = [&](std::string_view reason) {
        return taskError(experimentFile, "/task/path",
                         "cannot read " + quotedExcerpt(place.string()) + " (" + std::string(reason) +
                             "); write a path relative to the experiment's folder");
    };
    if (path.empty())
        throw taskError(experimentFile, "/task/path", "is empty; write the name of a file");
    std::error_code ignored;
    if (std::filesystem::is_directory(place, ignored))
        throw unreadable("it is a folder");
    errno = 0;
    std::ifstream stream(place, std::ios::binary);
    if (!stream)
        throw unreadable(errno != 0 ? std::strerror(errno) : "it cannot be opened");
    DataFile file{place.string(), readUpTo(stream, largestFile + 1)};
    if (stream.bad())
        throw unreadable("reading failed");
    if (file.content.size() > largestFile)
        throw taskError(experimentFile, "/task/path",
                        quotedExcerpt(place.string()) + " is larger than " +
                            std::to_string(largestFile / (1024 * 1024)) + " MB, the limit");
    if (file.content.starts_with("\xEF\xBB\xBF"))
        file.content.erase(0, 3);
    return file;
}

} // namespace chronograd
