#include "core/analysis/trainable.h"

#include <cmath>

namespace chronograd {

double trainableProduct(const ParameterLayout& layout, const Vector& a, const Vector& b)
{
    double sum = 0.0;
    for (const ParameterView& view : layout.views()) {
        if (view.trainable) {
            const auto first = static_cast<Eigen::Index>(view.offset);
            const auto size = static_cast<Eigen::Index>(view.stride) * view.columns; // padding is zero
            sum += a.segment(first, size).dot(b.segment(first, size));
        }
    }
    return sum;
}

double trainableNorm(const ParameterLayout& layout, const Vector& flat)
{
    return std::sqrt(trainableProduct(layout, flat, flat));
}

} // namespace chronograd
