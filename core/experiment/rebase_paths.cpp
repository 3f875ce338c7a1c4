#include "core/experiment/rebase_paths.h"

namespace chronograd {

namespace {

namespace fs = std::filesystem;

std::string rebased(const std::string& path, const fs::path& oldFile, const fs::path& newFile)
{
    if (path.empty() || fs::path(path).is_absolute() || oldFile.empty())
        return path;
    const fs::path data = fs::absolute(oldFile).parent_path() / path;
    return data.lexically_normal().lexically_proximate(fs::absolute(newFile).parent_path()).generic_string();
}

} // namespace

Experiment rebasedPaths(Experiment experiment, const fs::path& newFile)
{
    if (auto* csv = std::get_if<CsvTask>(&experiment.task))
        csv->path = rebased(csv->path, experiment.file, newFile);
    if (auto* text = std::get_if<TextTask>(&experiment.task))
        text->path = rebased(text->path, experiment.file, newFile);
    experiment.file = newFile;
    return experiment;
}

} // namespace chronograd
