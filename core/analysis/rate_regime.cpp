#include "core/analysis/rate_regime.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

RateRegime rateRegime(double rate, double momentum, double curvature)
{
    constexpr double slow = 0.05;
    const double pull = rate * curvature;
    if (!(curvature > 0.0)) {
        return RateRegime::Hill;
    }
    if (pull > 2.0 * (1.0 + momentum)) {
        return RateRegime::Diverges;
    }
    if (pull < slow * (1.0 - momentum)) {
        return RateRegime::Crawls;
    }
    const double oneSided = 1.0 - std::sqrt(momentum);
    return pull > oneSided * oneSided ? RateRegime::Overshoots : RateRegime::Converges;
}

std::optional<double> curvatureOf(const ErrorCurve& curve)
{
    const auto& w = curve.weights;
    if (w.size() < 3 || !(curve.after >= w.front() && curve.after <= w.back())) {
        return std::nullopt;
    }
    const auto above = static_cast<std::size_t>(std::ranges::lower_bound(w, curve.after) - w.begin());
    const std::size_t i = std::clamp<std::size_t>(above, 1, w.size() - 2);
    const double distance = w[i] - w[i - 1];
    const double bend = curve.losses[i + 1] - 2.0 * curve.losses[i] + curve.losses[i - 1];
    const double curvature = bend / (distance * distance);
    return std::isfinite(curvature) ? std::optional(curvature) : std::nullopt;
}

std::optional<RateRegime> regimeOf(const ErrorCurve& curve, const Hyperparameters& settings)
{
    const std::optional<double> curvature = curvatureOf(curve);
    if (!curvature || !curve.next || settings.optimizer != Optimizer::Sgd) {
        return std::nullopt;
    }
    return rateRegime(settings.learningRate, settings.momentum, *curvature);
}

} // namespace chronograd
