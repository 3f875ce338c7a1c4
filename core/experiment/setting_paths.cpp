#include "core/experiment/setting_paths.h"

#include "core/experiment/read_context.h"
#include "core/training/setting.h"

#include <algorithm>

namespace chronograd {
namespace {

constexpr std::string_view otherPaths[] = {
    "network.layers",    "network.weights",     "network.init.scheme", "network.init.range",
    "network.init.seed", "task.kind",           "task.length",         "task.sequences",
    "task.seed",         "task.delay",          "task.period",         "task.max_n",
    "task.noise",        "training.decay",      "training.epsilon",    "training.beta1",
    "training.beta2",    "training.batch_size", "training.shuffle",    "training.seed",
    "training.updates",  "training.stop_loss",  "training.schedule",
};

std::vector<std::string> allPaths()
{
    std::vector<std::string> paths;
    for (const SettingSpec& spec : settingTable())
        paths.push_back("training." + std::string(spec.key));
    paths.insert(paths.end(), std::begin(otherPaths), std::end(otherPaths));
    return paths;
}

std::string_view lastName(std::string_view path)
{
    return path.substr(path.rfind('.') + 1);
}

bool endsWithWord(std::string_view name, std::string_view word)
{
    return name.size() > word.size() && name.ends_with(word) && name[name.size() - word.size() - 1] == '_';
}

} // namespace

std::vector<std::string> settingPathsLike(std::string_view name)
{
    if (name.empty())
        return {};
    const std::vector<std::string> paths = allPaths();
    const auto those = [&paths](const auto& isMeant) {
        std::vector<std::string> found;
        std::ranges::copy_if(paths, std::back_inserter(found),
                             [&](const std::string& path) { return isMeant(lastName(path)); });
        return found;
    };
    auto found = those([name](std::string_view last) { return last == name; });
    if (found.empty())
        found = those([name](std::string_view last) { return endsWithWord(last, name); });
    if (!found.empty())
        return found;
    std::vector<std::string_view> names;
    for (const std::string& path : paths)
        names.push_back(lastName(path));
    const std::string_view meant = nearest(name, names);
    return those([meant](std::string_view last) { return last == meant; });
}

} // namespace chronograd
