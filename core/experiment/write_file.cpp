#include "core/experiment/experiment_io.h"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace chronograd {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& reason)
{
    throw InputError(file.string() + ": cannot be written: " + reason);
}

} // namespace

void writeFile(const std::filesystem::path& file, std::string_view content)
{
    std::filesystem::path part = file;
    part += ".part";
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        fail(file, "it is a folder");
    errno = 0;
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    if (!out)
        fail(file, std::generic_category().message(errno));
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) {
        const std::string reason = std::generic_category().message(errno);
        std::filesystem::remove(part, error);
        fail(file, reason);
    }
    std::filesystem::rename(part, file, error);
    if (error) {
        const std::string reason = error.message();
        std::filesystem::remove(part, error);
        fail(file, reason);
    }
}

} // namespace chronograd
