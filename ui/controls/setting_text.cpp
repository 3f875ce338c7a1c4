#include "ui/controls/setting_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace chronograd {

namespace {

QString settingWord(const char* text)
{
    return QCoreApplication::translate("Setting", text);
}

QString text(std::string_view latin)
{
    return QString::fromUtf8(latin.data(), qsizetype(latin.size()));
}

bool mayBeNone(const SettingSpec& spec)
{
    return spec.kind == SettingKind::NumberOrNone || spec.kind == SettingKind::StepsOrNone;
}

bool isSteps(const SettingSpec& spec)
{
    return spec.kind == SettingKind::Steps || spec.kind == SettingKind::StepsOrNone;
}

QString expectation(const SettingSpec& spec)
{
    switch (spec.kind) {
    case SettingKind::Steps:
        return settingWord("must be a whole number or n, is “%1”");
    case SettingKind::StepsOrNone:
        return settingWord("must be a whole number or none, is “%1”");
    case SettingKind::NumberOrNone:
        return settingWord("must be a number or none, is “%1”");
    default:
        return settingWord("must be a number, is “%1”");
    }
}

std::optional<SettingValue> parsed(const SettingSpec& spec, const QString& typed)
{
    const bool none = typed.isEmpty() || typed == settingWord("none") || typed == QStringLiteral("none");
    if (mayBeNone(spec) && none)
        return NoValue{};
    if (spec.kind == SettingKind::Steps && typed == QStringLiteral("n"))
        return StepCount::wholeSequence();
    bool isNumber = false;
    if (isSteps(spec)) {
        const qlonglong number = QLocale::c().toLongLong(typed, &isNumber);
        // 0 would mean n; it goes on as what it is, out of range.
        return isNumber ? std::optional<SettingValue>(StepCount(number == 0 ? -1 : number)) : std::nullopt;
    }
    const double number = QLocale::c().toDouble(QString(typed).replace(u',', u'.'), &isNumber);
    return isNumber ? std::optional<SettingValue>(number) : std::nullopt;
}

} // namespace

QString settingLabel(const SettingSpec& spec)
{
    if (spec.setting == Setting::K1)
        return settingWord("k1 steps per update");
    if (spec.setting == Setting::K2)
        return settingWord("k2 steps back");
    const QString label = settingWord(std::string(spec.label).c_str());
    return spec.symbol.empty() ? label : label + u' ' + text(spec.symbol);
}

QString choiceLabel(std::string_view choice)
{
    return settingWord(std::string(choice).c_str()).replace(u'_', u' ');
}

std::optional<SettingValue> settingFromText(const SettingSpec& spec, const QString& text, QString* error)
{
    const QString typed = text.trimmed();
    const std::optional<SettingValue> value = parsed(spec, typed);
    if (!value) {
        *error = expectation(spec).arg(typed);
        return std::nullopt;
    }
    const auto* steps = std::get_if<StepCount>(&*value);
    if (steps && steps->number() == -1 && typed.toLongLong() == 0) {
        *error = settingWord("must be at least 1, is 0");
        return std::nullopt;
    }
    const std::string wrong = settingError({spec.setting, *value});
    if (!wrong.empty()) {
        *error = QString::fromStdString(wrong);
        return std::nullopt;
    }
    return value;
}

} // namespace chronograd
