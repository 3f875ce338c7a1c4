#include "core/training/window_loss.h"

#include "core/training/loss.h"

#include <algorithm>

namespace chronograd {

namespace {

OutputStep outputStep(const Unfolding& unfolding, const SequenceView& sequence, std::int64_t t,
                      std::int64_t firstStep)
{
    const SlotColumns& net = unfolding.outputNet();
    const SlotColumns& out = unfolding.output();
    const auto units = static_cast<std::size_t>(out.units());
    const std::int64_t column = t - firstStep + 1;
    return {{net.value(column), units}, {out.value(column), units}, sequence.target(t)};
}

ActivationFunction outputActivation(const Unfolding& unfolding)
{
    return unfolding.network().layers().back().spec.activation;
}

double scaleOf(const Hyperparameters& settings, std::int64_t targets)
{
    return settings.reduction == Reduction::Mean && targets > 0 ? 1.0 / static_cast<double>(targets) : 1.0;
}

} // namespace

Window injectionRange(Injection injection, Window window, std::int64_t since)
{
    switch (injection) {
    case Injection::Recent:
        return {std::max(window.from, window.to - since + 1), window.to};
    case Injection::Window:
        return window;
    case Injection::Last:
        return {window.to, window.to};
    }
    return window;
}

std::int64_t countTargets(const SequenceView& sequence, Window range)
{
    std::int64_t count = 0;
    for (std::int64_t t = range.from; t <= range.to; ++t) {
        count += sequence.hasTarget(t) ? 1 : 0;
    }
    return count;
}

double injectLosses(Unfolding& unfolding, const SequenceView& sequence, const Hyperparameters& settings,
                    Window range, std::int64_t firstStep)
{
    const double scale = scaleOf(settings, countTargets(sequence, range));
    const ActivationFunction activation = outputActivation(unfolding);
    SlotColumns& slot = lossActsOnNet(settings.loss) ? unfolding.outputNet() : unfolding.output();
    for (std::int64_t t = range.from; t <= range.to; ++t) {
        if (sequence.hasTarget(t)) {
            const std::span<double> delta{slot.delta(t - firstStep + 1),
                                          static_cast<std::size_t>(slot.units())};
            addLossGradient(settings.loss, activation, outputStep(unfolding, sequence, t, firstStep), scale,
                            delta);
        }
    }
    return windowLoss(unfolding, sequence, settings, range, firstStep);
}

double windowLoss(const Unfolding& unfolding, const SequenceView& sequence, const Hyperparameters& settings,
                  Window range, std::int64_t firstStep)
{
    double sum = 0;
    for (std::int64_t t = range.from; t <= range.to; ++t) {
        if (sequence.hasTarget(t)) {
            sum += lossOfStep(unfolding, sequence, settings.loss, t, firstStep);
        }
    }
    return settings.reduction == Reduction::Mean
               ? sum / static_cast<double>(std::max<std::int64_t>(1, countTargets(sequence, range)))
               : sum;
}

double lossOfStep(const Unfolding& unfolding, const SequenceView& sequence, Loss loss, std::int64_t t,
                  std::int64_t firstStep)
{
    return stepLoss(loss, outputActivation(unfolding), outputStep(unfolding, sequence, t, firstStep));
}

} // namespace chronograd
