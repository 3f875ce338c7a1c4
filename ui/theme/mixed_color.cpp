#include "ui/theme/mixed_color.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

QColor mixed(const QColor& from, const QColor& to, double share)
{
    const double s = std::clamp(share, 0.0, 1.0);
    const auto channel = [s](int a, int b) { return static_cast<int>(std::lround(a + s * (b - a))); };
    return QColor(channel(from.red(), to.red()), channel(from.green(), to.green()),
                  channel(from.blue(), to.blue()));
}

} // namespace chronograd
