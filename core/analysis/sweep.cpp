#include "core/analysis/sweep.h"

#include "core/training/loss.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cassert>

namespace chronograd {

Sweep::Sweep(const Frame& frame, Window steps)
    : m_frame(frame)
    , m_steps(steps)
    , m_unfolding(frame.network, steps.length())
{
    assert(frame.holds(steps.from) && frame.holds(steps.to));
    const auto first = static_cast<Eigen::Index>(steps.from - frame.firstStep);
    const auto count = static_cast<Eigen::Index>(steps.length());
    for (SlotId id = 0; id < static_cast<SlotId>(frame.values.size()); ++id) {
        const Matrix& values = frame.values[static_cast<std::size_t>(id)];
        SlotColumns& slot = m_unfolding.slot(id);
        for (Eigen::Index t = 0; t <= count; ++t) {
            for (int unit = 0; unit < slot.units(); ++unit) {
                slot.value(t)[slot.row(unit)] = values(unit, first + t);
            }
        }
    }
    m_sequence.targets = frame.targets.middleCols(first, count);
}

void Sweep::sendBack(std::span<const std::int64_t> losses)
{
    const Columns all{1, m_steps.length()};
    const bool onNet = lossActsOnNet(m_frame.settings.loss);
    if (losses.empty()) {
        m_unfolding.beginBackward(all, {1, 0}, onNet);
        m_unfolding.forgetDeltas(); // nothing sets them
        return;
    }
    m_sequence.hasTarget.assign(static_cast<std::size_t>(all.count), 0);
    for (const std::int64_t loss : losses) {
        m_sequence.hasTarget[static_cast<std::size_t>(column(loss) - 1)] = 1;
    }
    const std::int64_t last = column(*std::ranges::max_element(losses));
    const SequenceView view{&m_sequence, 0, all.count};
    Hyperparameters settings = m_frame.settings;
    settings.reduction = Reduction::Sum; // the counts are those of the whole update
    m_unfolding.beginBackward(all, {1, last}, onNet);
    injectLosses(m_unfolding, std::span(&view, 1), settings, {1, last}, 1);
    m_unfolding.backward(m_frame.before.data());
}

void Sweep::addShares(Window steps, Vector& gradient)
{
    m_unfolding.gradient({column(steps.from), steps.length()}, gradient.data());
}

double lossScale(const Frame& frame)
{
    const bool isMean = frame.settings.reduction == Reduction::Mean;
    const auto targets = std::max<std::size_t>(1, frame.injected.size());
    return 1.0 / (isMean ? static_cast<double>(targets) : 1.0) / static_cast<double>(frame.contributors);
}

} // namespace chronograd
