#include "ui/graph/number_text.h"

#include "ui/theme/reading.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

const QChar minus(0x2212);

QString nonFinite(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
}

} // namespace

QString typeset(QString text)
{
    const auto power = text.indexOf(u'e');
    if (power >= 0) {
        const bool negative = text[power + 1] == u'-';
        QString digits = text.mid(power + 2);
        while (digits.size() > 1 && digits.startsWith(u'0'))
            digits.remove(0, 1);
        text = text.left(power + 1) + (negative ? QStringLiteral("-") : QString()) + digits;
    }
    return withDecimalSign(text.replace(u'-', minus));
}

QString unitNumber(double value)
{
    if (!std::isfinite(value))
        return nonFinite(value);
    const double size = std::abs(value);
    if (size < 0.005)
        return size > 0 ? withDecimalSign(QStringLiteral(".00")) : QStringLiteral("0");
    if (size < 0.995)
        return (value < 0 ? QString(minus) : QString()) +
               withDecimalSign(QString::number(size, 'f', 2).mid(1));
    if (size < 9.95)
        return typeset(QString::number(value, 'f', 1));
    if (size < 999.5)
        return typeset(QString::number(value, 'f', 0));
    return typeset(QString::number(value, 'e', 0));
}

QString shortNumber(double value)
{
    if (!std::isfinite(value))
        return nonFinite(value);
    const double size = std::abs(value);
    if (size > 0 && (size < 0.0095 || size >= 9999.5))
        return typeset(QString::number(value, 'e', 1));
    if (size < 9.9995)
        return typeset(QString::number(value, 'f', 3));
    return typeset(QString::number(value, 'f', size < 99.95 ? 1 : 0));
}

QString exactNumber(double value)
{
    constexpr int leastDigits = 6; // so that numbers of one picture can be told apart
    const int digits = std::max(leastDigits, Reading::current().digits);
    return std::isfinite(value) ? typeset(QString::number(value, 'g', digits)) : nonFinite(value);
}

} // namespace chronograd
