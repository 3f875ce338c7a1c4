#pragma once

namespace chronograd {

/// The end of a scale for numbers up to `largest` in size: the next 1, 2 or 5 times a power of ten, so that
/// it seldom changes and can be read. 1 for nothing to show (0, NaN).
double niceScale(double largest);

} // namespace chronograd
