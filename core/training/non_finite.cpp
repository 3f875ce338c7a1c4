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

/// The first not finite unit of a column of a slot, −1: none.
int firstNonFinite(const SlotColumns& slot, const double* column)
{
    for (int unit = 0; unit < slot.units(); ++unit) {
        if (!std::isfinite(column[slot.row(unit)])) {
            return unit;
        }
    }
    return -1;
}

struct Found
{
    Quantity quantity;
    double value;
    std::string why;
};

std::optional<Found> inForwardPass(const Unfolding& unfolding, const SequenceView& sequence, int member,
                                   const Hyperparameters& settings, Window window, const Vector& weights)
{
    const auto& slots = unfolding.network().program().slotTable;
    for (std::int64_t t = 1; t <= std::min(window.to, sequence.length); ++t) {
        for (SlotId id = 1; id < static_cast<SlotId>(slots.size()); ++id) {
            const SlotColumns& slot = unfolding.slot(id);
            const double* column = slot.value(t, member);
            if (const int unit = firstNonFinite(slot, column); unit >= 0) {
                const double largest = weights.cwiseAbs().maxCoeff();
                return Found{{.kind = QuantityKind::Slot, .slot = id, .unit = unit, .t = t},
                             column[slot.row(unit)],
                             "the weights have grown (largest " + shortNumber(largest) +
                                 ") with learning rate " + shortNumber(settings.learningRate)};
            }
        }
        if (sequence.hasTarget(t)) {
            if (const double loss = lossOfStep(unfolding, sequence, settings.loss, t, member);
                !std::isfinite(loss)) {
                return Found{{.kind = QuantityKind::StepLoss, .t = t},
                             loss,
                             "the outputs are too far from the targets"};
            }
        }
    }
    return std::nullopt;
}

std::optional<Found> inBackwardPass(const Unfolding& unfolding, Window window, int member)
{
    const auto& layers = unfolding.network().layers();
    for (std::int64_t t = window.to; t >= window.from; --t) {
        for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
            const SlotColumns& slot = unfolding.slot(layer->net);
            const double* column = slot.delta(t, member);
            if (const int unit = firstNonFinite(slot, column); unit >= 0) {
                return Found{{.kind = QuantityKind::Delta, .slot = layer->net, .unit = unit, .t = t},
                             column[slot.row(unit)],
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

std::string describeNonFinite(const Unfolding& unfolding, std::span<const SequenceView> batch,
                              const Hyperparameters& settings, Window window, Window injection,
                              const Vector& gradient, const Vector& weights, std::int64_t update)
{
    const Network& network = unfolding.network();
    std::optional<Found> found;
    const auto members = static_cast<int>(batch.size());
    for (int member = 0; member < members && !found; ++member) {
        found = inForwardPass(unfolding, batch[static_cast<std::size_t>(member)], member, settings, window,
                              weights);
    }
    if (const double loss = windowLoss(unfolding, batch, settings, injection); !found && !std::isfinite(loss))
    {
        found = Found{{.kind = QuantityKind::Loss}, loss, "the outputs are too far from the targets"};
    }
    for (int member = 0; member < members && !found; ++member) {
        found = inBackwardPass(unfolding, window, member);
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
