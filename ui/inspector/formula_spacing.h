#pragma once

#include <QtGlobal>

namespace chronograd::formula {

inline constexpr qreal scriptScale = 0.72;
inline constexpr qreal fractionScale = 0.92;

// Spaces, in em.
inline constexpr qreal thin = 0.14;
inline constexpr qreal aroundDot = 0.17;
inline constexpr qreal aroundPlus = 0.23;

// A break costs more the deeper it cuts into the formula; a dot is the last resort, but for those of the
// outermost product.
inline constexpr double deeperCost = 0.15;
inline constexpr double betweenPartsCost = -0.35;
inline constexpr double outermostDotCost = 0.1;
inline constexpr double dotCost = 3.0; // no line is worth it that could be had otherwise
inline constexpr double deeperDotCost = 3.3;

} // namespace chronograd::formula
