#include "core/training/window_loss.h"

#include "core/kernels/kernels.h"
#include "core/training/loss.h"

#include <algorithm>

namespace chronograd {

namespace {

OutputStep outputStep(const Unfolding& unfolding, const SequenceView& sequence, std::int64_t t, int member)
{
    const SlotColumns& net = unfolding.outputNet();
    const SlotColumns& out = unfolding.output();
    const auto units = static_cast<std::size_t>(out.units());
    return {{net.value(t, member), units}, {out.value(t, member), units}, sequence.target(t)};
}

ActivationFunction outputActivation(const Unfolding& unfolding)
{
    return unfolding.network().layers().back().spec.activation;
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

std::int64_t countTargetsOneByOne(const SequenceView& sequence, Window range)
{
    std::int64_t count = 0;
    for (std::int64_t t = range.from; t <= range.to; ++t) {
        count += sequence.hasTarget(t) ? 1 : 0;
    }
    return count;
}

namespace {

/// Σ ½ (y−d)² where every step has a target: the commonest.
double injectHalfSquaredErrors(Unfolding& unfolding, const SequenceView& sequence, Window range, int member,
                               double scale)
{
    SlotColumns& slot = unfolding.output();
    const auto units = static_cast<std::size_t>(slot.units());
    double sum = 0;
    if (slot.batch() == 1 && slot.rows() == slot.units()) { // data and columns lie alike
        const auto size = static_cast<std::size_t>(range.length()) * units;
        sum = kernels::halfSquaredError(size, slot.value(range.from), sequence.target(range.from).data(),
                                        scale, slot.delta(range.from));
    } else {
        for (std::int64_t t = range.from; t <= range.to; ++t) {
            sum += kernels::halfSquaredError(units, slot.value(t, member), sequence.target(t).data(), scale,
                                             slot.delta(t, member));
        }
    }
    return sum;
}

/// Sets the deltas of one sequence; returns Σ of its losses, not divided.
double injectMember(Unfolding& unfolding, const SequenceView& sequence, const Hyperparameters& settings,
                    Window range, int member, double scale)
{
    const ActivationFunction activation = outputActivation(unfolding);
    SlotColumns& slot = lossActsOnNet(settings.loss) ? unfolding.outputNet() : unfolding.output();
    const auto units = static_cast<std::size_t>(slot.units());
    double sum = 0;
    for (std::int64_t t = range.from; t <= range.to; ++t) {
        const std::span<double> delta{slot.delta(t, member), units};
        if (sequence.hasTarget(t)) {
            sum += setLossGradient(settings.loss, activation, outputStep(unfolding, sequence, t, member),
                                   scale, delta);
        } else {
            std::ranges::fill(delta, 0.0);
        }
    }
    return sum;
}

} // namespace

double injectLosses(Unfolding& unfolding, std::span<const SequenceView> batch,
                    const Hyperparameters& settings, Window range, std::int64_t contributors)
{
    static constexpr SequenceView none;
    const auto members = static_cast<double>(std::max<std::int64_t>(1, contributors));
    double sum = 0;
    double squares = 0; // of the deltas
    bool areSquaresKnown = true;
    for (int member = 0; member < unfolding.batch(); ++member) {
        const auto which = static_cast<std::size_t>(member);
        const SequenceView& sequence = which < batch.size() ? batch[which] : none;
        const std::int64_t targets = countTargets(sequence, range);
        const bool divides = settings.reduction == Reduction::Mean && targets > 0;
        const double divisor = divides ? static_cast<double>(targets) : 1.0;
        const double scale = 1.0 / divisor / members;
        double sumOfMember = 0;
        if (settings.loss == Loss::HalfSquaredError && targets == range.length()) {
            sumOfMember = injectHalfSquaredErrors(unfolding, sequence, range, member, scale);
            squares += 2.0 * scale * scale * sumOfMember;
        } else {
            sumOfMember = injectMember(unfolding, sequence, settings, range, member, scale);
            areSquaresKnown = false;
        }
        sum += sumOfMember / divisor;
    }
    if (areSquaresKnown) {
        unfolding.setOutputSquares(squares);
    }
    return sum / members;
}

double windowLoss(const Unfolding& unfolding, std::span<const SequenceView> batch,
                  const Hyperparameters& settings, Window range)
{
    double sum = 0;
    for (std::size_t member = 0; member < batch.size(); ++member) {
        sum += lossOfMember(unfolding, batch[member], settings, range, static_cast<int>(member));
    }
    return sum / static_cast<double>(std::max<std::int64_t>(1, countContributors(batch, range)));
}

double lossOfMember(const Unfolding& unfolding, const SequenceView& sequence, const Hyperparameters& settings,
                    Window range, int member)
{
    double sum = 0;
    for (std::int64_t t = range.from; t <= range.to; ++t) {
        if (sequence.hasTarget(t)) {
            sum += lossOfStep(unfolding, sequence, settings.loss, t, member);
        }
    }
    return settings.reduction == Reduction::Mean
               ? sum / static_cast<double>(std::max<std::int64_t>(1, countTargets(sequence, range)))
               : sum;
}

double lossOfStep(const Unfolding& unfolding, const SequenceView& sequence, Loss loss, std::int64_t t,
                  int member)
{
    return stepLoss(loss, outputActivation(unfolding), outputStep(unfolding, sequence, t, member));
}

} // namespace chronograd
