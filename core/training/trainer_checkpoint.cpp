#include "core/training/checkpoint.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <cassert>
#include <iterator>

/// Going back: everything that a later moment depends on, kept and put back.

namespace chronograd {

std::size_t Checkpoint::bytes() const
{
    constexpr std::size_t vectors = 3; ///< Weights and two of the optimizer.
    std::size_t numbers = static_cast<std::size_t>(weights.size()) * vectors + order.size();
    for (const Matrix& columns : state) {
        numbers += static_cast<std::size_t>(columns.size());
    }
    return sizeof *this + numbers * sizeof(double) + state.size() * sizeof(Matrix);
}

bool Trainer::isAtSequenceStart() const
{
    return m_next == Next::Forward && m_position.t == 0 && m_group == 0 && m_layer == 0;
}

Checkpoint Trainer::checkpoint() const
{
    assert(isAtSequenceStart());
    return presentState();
}

Checkpoint Trainer::presentState() const
{
    Checkpoint kept{m_ticks,    m_position,     m_weights,       m_optimizer,      {},
                    m_settings, m_nextEpoch,    m_nextEntry,     m_editedData,     m_lateEdits,
                    m_order,    m_inEpoch,      m_shuffle,       m_updatesInEpoch, m_epochLoss,
                    m_loss,     m_gradientNorm, m_velocityBound, m_weightBound,    m_stepsDone};
    for (SlotId id = 0; id < static_cast<SlotId>(m_network->program().slotTable.size()); ++id) {
        const SlotColumns& slot = m_unfolding->slot(id);
        kept.state.push_back(Eigen::Map<const Matrix>(slot.value(0), slot.rows(), slot.batch()));
    }
    return kept;
}

void Trainer::restore(const Checkpoint& kept)
{
    const bool isOfUnfinishedUpdate =
        m_position.phase == Phase::Backward || m_position.phase == Phase::Updating;
    if (m_diverged || isOfUnfinishedUpdate) { // they may be no numbers
        m_unfolding->forgetDeltas();
    }
    m_diverged = false;
    m_message.clear();
    m_ticks = kept.ticks;
    m_stepsDone = kept.stepsDone;
    m_weights = kept.weights;
    m_optimizer = kept.optimizer;
    m_leftOptimizer.reset();
    m_settings = kept.settings;
    m_nextEpoch = kept.nextEpoch;
    m_nextEntry = kept.nextEntry;
    m_lateEdits = kept.lateEdits;
    m_evaluator.reset(); // it looks at the data
    m_editedData = kept.edited;
    m_data = kept.edited ? std::shared_ptr<const Dataset>(kept.edited) : m_givenData;
    m_sequences = cutIntoChunks(m_data->training, m_settings.chunk);
    m_order = kept.order;
    m_inEpoch = kept.inEpoch;
    m_shuffle = kept.shuffle;
    m_epochIsOver = false;
    m_updatesInEpoch = kept.updatesInEpoch;
    m_epochLoss = kept.epochLoss;
    m_loss = kept.loss;
    m_gradientNorm = kept.gradientNorm;
    m_velocityBound = kept.velocityBound;
    m_weightBound = kept.weightBound;
    makeUnfolding();
    for (std::size_t id = 0; id < kept.state.size(); ++id) {
        m_unfolding->setState(static_cast<SlotId>(id), kept.state[id].data());
    }
    m_position = kept.position;
    startSequence();
    m_position.phase = Phase::Ready; // of what led here nothing is to be seen any more
}

void Trainer::setSchedule(std::vector<ScheduleEntry> schedule)
{
    m_schedule = std::move(schedule);
}

void Trainer::forgetChangesFrom(std::int64_t update, const std::vector<ScheduleEntry>& known)
{
    std::erase_if(m_schedule, [update](const ScheduleEntry& entry) { return entry.update >= update; });
    std::copy_if(known.begin(), known.end(), std::back_inserter(m_schedule),
                 [update](const ScheduleEntry& entry) { return entry.update >= update; });
}

} // namespace chronograd
