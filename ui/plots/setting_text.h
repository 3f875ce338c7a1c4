#pragma once

#include "core/training/setting.h"

#include <QString>

#include <optional>

namespace chronograd {

/// Its symbol, "α"; of one that has none its label, "optimizer".
QString settingName(const SettingSpec& setting);

/// "k2 10 → 5", "α 0.1 → 0.05"; without the old value "k2 → 5".
QString changeText(const SettingChange& change, const std::optional<SettingValue>& before);

} // namespace chronograd
