#include "ui/theme/sign_ramp.h"

#include "ui/theme/mixed_color.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

SignRamp::SignRamp(const Theme& theme, double strength)
{
    for (int step = -steps; step <= steps; ++step)
        m_colours[static_cast<std::size_t>(step + steps)] =
            mixed(theme.card, theme.signColor(double(step) / steps), strength).rgb();
}

QRgb SignRamp::at(double value) const
{
    if (std::isnan(value))
        value = 0.0;
    return m_colours[static_cast<std::size_t>(std::lround(std::clamp(value, -1.0, 1.0) * steps) + steps)];
}

} // namespace chronograd
