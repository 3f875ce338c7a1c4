#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// Where in an experiment file the settings are that a name most likely means, as --set takes them: those
/// whose last name it is, or ends with ("rate": training.learning_rate), or the one spelt most like it.
/// Empty: none is near. Places that only some files have (layers, weights) are not known here.
std::vector<std::string> settingPathsLike(std::string_view name);

} // namespace chronograd
