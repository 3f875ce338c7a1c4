#include "core/analysis/ledger.h"

#include "core/analysis/sweep.h"
#include "core/network/parameter_use.h"

#include <cassert>

namespace chronograd {

namespace {

/// What arrives at one weight at step t of what was sent back last.
double shareOf(const Sweep& sweep, const std::vector<ParameterUse>& uses, int row, int column, std::int64_t t)
{
    const std::int64_t step = sweep.column(t);
    double sum = 0.0;
    for (const ParameterUse& use : uses) {
        if (!use.contains(row)) {
            continue;
        }
        const SlotColumns& result = sweep.slot(use.result);
        const double delta = result.delta(step)[result.row(use.unit(row))];
        if (use.source) {
            const SlotColumns& source = sweep.slot(use.source->slot);
            sum += delta * source.value(step - use.source->lag)[source.row(column)];
        } else {
            sum += delta;
        }
    }
    return sum;
}

} // namespace

bool hasLedger(const Frame& frame)
{
    return frame.updateDone && frame.window.length() > 0 && frame.holds(frame.window.from) &&
           frame.holds(frame.window.to);
}

Ledger ledgerOf(const Frame& frame, ParameterId parameter, int row, int column)
{
    assert(hasLedger(frame));
    const auto steps = static_cast<Eigen::Index>(frame.window.length());
    Ledger ledger{frame.window, Matrix::Zero(steps, steps)};
    const std::vector<ParameterUse> uses = usesOf(*frame.network, parameter);
    const double scale = lossScale(frame);
    Sweep sweep(frame, frame.window);
    for (const std::int64_t loss : frame.injected) {
        sweep.sendBack(loss);
        for (std::int64_t t = frame.window.from; t <= frame.window.to; ++t) {
            ledger.contributions(loss - frame.window.from, t - frame.window.from) =
                scale * shareOf(sweep, uses, row, column, t);
        }
    }
    return ledger;
}

} // namespace chronograd
