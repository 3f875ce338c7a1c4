#include "ui/theme/strength_color.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

QColor strengthColor(const Theme& theme, double share)
{
    constexpr double least = 0.06;
    const double strength = least + (1.0 - least) * std::clamp(share, 0.0, 1.0);
    const auto channel = [strength](int from, int to) {
        return static_cast<int>(std::lround(from + strength * (to - from)));
    };
    return QColor(channel(theme.card.red(), theme.backward.red()),
                  channel(theme.card.green(), theme.backward.green()),
                  channel(theme.card.blue(), theme.backward.blue()));
}

} // namespace chronograd
