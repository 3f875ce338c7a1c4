#pragma once

#include "core/session/bounded_series.h"
#include "ui/plots/polyline.h"

#include <limits>
#include <span>

namespace chronograd {

/// The range of an axis that shows losses, joined from what is drawn: on a logarithmic axis of those above 0.
class LossRange
{
public:
    explicit LossRange(bool isLogarithmic)
        : m_isLogarithmic(isLogarithmic)
    {}

    void add(std::span<const double> values);
    void addAll(const BoundedSeries& series);
    /// Without the one update in fifty with the greatest losses, when there are many: a few outliers of the
    /// first updates would press the curve that matters flat.
    void addMost(const BoundedSeries& series);

    /// With some room at the ends; from 0 on a linear axis.
    PlotRange padded() const;

private:
    void addLeast(double value);
    void add(double value);
    void addSeries(const BoundedSeries& series, std::ptrdiff_t leftOut);

    bool m_isLogarithmic;
    double m_least = std::numeric_limits<double>::infinity();
    double m_greatest = -std::numeric_limits<double>::infinity();
};

} // namespace chronograd
