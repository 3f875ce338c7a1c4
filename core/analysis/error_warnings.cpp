#include "core/analysis/carried_state.h"
#include "core/analysis/sweep.h"
#include "core/analysis/warning_parts.h"

#include <cmath>

/// Warnings about the error on its way through time.

namespace chronograd::warning_parts {

namespace {

constexpr double vanished = 1e-3;
constexpr double exploded = 1e3;
constexpr std::int64_t leastSteps = 2;

double sizeAt(const Sweep& sweep, const std::vector<SlotId>& carried, std::int64_t t)
{
    double squares = 0.0;
    for (const SlotId id : carried) {
        const SlotColumns& slot = sweep.slot(id);
        for (int unit = 0; unit < slot.units(); ++unit)
            squares += std::pow(slot.delta(sweep.column(t))[slot.row(unit)], 2);
    }
    return std::sqrt(squares);
}

std::optional<Warning> warningOf(const std::string& layer, double factor, const Window& steps)
{
    const bool vanishes = factor < vanished;
    if (!vanishes && factor <= exploded)
        return std::nullopt;
    const std::int64_t back = steps.length() - 1;
    Warning warning;
    warning.kind = vanishes ? WarningKind::Vanishing : WarningKind::Exploding;
    warning.title = vanishes ? "the error vanishes" : "the error explodes";
    warning.text = "Through " + layer + " it " + (vanishes ? "shrinks" : "grows") + " by ×" +
                   rounded(std::pow(factor, 1.0 / static_cast<double>(back))) +
                   " a step: of the error at t = " + std::to_string(steps.to) + ", ×" + rounded(factor) +
                   " arrives " + count(back, "step") + " back.";
    return warning;
}

} // namespace

std::vector<Warning> errorThroughTime(const Frame& frame)
{
    if (!frame.updateDone || frame.injected.empty())
        return {};
    const std::int64_t loss = frame.injected.back();
    const Window steps{std::max(frame.window.from, frame.firstStep), loss};
    if (!frame.holds(loss) || steps.length() <= leastSteps)
        return {};
    std::vector<Warning> warnings;
    Sweep sweep(frame, steps);
    sweep.sendBack(loss);
    for (int layer = 0; layer < frame.layers(); ++layer) {
        const Layer& which = frame.network->layers()[static_cast<std::size_t>(layer)];
        const std::vector<SlotId> carried = carriedSlots(*frame.network, which);
        const double start = sizeAt(sweep, carried, steps.to);
        if (which.direction() < 0 || start == 0.0) // no chain, or one that runs against time
            continue;
        if (auto warning = warningOf(which.spec.name, sizeAt(sweep, carried, steps.from) / start, steps)) {
            warning->layer = layer;
            warnings.push_back(std::move(*warning));
        }
    }
    return warnings;
}

} // namespace chronograd::warning_parts
