#include "ui/main_window/position_text.h"

#include "ui/theme/reading.h"

#include <QCoreApplication>

namespace chronograd {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("chronograd::positionText", text);
}

QString count(std::int64_t number)
{
    return groupingLocale().toString(qlonglong{number});
}

} // namespace

QString positionText(const Position& position, std::int64_t furthest)
{
    const QString sequence =
        position.sequences > 1
            ? translated("sequence %1 of %2").arg(count(position.sequence), count(position.sequences))
            : translated("sequence %1").arg(count(position.sequence));
    const QString update =
        furthest > 0 ? translated("update %1 of %2 computed").arg(count(position.update), count(furthest))
                     : translated("update %1").arg(count(position.update));
    return translated("epoch %1 · %2 · t = %3 · %4")
        .arg(count(position.epoch), sequence, count(position.t), update);
}

QString shortPositionText(const Position& position, std::int64_t furthest)
{
    const auto of = [](std::int64_t number, std::int64_t all) {
        return all > 1 ? QStringLiteral("%1/%2").arg(count(number), count(all)) : count(number);
    };
    return translated("ep. %1 · seq. %2 · t = %3 · upd. %4")
        .arg(count(position.epoch), of(position.sequence, position.sequences), count(position.t),
             of(position.update, furthest));
}

} // namespace chronograd
