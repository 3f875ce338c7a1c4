#include "ui/plots/tickers.h"

#include "ui/plots/plot_numbers.h"
#include "ui/theme/number_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chronograd {

namespace {

/// 0.02, −300, 5·10⁻⁶, 10⁻⁷
QString tickText(double value)
{
    if (value == 0.0)
        return QStringLiteral("0");
    if (value < 0.0)
        return QChar(u'−') + tickText(-value);
    const double size = std::abs(value);
    if (size >= 9.99e-5 && size < 1e6)
        return shownRounded(value, 6);
    const int exponent = static_cast<int>(std::floor(std::log10(size) + 1e-9));
    const double mantissa = value / std::pow(10.0, exponent);
    const QString power = QStringLiteral("10") + raised(exponent);
    if (std::abs(mantissa - 1.0) < 1e-6)
        return power;
    return shownRounded(mantissa, 4) + QStringLiteral("·") + power;
}

} // namespace

double WholeTicker::getTickStep(const QCPRange& range)
{
    const double step = QCPAxisTicker::getTickStep(range);
    return step <= 1.0 ? 1.0 : std::round(step);
}

QString WholeTicker::getTickLabel(double tick, const QLocale& locale, QChar, int)
{
    const auto whole = static_cast<qlonglong>(std::llround(tick));
    return m_isGrouped ? locale.toString(whole) : QString::number(whole);
}

NameTicker::NameTicker(QStringList names, int mostTicks)
    : m_names(std::move(names))
    , m_mostTicks(std::max(mostTicks, 2))
{}

double NameTicker::getTickStep(const QCPRange& range)
{
    return std::max(1.0, std::ceil(range.size() / m_mostTicks));
}

QString NameTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return m_names.value(static_cast<int>(std::lround(tick)));
}

QVector<double> LogTicker::createTickVector(double tickStep, const QCPRange& range)
{
    if (!(range.lower > 0.0))
        return {};
    const double decades = std::log10(range.upper / range.lower);
    if (decades < 0.5)
        return QCPAxisTicker::createTickVector(tickStep, range);
    const int first = static_cast<int>(std::floor(std::log10(range.lower)));
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    const int stride = decades <= 2.0 ? 1 : static_cast<int>(std::ceil(decades / 7.0));
    QVector<double> ticks;
    for (int exponent = first; exponent <= last; exponent += stride)
        for (const double mantissa : {1.0, 2.0, 5.0}) {
            if (mantissa > 1.0 && decades > 2.0)
                continue;
            ticks << mantissa * std::pow(10.0, exponent);
        }
    return ticks;
}

QString LogTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return tickText(tick);
}

QString NumberTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return tickText(tick);
}

} // namespace chronograd
