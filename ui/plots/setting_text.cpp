#include "ui/plots/setting_text.h"

#include <QCoreApplication>

namespace chronograd {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString nameOf(Setting setting)
{
    const SettingSpec& spec = settingSpec(setting);
    if (!spec.symbol.empty())
        return text(spec.symbol);
    return QCoreApplication::translate("Settings", std::string(spec.label).c_str());
}

} // namespace

QString changeText(const SettingChange& change, const std::optional<SettingValue>& before)
{
    const QString to = text(settingText(change));
    if (!before)
        return QStringLiteral("%1 → %2").arg(nameOf(change.setting), to);
    const QString from = text(settingText({change.setting, *before}));
    return QStringLiteral("%1 %2 → %3").arg(nameOf(change.setting), from, to);
}

} // namespace chronograd
