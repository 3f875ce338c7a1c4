#pragma once

#include "core/analysis/error_curve.h"
#include "core/training/hyperparameters.h"

#include <cstdint>
#include <optional>

namespace chronograd {

/// What a learning rate α and a momentum γ do in a valley that is a parabola of curvature E″.
enum class RateRegime : std::uint8_t
{
    Hill,       ///< E″ ≤ 0: no valley here.
    Crawls,     ///< α E″ / (1 − γ) < 1/20: some twenty updates and more for two thirds of the way.
    Converges,  ///< From one side.
    Overshoots, ///< To and fro, nearer each time: α E″ > (1 − √γ)².
    Diverges,   ///< To and fro, farther each time: α E″ > 2 (1 + γ).
};

/// Of v ← γv − αE′, w ← w + v on ½ E″ w² (Polyak 1964).
RateRegime rateRegime(double rate, double momentum, double curvature);

/// E″ of the curve where the weight is, by differences of the points around it; absent where the curve does
/// not reach there or is not finite.
std::optional<double> curvatureOf(const ErrorCurve& curve);

/// Of the curve's weight under these settings, if it moved alone; absent where its next step is not known,
/// and for other optimizers than sgd.
std::optional<RateRegime> regimeOf(const ErrorCurve& curve, const Hyperparameters& settings);

} // namespace chronograd
