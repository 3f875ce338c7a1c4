#include "core/analysis/ledger.h"

#include "core/network/parameter_use.h"
#include "core/training/window_loss.h"
#include "core/unfold/unfolding.h"

#include <algorithm>
#include <cassert>

namespace chronograd {

namespace {

/// The window of a frame as an unfolding with the frame's values: nothing is computed forward again. Step 1
/// of it is the window's first.
class WindowCopy
{
public:
    explicit WindowCopy(const Frame& frame)
        : m_frame(frame)
        , m_unfolding(frame.network, frame.window.length())
    {
        const auto cut = static_cast<Eigen::Index>(frame.window.from - frame.firstStep);
        const auto steps = static_cast<Eigen::Index>(frame.window.length());
        for (SlotId id = 0; id < static_cast<SlotId>(frame.values.size()); ++id) {
            const Matrix& values = frame.values[static_cast<std::size_t>(id)];
            SlotColumns& slot = m_unfolding.slot(id);
            for (Eigen::Index t = 0; t <= steps; ++t) {
                for (int unit = 0; unit < slot.units(); ++unit) {
                    slot.value(t)[slot.row(unit)] = values(unit, cut + t);
                }
            }
        }
        m_sequence.targets = frame.targets.middleCols(cut, steps);
    }

    /// The deltas of the loss of one step alone.
    void sendBack(std::int64_t t)
    {
        const Columns all{1, static_cast<int>(m_frame.window.length())};
        const std::int64_t step = t - m_frame.window.from + 1;
        m_sequence.hasTarget.assign(static_cast<std::size_t>(all.count), 0);
        m_sequence.hasTarget[static_cast<std::size_t>(step - 1)] = 1;
        const SequenceView view{&m_sequence, 0, all.count};
        Hyperparameters settings = m_frame.settings;
        settings.reduction = Reduction::Sum; // the counts are those of the whole update
        m_unfolding.clearDeltas(all);
        injectLosses(m_unfolding, std::span(&view, 1), settings, {step, step});
        m_unfolding.backward(m_frame.before.data(), all);
    }

    double share(const std::vector<ParameterUse>& uses, int row, int column, std::int64_t t) const
    {
        const std::int64_t step = t - m_frame.window.from + 1;
        double sum = 0.0;
        for (const ParameterUse& use : uses) {
            if (!use.contains(row)) {
                continue;
            }
            const SlotColumns& result = m_unfolding.slot(use.result);
            const double delta = result.delta(step)[result.row(use.unit(row))];
            if (use.source) {
                const SlotColumns& source = m_unfolding.slot(use.source->slot);
                sum += delta * source.value(step - use.source->lag)[source.row(column)];
            } else {
                sum += delta;
            }
        }
        return sum;
    }

private:
    const Frame& m_frame;
    Unfolding m_unfolding;
    Sequence m_sequence;
};

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
    const bool isMean = frame.settings.reduction == Reduction::Mean;
    const auto targets = std::max<std::size_t>(1, frame.injected.size());
    const double scale =
        1.0 / (isMean ? static_cast<double>(targets) : 1.0) / static_cast<double>(frame.contributors);
    WindowCopy window(frame);
    for (const std::int64_t loss : frame.injected) {
        window.sendBack(loss);
        for (std::int64_t t = frame.window.from; t <= frame.window.to; ++t) {
            ledger.contributions(loss - frame.window.from, t - frame.window.from) =
                scale * window.share(uses, row, column, t);
        }
    }
    return ledger;
}

} // namespace chronograd
