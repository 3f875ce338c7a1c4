#include "core/analysis/error_curve.h"

#include "core/analysis/trainable.h"
#include "core/training/window_run.h"

#include <algorithm>

namespace chronograd {

namespace {

bool isPlace(const Network& network, const WeightPlace& weight)
{
    const auto& views = network.parameters().views();
    if (weight.parameter < 0 || static_cast<std::size_t>(weight.parameter) >= views.size()) {
        return false;
    }
    const ParameterView& view = views[static_cast<std::size_t>(weight.parameter)];
    return weight.row >= 0 && weight.row < view.rows && weight.column >= 0 && weight.column < view.columns;
}

bool holdsWindows(std::span<const Frame> batch)
{
    return std::ranges::all_of(batch, [](const Frame& frame) {
        return frame.updateDone && (frame.window.length() < 1 ||
                                    (frame.holds(frame.window.from) && frame.holds(frame.window.to)));
    });
}

/// Δw of the next update if its gradient were this one: v ← γv − αg.
std::optional<double> nextChange(const Frame& frame, const Vector& gradient, Eigen::Index element)
{
    Hyperparameters settings = frame.settings;
    for (const SettingChange& change : frame.pending) {
        apply(settings, change);
    }
    double slope = gradient[element];
    const double norm = trainableNorm(frame.network->parameters(), gradient);
    if (settings.clipNorm && norm > *settings.clipNorm) {
        slope *= *settings.clipNorm / norm;
    }
    // A change of optimizer zeroes what it remembers.
    const double memory = settings.optimizer == frame.settings.optimizer ? frame.velocity[element] : 0.0;
    const double velocity = settings.momentum * memory - settings.learningRate * slope;
    switch (settings.optimizer) {
    case Optimizer::Sgd:
        return velocity;
    case Optimizer::Nesterov:
        return settings.momentum * velocity - settings.learningRate * slope;
    case Optimizer::Rmsprop:
    case Optimizer::Adam:
        break;
    }
    return std::nullopt;
}

} // namespace

std::optional<ErrorCurve> errorCurveOf(std::span<const Frame> batch, const ErrorCurveRequest& request)
{
    const Frame& frame = batch.front();
    if (!isPlace(*frame.network, request.weight) || !holdsWindows(batch)) {
        return std::nullopt;
    }
    const ParameterView& view = frame.network->parameters()[request.weight.parameter];
    const auto element = static_cast<Eigen::Index>(view.at(request.weight.row, request.weight.column));
    WindowRun run(batch);
    Vector weights = frame.after;
    const auto lossAt = [&](double weight) {
        weights[element] = weight;
        return run.loss(weights);
    };

    ErrorCurve curve;
    curve.weight = request.weight;
    curve.before = frame.before[element];
    curve.after = frame.after[element];
    const Vector gradient = run.gradient(frame.after);
    curve.slope = gradient[element];
    for (int i = 0; i < errorCurvePoints; ++i) {
        const double share = i / double(errorCurvePoints - 1);
        curve.weights.push_back(request.from + share * (request.to - request.from));
        curve.losses.push_back(lossAt(curve.weights.back()));
    }
    curve.lossBefore = lossAt(curve.before);
    curve.lossAfter = lossAt(curve.after);
    if (const auto change = view.trainable ? nextChange(frame, gradient, element) : std::nullopt) {
        curve.next = curve.after + *change;
        curve.lossNext = lossAt(*curve.next);
    }
    return curve;
}

} // namespace chronograd
