#include "ui/compare/lane_words.h"

#include "ui/inspector/quantity_words.h"
#include "ui/plots/setting_text.h"
#include "ui/theme/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace chronograd {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Lane", text);
}

/// "α = 0.01"; of what is no setting of training, as it is.
QString assignmentText(const std::string& assignment)
{
    const QString text = QString::fromStdString(assignment).remove(QStringLiteral("training."));
    const QString key = text.section(u'=', 0, 0);
    const SettingSpec* setting = findSetting(key.toStdString());
    return QStringLiteral("%1 = %2").arg(setting != nullptr ? settingName(*setting)
                                                            : QString(key).replace(u'_', u' '),
                                         withShownNumbers(text.section(u'=', 1)));
}

QString numberText(double value, int digits)
{
    return typeset(QString::number(value, 'g', digits));
}

} // namespace

QString differenceWords(const LaneSpec& lane, const Hyperparameters& original)
{
    QStringList parts;
    if (!lane.about.empty())
        parts << QString::fromStdString(lane.about);
    if (lane.evolves)
        parts << translated(QT_TRANSLATE_NOOP("Lane", "evolution strategy, no gradient"));
    for (const SettingChange& change : lane.changes)
        parts << changeText(change, settingValue(original, change.setting));
    for (const std::string& assignment : lane.assignments)
        parts << assignmentText(assignment);
    if (lane.seed)
        parts << translated(QT_TRANSLATE_NOOP("Lane", "seed %1")).arg(*lane.seed);
    return parts.isEmpty() ? translated(QT_TRANSLATE_NOOP("Lane", "as it is"))
                           : parts.join(QStringLiteral(", "));
}

QString standWords(const Lane& lane)
{
    if (!lane.message().empty())
        return withShownNumbers(QString::fromStdString(lane.message()));
    const QLocale locale(QLocale::English, QLocale::UnitedStates);
    const auto number = [&locale](std::int64_t value) {
        return locale.toString(static_cast<qlonglong>(value));
    };
    const QString unit = lane.evolves() ? translated(QT_TRANSLATE_NOOP("Lane", "generation %1"))
                                        : translated(QT_TRANSLATE_NOOP("Lane", "update %1"));
    if (lane.updates() < lane.furthest()) // taken back in time
        return translated(QT_TRANSLATE_NOOP("Lane", "%1 of %2"))
            .arg(unit.arg(number(lane.updates())), number(lane.furthest()));
    const char* const words = lane.steps() == 1 ? QT_TRANSLATE_NOOP("Lane", "%1, %2 time step")
                                                : QT_TRANSLATE_NOOP("Lane", "%1, %2 time steps");
    return translated(words).arg(unit.arg(number(lane.updates())), number(lane.steps()));
}

QString tellingText(std::optional<double> value, std::optional<double> other)
{
    if (!value)
        return translated(QT_TRANSLATE_NOOP("Lane", "cut off"));
    constexpr int few = 4;
    constexpr int all = 17;
    for (int digits = few; other && digits < all; ++digits)
        if (numberText(*value, digits) != numberText(*other, digits))
            return numberText(*value, digits);
    return numberText(*value, other ? all : few);
}

QString firstDifferenceWords(const Difference& difference, const Network& network, const QString& a,
                             const QString& b)
{
    return translated(
               QT_TRANSLATE_NOOP("Lane", "The first number that differs: %1 is %2 in “%3” and %4 in “%5”."))
        .arg(wordsFor(difference.quantity, network), tellingText(difference.a, difference.b), a,
             tellingText(difference.b, difference.a), b);
}

QString readyText(std::string_view english)
{
    return QCoreApplication::translate("ReadyComparison", std::string(english).c_str());
}

QString differenceTag(const Difference& difference)
{
    return translated(QT_TRANSLATE_NOOP("Lane", "first difference: %1 | %2"))
        .arg(tellingText(difference.a, difference.b), tellingText(difference.b, difference.a));
}

} // namespace chronograd
