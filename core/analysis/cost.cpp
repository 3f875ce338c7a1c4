#include "core/analysis/cost.h"

#include "core/network/parameter_use.h"

#include <algorithm>
#include <functional>

namespace chronograd {

namespace {

/// Of each matrix product of a step: rows × columns, and what it reads.
void forEachProduct(const Network& network, const std::function<void(double, Operand)>& look)
{
    for (const Operation& operation : network.program().operations) {
        if (const auto* affine = std::get_if<Affine>(&operation)) {
            for (const Term& term : affine->terms) {
                const ParameterUse use = useOf(network, *affine, term);
                look(static_cast<double>(use.rows) * network.parameters()[term.weight].columns, term.source);
            }
        }
    }
}

} // namespace

double forwardMultiplyAdds(const Network& network)
{
    double sum = 0.0;
    forEachProduct(network, [&](double size, Operand) { sum += size; });
    return sum;
}

double backwardMultiplyAdds(const Network& network, std::int64_t steps)
{
    double sum = 0.0;
    forEachProduct(network, [&](double size, Operand source) {
        sum += size * static_cast<double>(steps); // the gradient: one outer product per step
        if (source.lag != 0) {
            sum += size * static_cast<double>(steps - 1); // nothing goes on behind the cut
        } else if (source.slot != network.inputSlot()) {
            sum += size * static_cast<double>(steps);
        }
    });
    return sum;
}

double numbersPerStep(const Network& network)
{
    double sum = 0.0;
    for (const Slot& slot : network.program().slotTable) {
        sum += slot.units;
    }
    return sum;
}

/// Goes through the sequence as "Training: exact meaning" of the file format has it.
Cost costOf(const Network& network, const Hyperparameters& settings, std::int64_t sequenceLength)
{
    Cost cost;
    const std::int64_t k1 = settings.k1.in(sequenceLength);
    const std::int64_t k2 = settings.k2.in(sequenceLength);
    const double forward = forwardMultiplyAdds(network);
    std::int64_t since = 0;
    std::int64_t context = 0; // recomputed: the last step that has left the window
    for (std::int64_t t = 1; t <= sequenceLength; ++t) {
        ++since;
        cost.multiplyAdds += forward;
        const bool isEnd = t == sequenceLength;
        const bool isDue = settings.window == WindowRule::Partial
                               ? since >= k1 || isEnd
                               : (since >= k1 && t >= k2) || (isEnd && cost.updates == 0);
        if (!isDue) {
            continue;
        }
        std::int64_t from = std::max<std::int64_t>(1, t - k2 + 1);
        if (settings.history == History::Recomputed) {
            from = std::max(from, context + 1);
            cost.multiplyAdds += forward * static_cast<double>(t - context);
            context = std::max(context, from - 1);
        }
        const std::int64_t steps = t - from + 1;
        cost.multiplyAdds += backwardMultiplyAdds(network, steps);
        cost.longestSweep = std::max(cost.longestSweep, steps);
        ++cost.updates;
        since = 0;
    }
    cost.storedNumbers = numbersPerStep(network) * static_cast<double>(cost.longestSweep);
    return cost;
}

} // namespace chronograd
