#include "ui/theme/formula_number.h"

#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

constexpr int smallestPlainExponent = -4; // 0.0001234 is still read at a glance, 0.00001234 is not.
constexpr int largestPlainExponent = 6;

QString written(QString text)
{
    return withDecimalSign(text.replace(u'-', u'−'));
}

/// The shortest digits that read back as this double, when they are few enough; else rounded.
QString scientific(double value, int digits)
{
    const QString shortest = QString::number(value, 'e', QLocale::FloatingPointShortest);
    const qsizetype shortestDigits = shortest.left(shortest.indexOf(u'e')).count(QChar(u'.')) == 0
                                         ? 1
                                         : shortest.indexOf(u'e') - (value < 0 ? 1 : 0) - 1;
    return shortestDigits <= digits ? shortest : QString::number(value, 'e', digits - 1);
}

QString plain(const QString& mantissa, int exponent)
{
    QString digits = mantissa;
    const bool negative = digits.startsWith(u'-');
    digits.remove(u'-').remove(u'.');
    if (exponent < 0) {
        digits = u"0."_s + QString(-exponent - 1, u'0') + digits;
    } else if (digits.size() <= exponent + 1) {
        digits += QString(exponent + 1 - digits.size(), u'0');
    } else {
        digits.insert(exponent + 1, u'.');
    }
    return negative ? u'-' + digits : digits;
}

} // namespace

FormulaNumber formulaNumber(double value, int digits)
{
    FormulaNumber number;
    number.negative = std::signbit(value) && value != 0.0;
    if (std::isnan(value)) {
        number.negative = false;
        number.digits = u"not a number"_s;
        return number;
    }
    if (std::isinf(value)) {
        number.digits = value < 0 ? u"−∞"_s : u"∞"_s;
        return number;
    }
    if (value == 0.0) {
        number.digits = u"0"_s;
        return number;
    }
    const QString text = scientific(value, std::clamp(digits, Reading::leastDigits, Reading::mostDigits));
    const qsizetype e = text.indexOf(u'e');
    const QString mantissa = text.left(e);
    const int exponent = text.mid(e + 1).toInt();
    if (exponent >= smallestPlainExponent && exponent <= largestPlainExponent) {
        number.digits = written(plain(mantissa, exponent));
    } else {
        number.digits = written(mantissa);
        number.power = exponent;
        number.exponent = written(QString::number(exponent));
    }
    return number;
}

QString formulaNumberText(double value, int digits)
{
    const FormulaNumber number = formulaNumber(value, digits);
    if (number.exponent.isEmpty())
        return number.digits;
    return number.digits + u"·10"_s + raised(number.power);
}

} // namespace chronograd
