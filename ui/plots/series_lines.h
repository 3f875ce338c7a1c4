#pragma once

#include "core/session/bounded_series.h"
#include "ui/plots/polyline.h"

namespace chronograd {

/// Least and greatest value of each pixel, the nearer one to the last first.
Polyline envelope(const BoundedSeries& series, PlotRange x, int pixels);

} // namespace chronograd
