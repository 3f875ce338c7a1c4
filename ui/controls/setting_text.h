#pragma once

#include "core/training/setting.h"

#include <QString>

#include <optional>

namespace chronograd {

/// What a setting is called beside its control: "k1 steps per update", "learning rate α".
QString settingLabel(const SettingSpec& spec);

/// A choice as people read it: "half squared error".
QString choiceLabel(std::string_view choice);

/// The value that somebody typed; empty when it is none, and `error` says why.
std::optional<SettingValue> settingFromText(const SettingSpec& spec, const QString& text, QString* error);

} // namespace chronograd
