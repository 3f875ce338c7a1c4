#include "ui/main_window/resources.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace chronograd {

namespace fs = std::filesystem;

fs::path resourcesFolder()
{
    const fs::path program(QCoreApplication::applicationDirPath().toStdString());
    std::vector<fs::path> candidates;
    if (qEnvironmentVariableIsSet("CHRONOGRAD_RESOURCES"))
        candidates.emplace_back(qEnvironmentVariable("CHRONOGRAD_RESOURCES").toStdString());
    candidates.push_back(program / ".." / "share" / "chronograd");
    candidates.push_back(program / ".." / "resources");
    for (const fs::path& candidate : candidates) {
        std::error_code error;
        if (fs::is_directory(candidate / "experiments", error))
            return candidate.lexically_normal();
    }
    return {};
}

std::vector<fs::path> readyExperiments()
{
    constexpr std::string_view extension = ".chronograd.json";
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(resourcesFolder() / "experiments", error))
        if (entry.path().filename().string().ends_with(extension))
            files.push_back(entry.path());
    const auto order = [](const fs::path& file) {
        const std::string name = file.filename().string();
        return std::pair(!name.starts_with("sunspots"), name);
    };
    std::sort(files.begin(), files.end(),
              [&order](const fs::path& a, const fs::path& b) { return order(a) < order(b); });
    return files;
}

} // namespace chronograd
