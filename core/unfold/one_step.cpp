#include "core/kernels/kernels.h"
#include "core/unfold/unfolding.h"

#include <algorithm>
#include <cmath>
#include <ranges>

/// An update over one step: in small networks the way from one pass to the next would take longer than the
/// passes.

namespace chronograd {

Unfolding::OneStep Unfolding::trainOneStep(std::int64_t t, std::span<const double> target,
                                           const kernels::MomentumStep& step,
                                           const kernels::ParameterVectors& vectors, double safeBound)
{
    OneStep result{0.0, 0.0, false};
    for (BoundAffine* affine : m_affines) {
        affine->forwardAlone(vectors.weights, t);
    }
    m_window = {t, 1};
    if (m_lastLive.first > 0 || m_lastLive.count == 0) {
        m_lastLive = {0, std::max<std::int64_t>(1, m_lastLive.last() + 1)};
    }
    result.loss =
        kernels::halfSquaredError(target.size(), output().value(t), target.data(), 1.0, output().delta(t));
    const kernels::SweptSteps alone{.first = t, .firstDelta = 0, .steps = 1, .arrivesFrom = 0};
    for (BoundAffine* affine : std::views::reverse(m_affines)) {
        affine->backwardAlone(vectors.weights, alone);
    }
    setOutputSquares(2.0 * result.loss);
    if (std::isfinite(result.loss) && gradientBound() < safeBound) {
        const kernels::TimeRange range{0, t, 1};
        for (const TrainedTogether& together : m_trained) {
            result.squares += together.step(range, step, vectors);
        }
        result.isUpdated = true;
    }
    return result;
}

} // namespace chronograd
