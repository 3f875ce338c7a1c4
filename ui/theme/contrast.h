#pragma once

#include <QColor>

namespace chronograd {

/// Relative luminance of WCAG 2, 0 (black) … 1 (white).
double luminance(const QColor& color);

/// Contrast ratio of WCAG 2: (L₁ + 0.05) / (L₂ + 0.05), 1 … 21. Text needs 4.5, outlines 3.
double contrast(const QColor& a, const QColor& b);

} // namespace chronograd
