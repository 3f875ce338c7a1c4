#include "ui/theme/number_text.h"

#include "ui/theme/formula_number.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>
#include <QRegularExpression>

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

QString withRealMinus(QString text)
{
    return withDecimalSign(text.replace(u'-', minus));
}

/// Three decimals, or two digits and a power where that says nothing, as Qt writes them.
QString shortText(double value)
{
    const double size = std::abs(value);
    if (size > 0 && (size < 0.0095 || size >= 9999.5))
        return QString::number(value, 'e', 1);
    if (size < 9.9995)
        return QString::number(value, 'f', 3);
    return QString::number(value, 'f', size < 99.95 ? 1 : 0);
}

} // namespace

QString raised(int power)
{
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text;
    for (const QChar c : QString::number(power))
        text += c == u'-' ? QChar(u'⁻') : digits[c.digitValue()];
    return text;
}

QString typeset(QString text)
{
    const qsizetype power = text.indexOf(u'e');
    if (power < 0)
        return withRealMinus(std::move(text));
    return withRealMinus(text.left(power)) + QStringLiteral("·10") + raised(text.mid(power + 1).toInt());
}

QString typesetCompact(QString text)
{
    const qsizetype power = text.indexOf(u'e');
    if (power >= 0)
        text = text.left(power + 1) + QString::number(text.mid(power + 1).toInt());
    return withRealMinus(std::move(text));
}

QString withShownNumbers(const QString& sentence)
{
    static const QRegularExpression number(
        QStringLiteral(R"((?<![\w.,/-])-?\d+(?:\.\d+(?:e[+-]?\d+)?|e[+-]?\d+)(?!\w|[.,]\d))"));
    QString shown;
    qsizetype end = 0;
    for (auto found = number.globalMatch(sentence); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        shown += QStringView(sentence).mid(end, match.capturedStart() - end);
        shown += formulaNumberText(match.captured().toDouble(), Reading::current().digits);
        end = match.capturedEnd();
    }
    return shown + sentence.mid(end);
}

QString unitNumber(double value, int decimals)
{
    if (!std::isfinite(value))
        return nonFinite(value);
    const double size = std::abs(value);
    const double half = 0.5 * std::pow(10.0, -decimals); // Of the last decimal.
    if (size < 1.0 - half) {
        const QString sign = value < 0 && size >= half ? QString(minus) : QString();
        return size > 0 ? sign + withDecimalSign(QString::number(size, 'f', decimals).mid(1))
                        : QStringLiteral("0");
    }
    if (decimals > 1 && size < 9.95)
        return typesetCompact(QString::number(value, 'f', 1));
    if (size < 999.5)
        return typesetCompact(QString::number(value, 'f', 0));
    return typesetCompact(QString::number(value, 'e', 0));
}

QString shortNumber(double value)
{
    return std::isfinite(value) ? typeset(shortText(value)) : nonFinite(value);
}

QString compactNumber(double value)
{
    return std::isfinite(value) ? typesetCompact(shortText(value)) : nonFinite(value);
}

QString tickNumber(double value)
{
    if (value == 0.0)
        return QStringLiteral("0");
    if (value < 0.0)
        return QChar(u'−') + tickNumber(-value);
    const auto rounded = [](double number, int digits) {
        return typeset(QString::number(number, 'g', digits));
    };
    if (value >= 9.99e-5 && value < 1e6)
        return rounded(value, 6);
    const int exponent = static_cast<int>(std::floor(std::log10(value) + 1e-9));
    const double mantissa = value / std::pow(10.0, exponent);
    const QString power = QStringLiteral("10") + raised(exponent);
    return std::abs(mantissa - 1.0) < 1e-6 ? power : rounded(mantissa, 4) + QStringLiteral("·") + power;
}

QString exactNumber(double value)
{
    constexpr int leastDigits = 6; // so that numbers of one picture can be told apart
    const int digits = std::max(leastDigits, Reading::current().digits);
    return std::isfinite(value) ? typeset(QString::number(value, 'g', digits)) : nonFinite(value);
}

QString counted(const char* context, const char* one, const char* many, std::int64_t count)
{
    return QCoreApplication::translate(context, count == 1 ? one : many, nullptr, static_cast<int>(count));
}

} // namespace chronograd
