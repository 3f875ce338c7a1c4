#include "core/training/trainer.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace chronograd {

namespace {

constexpr std::int64_t mostStepsToCome = 64; ///< Steps shown before they are computed.

} // namespace

Frame Trainer::frame(const FrameRequest& request) const
{
    assert(m_options.recordWeights);
    Frame frame;
    frame.network = m_network;
    frame.position = m_position;
    frame.updateDone = m_position.phase == Phase::Updated;
    frame.update = m_position.update + (frame.updateDone ? 0 : 1);
    frame.settings = frame.updateDone ? m_settingsOfUpdate : m_settings;
    frame.pending = m_pending;
    for (const Setting setting : {Setting::State, Setting::Chunk}) {
        if (const SettingValue next = settingValue(m_nextEpoch, setting);
            next != settingValue(m_settings, setting)) {
            frame.pending.push_back({setting, next});
        }
    }

    const bool gathering = m_position.phase == Phase::Ready || m_position.phase == Phase::Forward;
    const std::int64_t t = m_position.t;
    const bool stepIsHalfDone = gathering && m_next == Next::Forward && m_layer > 0;
    const std::int64_t since =
        gathering ? m_position.sinceUpdate + (stepIsHalfDone ? 1 : 0) : m_sinceOfUpdate;
    frame.window = gathering && !m_diverged ? windowAt(t) : m_window;
    frame.sinceLast = {t - since + 1, t};
    const std::int64_t atWork = m_layer == 0 ? 0 : 1;
    const bool hasMore = gathering && m_next == Next::Forward && t - atWork < sequence().length;
    frame.lastStep = t + (hasMore ? std::min(stepsUntilDue() - atWork, mostStepsToCome) : 0);
    frame.firstStep =
        std::max<std::int64_t>({1, std::min(frame.window.from, frame.window.to) - request.stepsBeyondCut,
                                frame.lastStep - request.mostSteps + 1});
    const Window injection =
        gathering ? injectionRange(m_settings.injection, frame.window, since) : m_injection;
    for (std::int64_t step = injection.from; step <= injection.to; ++step) {
        if (step >= 1 && sequence().hasTarget(step)) {
            frame.injected.push_back(step);
        }
    }
    std::copy_if(m_updatesAt.begin(), m_updatesAt.end(), std::back_inserter(frame.updatesAt),
                 [&](std::int64_t step) { return step >= frame.firstStep - 1; });
    if (!gathering) {
        frame.loss = m_loss;
    }
    frame.weightsInForce = m_history.since(frame.firstStep);
    fillSteps(frame);
    fillProgress(frame);
    fillParameters(frame);
    return frame;
}

void Trainer::fillSteps(Frame& frame) const
{
    const std::int64_t steps = frame.lastStep - frame.firstStep + 1;
    const std::int64_t computed = m_position.t - frame.firstStep + 1;
    for (SlotId id = 0; id < static_cast<SlotId>(m_network->program().slotTable.size()); ++id) {
        const SlotColumns& slot = m_unfolding->slot(id);
        using ColumnsOfSlot = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;
        // The input is data and known ahead; of everything else only what this sequence has computed is
        // shown.
        const std::int64_t known = 1 + (id == m_network->inputSlot() ? steps : computed);
        Matrix& values = frame.values.emplace_back(Matrix::Zero(slot.units(), steps + 1));
        Matrix& deltas = frame.deltas.emplace_back(Matrix::Zero(slot.units(), steps + 1));
        values.leftCols(known) = ColumnsOfSlot(slot.value(frame.firstStep - 1), slot.units(), known,
                                               Eigen::OuterStride<>(slot.stride()));
        deltas.leftCols(1 + computed) = ColumnsOfSlot(slot.delta(frame.firstStep - 1), slot.units(),
                                                      1 + computed, Eigen::OuterStride<>(slot.stride()));
    }
    frame.targets = Matrix::Zero(m_network->outputs(), steps);
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
        const std::span<const double> target = sequence().target(t);
        std::copy(target.begin(), target.end(), frame.targets.col(t - frame.firstStep).data());
        frame.hasTarget.push_back(sequence().hasTarget(t) ? 1 : 0);
    }
}

void Trainer::fillProgress(Frame& frame) const
{
    const int layers = frame.layers();
    const bool stepIsHalfDone = m_next == Next::Forward && m_layer > 0;
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
        int forward = t <= m_position.t ? layers : 0;
        if (t == m_position.t && stepIsHalfDone) {
            forward = m_layer;
        }
        int backward = 0;
        if (m_position.phase == Phase::Updated && m_window.contains(t)) {
            backward = layers;
        } else if (m_position.phase == Phase::Backward && m_window.contains(t)) {
            backward = t > m_position.at ? layers : t == m_position.at ? layers - m_position.layer : 0;
        }
        frame.forwardDone.push_back(static_cast<std::uint8_t>(forward));
        frame.backwardDone.push_back(static_cast<std::uint8_t>(backward));
        const bool hasLoss = forward == layers && sequence().hasTarget(t);
        frame.stepLoss.push_back(hasLoss ? lossOfStep(*m_unfolding, sequence(), frame.settings.loss, t)
                                         : std::numeric_limits<double>::quiet_NaN());
    }
}

void Trainer::fillParameters(Frame& frame) const
{
    if (!frame.updateDone) {
        frame.before = m_weights;
        frame.velocityBefore = m_optimizer.velocity();
        return;
    }
    frame.before = m_before;
    frame.velocityBefore = m_velocityBefore;
    frame.gradient = m_gradient;
    frame.gradientNorm = m_gradientNorm;
    frame.clipped = m_scale < 1.0;
    frame.after = m_after;
    frame.change = m_after - m_before;
    frame.velocity = m_velocityAfter;
}

} // namespace chronograd
