#include "core/training/non_finite.h"

#include "core/explain/quantity.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

namespace chronograd {

namespace {

std::string shortNumber(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
}

std::string becomes(double value)
{
    return std::isnan(value) ? "is not a number" : value > 0 ? "is infinite" : "is minus infinite";
}

/// The first not finite unit of a column, −1: none.
int firstNonFinite(const double* column, int units)
{
    const double* end = column + units;
    const double* found = std::find_if(column, end, [](double value) { return !std::isfinite(value); });
    return found == end ? -1 : static_cast<int>(found - column);
}

struct Found
{
    Quantity quantity;
    double value;
    std::string why;
};

std::optional<Found> inForwardPass(const Unfolding& unfolding, const SequenceView& sequence,
                                   const Hyperparameters& settings, Window window, const Vector& weights)
{
    const Network& network = unfolding.network();
    for (std::int64_t t = 1; t <= window.to; ++t) {
        for (const Layer& layer : network.layers()) {
            for (const SlotId slot : {layer.net, layer.output}) {
                const double* column = unfolding.slot(slot).value(t);
                if (const int unit = firstNonFinite(column, layer.units); unit >= 0) {
                    const double largest = weights.cwiseAbs().maxCoeff();
                    return Found{{.kind = QuantityKind::Slot, .slot = slot, .unit = unit, .t = t},
                                 column[unit],
                                 "the weights have grown (largest " + shortNumber(largest) +
                                     ") with learning rate " + shortNumber(settings.learningRate)};
                }
            }
        }
        if (sequence.hasTarget(t)) {
            if (const double loss = lossOfStep(unfolding, sequence, settings.loss, t); !std::isfinite(loss)) {
                return Found{{.kind = QuantityKind::StepLoss, .t = t},
                             loss,
                             "the outputs are too far from the targets"};
            }
        }
    }
    return std::nullopt;
}

std::optional<Found> inBackwardPass(const Unfolding& unfolding, Window window)
{
    const auto& layers = unfolding.network().layers();
    for (std::int64_t t = window.to; t >= window.from; --t) {
        for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
            const double* column = unfolding.slot(layer->net).delta(t);
            if (const int unit = firstNonFinite(column, layer->units); unit >= 0) {
                return Found{{.kind = QuantityKind::Delta, .slot = layer->net, .unit = unit, .t = t},
                             column[unit],
                             "the gradient explodes over the " + std::to_string(window.to - t + 1) +
                                 " steps it was carried back"};
            }
        }
    }
    return std::nullopt;
}

std::optional<Found> inVector(const Network& network, const Vector& flat, QuantityKind kind,
                              const std::string& why)
{
    for (std::size_t id = 0; id < network.parameters().views().size(); ++id) {
        const ParameterView& view = network.parameters().views()[id];
        for (int row = 0; row < view.rows; ++row) {
            for (int column = 0; column < view.columns; ++column) {
                const double value = flat[static_cast<Eigen::Index>(view.at(row, column))];
                if (!std::isfinite(value)) {
                    return Found{
                        {.kind = kind, .parameter = static_cast<int>(id), .row = row, .column = column},
                        value,
                        why};
                }
            }
        }
    }
    return std::nullopt;
}

std::string sentence(const std::optional<Found>& found, const Network& network, std::int64_t update,
                     const Hyperparameters& settings)
{
    const std::string what =
        found ? quantityText(found->quantity, network) + " " + becomes(found->value) + ": " + found->why
              : std::string("a sum overflowed");
    return "training stopped at update " + std::to_string(update) + ": " + what +
           "; the weights before it are kept; a smaller learning rate (now " +
           shortNumber(settings.learningRate) + ")" + (settings.clipNorm ? "" : " or clip_norm") +
           " would help";
}

} // namespace

std::string describeNonFinite(const Unfolding& unfolding, const SequenceView& sequence,
                              const Hyperparameters& settings, Window window, Window injection,
                              const Vector& gradient, const Vector& weights, std::int64_t update)
{
    const Network& network = unfolding.network();
    std::optional<Found> found = inForwardPass(unfolding, sequence, settings, window, weights);
    if (!found) {
        const double loss = windowLoss(unfolding, sequence, settings, injection);
        if (!std::isfinite(loss)) {
            found = Found{{.kind = QuantityKind::Loss}, loss, "the outputs are too far from the targets"};
        }
    }
    if (!found) {
        found = inBackwardPass(unfolding, window);
    }
    if (!found) {
        found = inVector(network, gradient, QuantityKind::Gradient, "the gradient explodes");
    }
    return sentence(found, network, update, settings);
}

std::string describeNonFiniteWeights(const Network& network, const Vector& weights,
                                     const Hyperparameters& settings, double gradientNorm,
                                     std::int64_t update)
{
    const std::string why = "the step is too long, learning rate " + shortNumber(settings.learningRate) +
                            " times a gradient of norm " + shortNumber(gradientNorm);
    return sentence(inVector(network, weights, QuantityKind::After, why), network, update, settings);
}

} // namespace chronograd
