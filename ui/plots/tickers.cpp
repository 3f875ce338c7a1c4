#include "ui/plots/tickers.h"

#include "ui/theme/number_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chronograd {

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
    return tickNumber(tick);
}

QString NumberTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    return tickNumber(tick);
}

} // namespace chronograd
