#include "ui/plots/plot_numbers.h"

#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

namespace chronograd {

QString shortest(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString shownShortest(double value)
{
    return typeset(shortest(value));
}

QString shownRounded(double value, int digits)
{
    return typeset(QString::number(value, 'g', digits));
}

QString shownFixed(double value, int decimals)
{
    const QString text = QString::number(value, 'f', decimals);
    return typeset(text.toDouble() == 0.0 ? QString::number(0.0, 'f', decimals) : text);
}

QString grouped(std::int64_t number)
{
    return groupingLocale().toString(static_cast<qlonglong>(number));
}

QString groupedRounded(double number)
{
    return groupingLocale().toString(number, 'f', 0);
}

} // namespace chronograd
