#include "ui/theme/strength_color.h"

#include "ui/theme/mixed_color.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace chronograd {

QColor strengthColor(const Theme& theme, double share)
{
    constexpr double least = 0.06;
    return mixed(theme.card, theme.backward, least + (1.0 - least) * std::clamp(share, 0.0, 1.0));
}

} // namespace chronograd
