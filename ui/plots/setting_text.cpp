#include "ui/plots/setting_text.h"

#include "ui/theme/number_text.h"

#include <QCoreApplication>

namespace chronograd {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

QString settingName(const SettingSpec& setting)
{
    if (!setting.symbol.empty())
        return text(setting.symbol);
    return QCoreApplication::translate("Settings", std::string(setting.label).c_str());
}

QString changeText(const SettingChange& change, const std::optional<SettingValue>& before)
{
    const QString to = withShownNumbers(text(settingText(change)));
    const QString name = settingName(settingSpec(change.setting));
    if (!before)
        return QStringLiteral("%1 → %2").arg(name, to);
    const QString from = withShownNumbers(text(settingText({change.setting, *before})));
    return QStringLiteral("%1 %2 → %3").arg(name, from, to);
}

} // namespace chronograd
