#include "ui/plots/loss_range.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace chronograd {

namespace {

constexpr std::ptrdiff_t fewUpdates = 60; ///< None of so few is an outlier.
constexpr std::ptrdiff_t outliers = 50;   ///< Otherwise one in so many is.

} // namespace

void LossRange::addLeast(double value)
{
    if (!m_isLogarithmic || value > 0.0)
        m_least = std::min(m_least, value);
}

void LossRange::add(double value)
{
    addLeast(value);
    m_greatest = std::max(m_greatest, value);
}

void LossRange::add(std::span<const double> values)
{
    for (const double value : values)
        add(value);
}

void LossRange::addAll(const BoundedSeries& series)
{
    addSeries(series, 0);
}

void LossRange::addMost(const BoundedSeries& series)
{
    const auto last = static_cast<std::ptrdiff_t>(series.buckets().size()) - 1;
    addSeries(series, last < fewUpdates ? 0 : last / outliers);
}

/// The greatest losses, so many of them, are left out.
void LossRange::addSeries(const BoundedSeries& series, std::ptrdiff_t leftOut)
{
    if (series.isEmpty())
        return;
    std::vector<double> greatest;
    greatest.reserve(series.buckets().size());
    for (const Bucket& bucket : series.buckets()) {
        addLeast(bucket.min);
        greatest.push_back(bucket.max);
    }
    const auto high = greatest.end() - 1 - leftOut;
    std::nth_element(greatest.begin(), high, greatest.end());
    add(*high);
}

PlotRange LossRange::padded() const
{
    if (!(m_least <= m_greatest))
        return m_isLogarithmic ? PlotRange{0.1, 1.0} : PlotRange{0.0, 1.0};
    if (m_isLogarithmic) {
        const double pad = std::max(std::pow(m_greatest / m_least, 0.06), 1.05);
        return {m_least / pad, m_greatest * pad};
    }
    const double lower = std::min(m_least, 0.0);
    const double height = m_greatest > lower ? m_greatest - lower : 1.0;
    return {m_least < 0.0 ? lower - 0.06 * height : 0.0, lower + 1.12 * height};
}

} // namespace chronograd
