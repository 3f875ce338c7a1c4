#pragma once

#include "core/training/setting.h"

#include <QString>

#include <optional>

namespace chronograd {

/// "k2 10 → 5", "α 0.1 → 0.05"; without the old value "k2 → 5".
QString changeText(const SettingChange& change, const std::optional<SettingValue>& before);

} // namespace chronograd
