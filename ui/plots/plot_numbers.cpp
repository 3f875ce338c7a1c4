#include "ui/plots/plot_numbers.h"

#include <QLocale>

namespace chronograd {

namespace {

const QLocale& english()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

} // namespace

QString shortest(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString grouped(std::int64_t number)
{
    return english().toString(static_cast<qlonglong>(number));
}

QString groupedRounded(double number)
{
    return english().toString(number, 'f', 0);
}

} // namespace chronograd
