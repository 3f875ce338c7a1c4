#include "core/training/trainer.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace chronograd {

namespace {

constexpr std::int64_t mostStepsToCome = 64; ///< Steps shown before they are computed.

} // namespace

WeightUpdate Trainer::lastUpdateOf(std::size_t weight) const
{
    assert(m_options.recordWeights);
    const auto at = static_cast<Eigen::Index>(weight);
    return {m_gradient[at], m_scale, m_velocityBefore[at], m_velocityAfter[at], m_settingsOfUpdate};
}

std::vector<Frame> Trainer::frames(FrameRequest request) const
{
    std::vector<Frame> all;
    for (request.member = 0; request.member < static_cast<std::int64_t>(m_batch.size()); ++request.member) {
        all.push_back(frame(request));
    }
    return all;
}

/// What is not yet in force where these settings are shown: made for the next update (which it is in force
/// for already when training stands before it), for the end of this one, or for the next epoch.
std::vector<SettingChange> Trainer::pendingAfter(const Hyperparameters& shown) const
{
    std::vector<SettingChange> waiting;
    for (const SettingSpec& spec : settingTable()) {
        const Setting setting = spec.setting;
        if (const SettingValue next = settingValue(m_nextEpoch, setting);
            spec.nextEpoch && next != settingValue(shown, setting))
        {
            waiting.push_back({setting, next});
        } else if (const SettingValue now = settingValue(m_settings, setting);
                   now != settingValue(shown, setting)) {
            waiting.push_back({setting, now});
        }
    }
    const std::vector<SettingChange> later = pending();
    waiting.insert(waiting.end(), later.begin(), later.end());
    return waiting;
}

Frame Trainer::frame(const FrameRequest& request) const
{
    assert(m_options.recordWeights);
    Frame frame;
    frame.network = m_network;
    frame.position = m_position;
    frame.updateDone = m_position.phase == Phase::Updated;
    frame.update = m_position.update + (frame.updateDone ? 0 : 1);
    frame.settings = frame.updateDone ? m_settingsOfUpdate : m_settings;
    frame.pending = pendingAfter(frame.settings);
    frame.pendingEdits = editsAfter(frame.update);
    frame.member =
        std::min(static_cast<std::size_t>(std::max<std::int64_t>(0, request.member)), m_batch.size() - 1);
    for (std::size_t member = 0; member < m_batch.size(); ++member) {
        frame.batch.push_back(static_cast<std::int64_t>(m_order[m_inEpoch + member]) + 1);
    }
    const SequenceView& sequence = m_batch[frame.member];
    frame.position.sequence = frame.batch[frame.member];
    frame.position.sequenceLength = sequence.length;
    frame.dataNames =
        datumNames({static_cast<std::size_t>(sequence.sequence - m_data->training.data()), sequence.offset},
                   m_data->training, m_training.start.chunk);

    const bool gathering = m_position.phase == Phase::Ready || m_position.phase == Phase::Forward;
    const std::int64_t t = std::min(m_position.t, sequence.length);
    const std::int64_t since =
        gathering ? m_position.sinceUpdate + (isStepHalfDone() ? 1 : 0) : m_sinceOfUpdate;
    frame.window = gathering && !m_diverged ? windowAt(m_position.t) : m_window;
    const Window injection =
        gathering ? injectionRange(m_settings.injection, frame.window, since) : m_injection;
    frame.window.to = std::min(frame.window.to, sequence.length);
    frame.sinceLast = {m_position.t - since + 1, t};
    frame.position.t = t;
    const std::int64_t atWork = isStepHalfDone() ? 1 : 0;
    const bool goesOn = (gathering || frame.updateDone) && m_next == Next::Forward;
    const bool hasMore = goesOn && t - atWork < sequence.length; // the steps of the update to come
    frame.lastStep = t + (hasMore ? std::min(stepsUntilDue() - atWork, mostStepsToCome) : 0);
    const std::int64_t firstOfWindow = std::min(frame.window.from, frame.window.to);
    const std::int64_t lastBeside =
        std::max(t, firstOfWindow + request.mostSteps - 1); // the window stays whole
    frame.lastStep = std::min({frame.lastStep, sequence.length, lastBeside});
    frame.firstStep = std::max<std::int64_t>(
        {1, firstOfWindow - request.stepsBeyondCut, frame.lastStep - request.mostSteps + 1});
    for (std::int64_t step = injection.from; step <= injection.to; ++step) {
        if (step >= 1 && sequence.hasTarget(step)) {
            frame.injected.push_back(step);
        }
    }
    std::copy_if(m_updatesAt.begin(), m_updatesAt.end(), std::back_inserter(frame.updatesAt),
                 [&](std::int64_t step) { return step >= frame.firstStep - 1; });
    if (!gathering) {
        frame.loss = m_loss;
        frame.contributors = countContributors(m_batch, injection);
        for (std::size_t member = 0; member < m_batch.size(); ++member) {
            if (member != frame.member) {
                frame.otherLosses += lossOfMember(*m_unfolding, m_batch[member], frame.settings, injection,
                                                  static_cast<int>(member));
            }
        }
    }
    frame.weightsInForce = m_history.since(frame.firstStep);
    fillProgress(frame);
    fillSteps(frame);
    fillParameters(frame);
    return frame;
}

namespace {

/// A column of a member of the batch, without the padding.
void copyColumn(const SlotColumns& slot, const double* from, Matrix& to, std::int64_t column)
{
    for (int unit = 0; unit < slot.units(); ++unit) {
        to(unit, column) = from[slot.row(unit)];
    }
}

} // namespace

void Trainer::fillSteps(Frame& frame) const
{
    const std::int64_t steps = frame.lastStep - frame.firstStep + 1;
    const std::int64_t behind = m_network->needsWholeSequence() ? 1 : 0;
    const auto member = static_cast<int>(frame.member);
    for (SlotId id = 0; id < static_cast<SlotId>(m_network->program().slotTable.size()); ++id) {
        const SlotColumns& slot = m_unfolding->slot(id);
        const int layer = m_network->program().slotTable[static_cast<std::size_t>(id)].layer;
        Matrix& values = frame.values.emplace_back(Matrix::Zero(slot.units(), 1 + steps + behind));
        Matrix& deltas = frame.deltas.emplace_back(Matrix::Zero(slot.units(), 1 + steps));
        copyColumn(slot, slot.value(frame.firstStep - 1, member), values, 0);
        for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
            // The input is data and known ahead; of everything else only what this pass has computed is
            // shown. Inside a layer the frame says which of its units are.
            if (layer < layersForward(t) || isAtWork(layer, t, Phase::Forward)) {
                copyColumn(slot, slot.value(t, member), values, t - frame.firstStep + 1);
            }
            if (m_network->layers().size() - static_cast<std::size_t>(std::max(layer, 0)) <=
                    static_cast<std::size_t>(layersBackward(t)) ||
                isAtWork(layer, t, Phase::Backward))
            {
                copyColumn(slot, slot.delta(t, member), deltas, t - frame.firstStep + 1);
            }
        }
    }
    const SequenceView& sequence = m_batch[frame.member];
    frame.targets = Matrix::Zero(m_network->outputs(), steps);
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
        const std::span<const double> target = sequence.target(t);
        std::copy(target.begin(), target.end(), frame.targets.col(t - frame.firstStep).data());
        frame.hasTarget.push_back(sequence.hasTarget(t) ? 1 : 0);
    }
}

/// Does training stand inside this layer of this step?
bool Trainer::isAtWork(int layer, std::int64_t t, Phase phase) const
{
    return m_position.isInside() && m_position.phase == phase && m_position.layer == layer &&
           m_position.at == t;
}

/// Layers of step t that the forward pass has computed.
int Trainer::layersForward(std::int64_t t) const
{
    if (m_next != Next::Forward) {
        return t <= m_position.t ? lastLayer() + 1 : 0;
    }
    const bool isPast = group().direction > 0 ? t < m_at : t > m_at;
    return isPast ? group().end : t == m_at ? m_layer : group().first;
}

/// Layers of step t, the last first, that the backward pass has computed.
int Trainer::layersBackward(std::int64_t t) const
{
    const int layers = lastLayer() + 1;
    const bool isBack = m_position.phase == Phase::Backward || m_position.phase == Phase::Updating ||
                        m_position.phase == Phase::Updated;
    if (!m_window.contains(t) || !isBack) {
        return 0;
    }
    if (m_position.phase == Phase::Updated || m_next == Next::Update) {
        return layers;
    }
    const bool isPast = group().direction > 0 ? t > m_at : t < m_at;
    return layers - (isPast ? group().first : t == m_at ? m_layer + 1 : group().end);
}

void Trainer::fillProgress(Frame& frame) const
{
    const SequenceView& sequence = m_batch[frame.member];
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
        const int forward = layersForward(t);
        frame.forwardDone.push_back(static_cast<std::uint8_t>(forward));
        frame.backwardDone.push_back(static_cast<std::uint8_t>(layersBackward(t)));
        const bool hasLoss = forward == frame.layers() && sequence.hasTarget(t);
        frame.stepLoss.push_back(hasLoss ? lossOfStep(*m_unfolding, sequence, frame.settings.loss, t,
                                                      static_cast<int>(frame.member))
                                         : std::numeric_limits<double>::quiet_NaN());
    }
}

void Trainer::fillParameters(Frame& frame) const
{
    const bool hasSquares = keepsSquares(frame.settings.optimizer);
    if (!frame.updateDone && m_position.phase != Phase::Updating) {
        frame.before = m_weights;
        frame.velocityBefore = m_optimizer.velocity();
        if (hasSquares) {
            frame.squaresBefore = m_optimizer.squares();
        }
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
    if (hasSquares) {
        frame.squaresBefore = m_squaresBefore;
        frame.squares = m_squaresAfter;
        frame.momentSteps = m_momentSteps;
    }
}

} // namespace chronograd
