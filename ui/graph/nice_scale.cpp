#include "ui/graph/nice_scale.h"

#include <cmath>
#include <initializer_list>

namespace chronograd {

double niceScale(double largest)
{
    if (!(largest > 0.0) || !std::isfinite(largest))
        return 1.0;
    const double power = std::pow(10.0, std::floor(std::log10(largest)));
    if (!(power > 0.0))
        return largest;
    for (const double digit : {1.0, 2.0, 5.0}) {
        if (largest <= digit * power * (1.0 + 1e-12))
            return digit * power;
    }
    return 10.0 * power;
}

} // namespace chronograd
